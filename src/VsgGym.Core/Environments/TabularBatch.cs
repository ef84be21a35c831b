using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VsgGym.Numerics;

namespace VsgGym.Core;

/// <summary>Resets and steps many copies of a table at once; bit for bit what the cores of <see cref="TabularEnvironment"/> do one by one.</summary>
/// <remarks>
/// Copies go in chunks: first the rows of all copies of the chunk, then their next states, then seat by seat rewards, observations
/// and masks, so that each inner loop runs over few arrays. Where the marked copies of a chunk follow each other, which is the rule,
/// the loops run over slices instead of indices, a vector at a time where they can. Holds no world and allocates nothing per step.
/// </remarks>
internal sealed class TabularBatch
{
    private const int Chunk = 512;
    private const int Ends = -1;
    private const int Draws = -2;

    private readonly StochasticGame _game;
    private readonly StateVectors? _vectors;
    private readonly int[] _nextOfRow; // [S * J]: the only successor, or Ends, or Draws
    private readonly double[] _initialSums; // [S], running sums of the first state's distribution
    private readonly int _lastInitial;
    private readonly ulong[]?[] _packedMasks; // [N][S]: up to 8 flags as one word, or null
    private readonly int _horizon;

    public TabularBatch(StochasticGame game, StateVectors? vectors)
    {
        (_game, _vectors) = (game, vectors);
        _horizon = game.Horizon ?? int.MaxValue;
        _nextOfRow = new int[game.RowStarts.Length - 1];
        for (int row = 0; row < _nextOfRow.Length; row++)
        {
            int start = game.RowStarts[row], length = game.RowStarts[row + 1] - start;
            _nextOfRow[row] = length == 0 ? Ends : length == 1 ? game.NextStates[start] : Draws;
        }

        _initialSums = new double[game.StateCount];
        double sum = 0;
        for (int s = 0; s < _initialSums.Length; s++)
        {
            if (game.Initial[s] > 0) (sum, _lastInitial) = (sum + game.Initial[s], s);
            _initialSums[s] = sum;
        }

        _packedMasks = [.. Enumerable.Range(0, game.PlayerCount).Select(p => Pack(game, p))];
    }

    /// <summary>Draws the first state of the marked copies.</summary>
    public void Reset(StepBuffer worlds, ReadOnlySpan<bool> copies)
    {
        Span<int> index = stackalloc int[Chunk], next = stackalloc int[Chunk];
        for (int from = 0; from < copies.Length; from += Chunk)
        {
            var marked = Mark(copies, from, index);
            for (int i = 0; i < marked.Length; i++)
            {
                var random = worlds.StreamOf(marked[i], 0);
                next[i] = DrawInitial(random.NextDouble());
            }

            Enter(worlds, marked, next);
        }
    }

    /// <summary>Moves the marked copies by their joint actions.</summary>
    public void Step(StepBuffer worlds, ReadOnlySpan<bool> copies)
    {
        Span<int> index = stackalloc int[Chunk], rows = stackalloc int[Chunk], next = stackalloc int[Chunk];
        for (int from = 0; from < copies.Length; from += Chunk)
        {
            var marked = Mark(copies, from, index);
            if (marked.IsEmpty) continue;
            FindRows(worlds, marked, rows);
            for (int p = 0; p < _game.PlayerCount; p++) Pay(worlds.Rewards(p), _game.Rewards(p), marked, rows);
            Move(worlds, marked, rows, next);
            Enter(worlds, marked, next);
            if (_game.Horizon is not null) Finish(worlds, marked, rows, next);
        }
    }

    /// <summary>Lists the marked copies of a chunk.</summary>
    private static ReadOnlySpan<int> Mark(ReadOnlySpan<bool> copies, int from, Span<int> index)
    {
        int to = Math.Min(from + Chunk, copies.Length), count = 0;
        for (int b = from; b < to; b++)
        {
            index[count] = b;
            if (copies[b]) count++;
        }

        return index[..count];
    }

    private static bool Follow(ReadOnlySpan<int> index) => index.Length > 0 && index[^1] - index[0] == index.Length - 1;

    private void FindRows(StepBuffer worlds, ReadOnlySpan<int> index, Span<int> rows)
    {
        ReadOnlySpan<double> states = worlds.States;
        int joint = _game.JointActionCount;
        bool follow = Follow(index);
        if (follow)
        {
            states = states.Slice(index[0], index.Length);
            for (int i = 0; i < states.Length; i++) rows[i] = (int)states[i] * joint;
        }
        else
            for (int i = 0; i < index.Length; i++) rows[i] = (int)states[index[i]] * joint;

        for (int p = 0; p < _game.PlayerCount; p++)
        {
            ReadOnlySpan<int> actions = worlds.DiscreteActions(p);
            int stride = _game.Strides[p];
            if (follow) AddScaled(rows[..index.Length], actions.Slice(index[0], index.Length), stride);
            else
                for (int i = 0; i < index.Length; i++) rows[i] += actions[index[i]] * stride;
        }
    }

    private static void AddScaled(Span<int> sums, ReadOnlySpan<int> numbers, int factor)
    {
        int i = 0;
        for (; i <= sums.Length - Vector<int>.Count; i += Vector<int>.Count)
            (new Vector<int>(sums[i..]) + (new Vector<int>(numbers[i..]) * factor)).CopyTo(sums[i..]);
        for (; i < sums.Length; i++) sums[i] += numbers[i] * factor;
    }

    private static void Pay(Span<double> paid, ReadOnlySpan<double> rewards, ReadOnlySpan<int> index, ReadOnlySpan<int> rows)
    {
        if (Follow(index))
        {
            paid = paid.Slice(index[0], index.Length);
            for (int i = 0; i < paid.Length; i++) paid[i] = rewards[rows[i]];
        }
        else
            for (int i = 0; i < index.Length; i++) paid[index[i]] = rewards[rows[i]];
    }

    /// <summary>Finds the next states; a copy whose row ends the episode keeps its state.</summary>
    private void Move(StepBuffer worlds, ReadOnlySpan<int> index, ReadOnlySpan<int> rows, Span<int> next)
    {
        bool special = false;
        for (int i = 0; i < index.Length; i++)
        {
            int found = _nextOfRow[rows[i]];
            special |= found < 0;
            next[i] = found;
        }

        if (!special) return;
        for (int i = 0; i < index.Length; i++)
        {
            if (next[i] == Draws) next[i] = DrawNext(worlds, index[i], rows[i]);
            else if (next[i] == Ends) End(worlds, index[i], next, i);
        }
    }

    private static void End(StepBuffer worlds, int copy, Span<int> next, int i)
    {
        next[i] = (int)worlds.States[copy];
        new World(worlds, copy).Terminate();
    }

    /// <summary>Writes states, observations and masks.</summary>
    private void Enter(StepBuffer worlds, ReadOnlySpan<int> index, ReadOnlySpan<int> next)
    {
        var states = worlds.States;
        for (int i = 0; i < index.Length; i++) states[index[i]] = next[i];
        for (int p = 0; p < _game.PlayerCount; p++)
        {
            if (_vectors is not null) WriteVectors(worlds.BoxObservations(p), index, next);
            else WriteNumbers(worlds.DiscreteObservations(p), index, next);
            if (_game.HasIllegalActions) WriteMasks(worlds, p, index, next);
        }
    }

    private static void WriteNumbers(Span<int> observations, ReadOnlySpan<int> index, ReadOnlySpan<int> next)
    {
        if (Follow(index)) next[..index.Length].CopyTo(observations[index[0]..]);
        else
            for (int i = 0; i < index.Length; i++) observations[index[i]] = next[i];
    }

    private void WriteVectors(Span<float> observations, ReadOnlySpan<int> index, ReadOnlySpan<int> next)
    {
        int length = _vectors!.Space.Length;
        for (int i = 0; i < index.Length; i++) _vectors.Row(next[i]).CopyTo(observations[(index[i] * length)..]);
    }

    /// <summary>Whole words where the copies follow each other: what a word spills over, the next copy's word overwrites.</summary>
    private void WriteMasks(StepBuffer worlds, int player, ReadOnlySpan<int> index, ReadOnlySpan<int> next)
    {
        var masks = MemoryMarshal.AsBytes(worlds.LegalActions(player));
        int count = _game.ActionCounts[player], i = 0;
        if (_packedMasks[player] is { } packed && Follow(index))
            for (int offset = index[0] * count; i < index.Length - (sizeof(ulong) / count); i++, offset += count)
                Unsafe.WriteUnaligned(ref MemoryMarshal.GetReference(masks.Slice(offset, sizeof(ulong))), packed[next[i]]);
        for (; i < index.Length; i++)
            MemoryMarshal.AsBytes(_game.LegalActions(player, next[i])).CopyTo(masks[(index[i] * count)..]);
    }

    /// <summary>At time T: pays the terminal rewards and ends the episode, except where the row had ended it.</summary>
    private void Finish(StepBuffer worlds, ReadOnlySpan<int> index, ReadOnlySpan<int> rows, ReadOnlySpan<int> next)
    {
        ReadOnlySpan<int> times = worlds.Times;
        int last = _horizon - 1;
        if (Follow(index) && Flags.AllBelow(times.Slice(index[0], index.Length), last)) return; // no copy is at its last decision
        for (int i = 0; i < index.Length; i++)
        {
            if (times[index[i]] < last || _nextOfRow[rows[i]] == Ends) continue;
            var world = new World(worlds, index[i]);
            for (int p = 0; p < _game.PlayerCount; p++) world.Reward(p, _game.Rewards(p)[rows[i]] + _game.TerminalRewards(p)[next[i]]);
            world.Terminate();
        }
    }

    private int DrawNext(StepBuffer worlds, int copy, int row)
    {
        int start = _game.RowStarts[row], end = _game.RowStarts[row + 1];
        var random = worlds.StreamOf(copy, 0);
        return _game.NextStates[start + Simplex.Sample(_game.Probabilities[start..end], random.NextDouble())];
    }

    /// <summary>The first state whose running sum exceeds u, as <see cref="Simplex.Sample"/> finds it, by bisection.</summary>
    private int DrawInitial(double u)
    {
        int low = 0, high = _initialSums.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (u < _initialSums[middle]) high = middle;
            else low = middle + 1;
        }

        return low < _initialSums.Length ? low : _lastInitial;
    }

    private static ulong[]? Pack(StochasticGame game, int player)
    {
        if (!game.HasIllegalActions || game.ActionCounts[player] > sizeof(ulong)) return null;
        var words = new ulong[game.StateCount];
        for (int s = 0; s < words.Length; s++)
            MemoryMarshal.AsBytes(game.LegalActions(player, s)).CopyTo(MemoryMarshal.AsBytes(words.AsSpan(s, 1)));
        return words;
    }
}
