using System.Numerics;

namespace VsgGym.Core;

/// <summary>Resets and steps many copies of a table at once; bit for bit what the cores of <see cref="TabularEnvironment"/> do one by one.</summary>
/// <remarks>
/// Copies go in chunks: first the rows of all copies of the chunk, then their next states, then seat by seat rewards, observations
/// and masks, so that each inner loop runs over few arrays. Where the marked copies of a chunk follow each other, which is the rule,
/// the loops run over slices instead of indices, a vector at a time where they can. Holds no world and allocates nothing per step.
/// </remarks>
internal sealed class TabularBatch
{
    private const int Chunk = TabularDraws.Chunk;

    private readonly StochasticGame _game;
    private readonly StateVectors? _vectors;
    private readonly TabularRows _rows;
    private readonly TabularDraws _draws;
    private readonly TabularMasks? _masks; // null where everything is legal
    private readonly int _horizon;

    public TabularBatch(StochasticGame game, StateVectors? vectors)
    {
        (_game, _vectors) = (game, vectors);
        _horizon = game.Horizon ?? int.MaxValue;
        _rows = new TabularRows(game);
        _draws = new TabularDraws(game);
        _masks = game.HasIllegalActions ? new TabularMasks(game) : null;
    }

    /// <summary>Draws the first state of the marked copies.</summary>
    public void Reset(StepBuffer worlds, ReadOnlySpan<bool> copies)
    {
        Span<int> index = stackalloc int[Chunk], next = stackalloc int[Chunk];
        for (int from = 0; from < copies.Length; from += Chunk)
        {
            var marked = Mark(copies, from, index);
            if (marked.IsEmpty) continue;
            _draws.First(worlds, marked, next);
            Enter(worlds, marked, next);
        }
    }

    /// <summary>Moves the marked copies by their joint actions.</summary>
    public void Step(StepBuffer worlds, ReadOnlySpan<bool> copies)
    {
        Span<int> index = stackalloc int[Chunk], rows = stackalloc int[Chunk], next = stackalloc int[Chunk], rest = stackalloc int[Chunk];
        Span<ulong> words = stackalloc ulong[Chunk];
        for (int from = 0; from < copies.Length; from += Chunk)
        {
            var marked = Mark(copies, from, index);
            if (marked.IsEmpty) continue;
            var stay = Join(copies, from, index, rest, ref marked);
            FindRows(worlds, marked, rows);
            _rows.Read(rows[..marked.Length], words);
            for (int p = 0; p < _game.PlayerCount; p++) Pay(worlds.Rewards(p), p, marked, rows, words, stay);
            Move(worlds, marked, rows, words, next, stay);
            Enter(worlds, marked, next);
            if (_game.Horizon is not null) Finish(worlds, marked, next, copies);
        }
    }

    /// <summary>Where few copies of a chunk are unmarked, the loops run over all of it, and those few stay as they are; returns their places.</summary>
    private static ReadOnlySpan<int> Join(ReadOnlySpan<bool> copies, int from, Span<int> index, Span<int> rest, ref ReadOnlySpan<int> marked)
    {
        int length = Math.Min(Chunk, copies.Length - from), count = 0;
        if (marked.Length == length || marked.Length < length - (length / 4)) return [];
        for (int i = 0; i < length; i++)
        {
            index[i] = from + i;
            rest[count] = i;
            if (!copies[from + i]) count++;
        }

        marked = index[..length];
        return rest[..count];
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

    private void Pay(Span<double> paid, int player, ReadOnlySpan<int> index, ReadOnlySpan<int> rows, ReadOnlySpan<ulong> words, ReadOnlySpan<int> stay)
    {
        if (Follow(index))
        {
            Span<double> kept = stackalloc double[stay.Length];
            paid = paid.Slice(index[0], index.Length);
            for (int k = 0; k < kept.Length; k++) kept[k] = paid[stay[k]];
            _rows.Pay(player, rows, words, paid);
            for (int k = 0; k < kept.Length; k++) paid[stay[k]] = kept[k];
            return;
        }

        Span<double> found = stackalloc double[Chunk];
        found = found[..index.Length];
        _rows.Pay(player, rows, words, found);
        for (int i = 0; i < found.Length; i++) paid[index[i]] = found[i];
    }

    /// <summary>Finds the next states; a copy whose row ends the episode keeps its state, and so do those that stay.</summary>
    private void Move(StepBuffer worlds, ReadOnlySpan<int> index, ReadOnlySpan<int> rows, ReadOnlySpan<ulong> words, Span<int> next, ReadOnlySpan<int> stay)
    {
        int lowest = _rows.Next(rows[..index.Length], words, next);
        ReadOnlySpan<double> states = worlds.States;
        foreach (int i in stay) next[i] = (int)states[index[i]];
        if (lowest == 0) return;
        Span<int> places = stackalloc int[Chunk];
        var ends = Places(next[..index.Length], TabularRows.Ends, places);
        foreach (int i in ends) next[i] = (int)states[index[i]];
        Terminate(worlds, index, ends);
        if (lowest == TabularRows.Draws) DrawNext(worlds, index, rows, next, Places(next[..index.Length], TabularRows.Draws, places));
    }

    private void DrawNext(StepBuffer worlds, ReadOnlySpan<int> index, ReadOnlySpan<int> rows, Span<int> next, ReadOnlySpan<int> places)
    {
        if (places.Length == index.Length)
        {
            _draws.Next(worlds, index, rows[..index.Length], next);
            return;
        }

        Span<int> copies = stackalloc int[Chunk], from = stackalloc int[Chunk], drawn = stackalloc int[Chunk];
        for (int k = 0; k < places.Length; k++) (copies[k], from[k]) = (index[places[k]], rows[places[k]]);
        _draws.Next(worlds, copies[..places.Length], from[..places.Length], drawn);
        for (int k = 0; k < places.Length; k++) next[places[k]] = drawn[k];
    }

    /// <summary>Where a number stands, ascending.</summary>
    private static ReadOnlySpan<int> Places(ReadOnlySpan<int> numbers, int wanted, Span<int> places)
    {
        int count = 0;
        for (int i = 0; i < numbers.Length; i++)
        {
            places[count] = i;
            count += numbers[i] == wanted ? 1 : 0;
        }

        return places[..count];
    }

    private void Terminate(StepBuffer worlds, ReadOnlySpan<int> index, ReadOnlySpan<int> places)
    {
        for (int p = 0; p < _game.PlayerCount && places.Length > 0; p++)
        {
            var terminated = worlds.Terminated(p);
            foreach (int i in places) terminated[index[i]] = true;
        }
    }

    /// <summary>Writes states, observations and masks.</summary>
    private void Enter(StepBuffer worlds, ReadOnlySpan<int> index, ReadOnlySpan<int> next)
    {
        var states = worlds.States;
        bool follow = Follow(index);
        if (follow)
        {
            var own = states.Slice(index[0], index.Length);
            for (int i = 0; i < own.Length; i++) own[i] = next[i];
        }
        else
            for (int i = 0; i < index.Length; i++) states[index[i]] = next[i];

        for (int p = 0; p < _game.PlayerCount; p++)
        {
            if (_vectors is not null) WriteVectors(worlds.BoxObservations(p), index, next);
            else WriteNumbers(worlds.DiscreteObservations(p), index, next);
            _masks?.Write(worlds.LegalActions(p), p, index, next, follow);
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

    /// <summary>At time T: pays the terminal rewards and ends the episode, except where the row had ended it.</summary>
    private void Finish(StepBuffer worlds, ReadOnlySpan<int> index, ReadOnlySpan<int> next, ReadOnlySpan<bool> copies)
    {
        Span<int> places = stackalloc int[Chunk];
        var last = AtLast(worlds, index, copies, places);
        for (int p = 0; p < _game.PlayerCount && last.Length > 0; p++)
        {
            var paid = worlds.Rewards(p);
            ReadOnlySpan<double> terminal = _game.TerminalRewards(p);
            foreach (int i in last) paid[index[i]] += terminal[next[i]]; // also where it is 0, which makes 0 of -0
        }

        Terminate(worlds, index, last);
    }

    /// <summary>The places of copies that take their last decision, and whose row has not ended the episode already.</summary>
    private ReadOnlySpan<int> AtLast(StepBuffer worlds, ReadOnlySpan<int> index, ReadOnlySpan<bool> copies, Span<int> places)
    {
        ReadOnlySpan<int> times = worlds.Times;
        ReadOnlySpan<bool> ended = worlds.Terminated(0);
        int last = _horizon - 1, count = 0;
        if (Follow(index))
        {
            times = times.Slice(index[0], index.Length);
            ended = ended.Slice(index[0], index.Length);
            copies = copies.Slice(index[0], index.Length);
            if (Flags.AllBelow(times, last)) return [];
            for (int i = 0; i < times.Length; i++)
            {
                places[count] = i;
                count += (times[i] >= last) & copies[i] & !ended[i] ? 1 : 0;
            }
        }
        else
            for (int i = 0; i < index.Length; i++)
            {
                places[count] = i;
                count += (times[index[i]] >= last) & copies[index[i]] & !ended[index[i]] ? 1 : 0;
            }

        return places[..count];
    }
}
