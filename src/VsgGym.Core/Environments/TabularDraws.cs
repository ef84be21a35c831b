using VsgGym.Numerics;

namespace VsgGym.Core;

/// <summary>What chance decides in a table, for many copies at once: bit for bit what <see cref="Simplex.Sample"/> finds with each copy's own stream.</summary>
internal sealed class TabularDraws
{
    /// <summary>The most copies of a call, and the longest range they may lie in.</summary>
    public const int Chunk = 512;

    private const int LinearLength = 16;

    private readonly StochasticGame _game;
    private readonly double[] _sums; // [transitions]: running sums of each row's probabilities; empty where no row has two
    private readonly double[] _initialSums; // [S]
    private readonly int _firstInitial;
    private readonly int _lastInitial;

    public TabularDraws(StochasticGame game)
    {
        _game = game;
        _sums = RunningSums(game);
        _initialSums = new double[game.StateCount];
        _firstInitial = -1;
        double sum = 0;
        for (int s = 0; s < _initialSums.Length; s++)
        {
            if (game.Initial[s] > 0)
            {
                (sum, _lastInitial) = (sum + game.Initial[s], s);
                if (_firstInitial < 0) _firstInitial = s;
            }

            _initialSums[s] = sum;
        }
    }

    /// <summary>Draws first states.</summary>
    /// <param name="worlds">The copies.</param>
    /// <param name="copies">Which, ascending, all inside one range of <see cref="Chunk"/>.</param>
    /// <param name="states">[copies]; overwritten.</param>
    public void First(StepBuffer worlds, ReadOnlySpan<int> copies, Span<int> states)
    {
        if (_firstInitial == _lastInitial)
        {
            states[..copies.Length].Fill(_lastInitial); // whatever the number would have been
            return;
        }

        Span<ulong> words = stackalloc ulong[Chunk];
        Draw(worlds, copies, words);
        for (int i = 0; i < copies.Length; i++)
        {
            int found = Find(_initialSums, RandomBatch.ToDouble(words[i]));
            states[i] = found < _initialSums.Length ? found : _lastInitial; // the running sum may end a rounding error below 1
        }
    }

    /// <summary>Draws next states from rows with several successors.</summary>
    /// <param name="worlds">The copies.</param>
    /// <param name="copies">Which, ascending, all inside one range of <see cref="Chunk"/>.</param>
    /// <param name="rows">[copies], each copy's row.</param>
    /// <param name="states">[copies]; overwritten.</param>
    public void Next(StepBuffer worlds, ReadOnlySpan<int> copies, ReadOnlySpan<int> rows, Span<int> states)
    {
        if (copies.IsEmpty) return;
        Span<ulong> words = stackalloc ulong[Chunk];
        Draw(worlds, copies, words);
        ReadOnlySpan<int> starts = _game.RowStarts, next = _game.NextStates;
        for (int i = 0; i < rows.Length; i++)
        {
            int start = starts[rows[i]], length = starts[rows[i] + 1] - start;
            int found = Find(_sums.AsSpan(start, length), RandomBatch.ToDouble(words[i]));
            states[i] = next[start + Math.Min(found, length - 1)]; // no stored probability is 0
        }
    }

    /// <summary>The first word of each copy's stream: of a whole range at once, unless most of it would be thrown away.</summary>
    private static void Draw(StepBuffer worlds, ReadOnlySpan<int> copies, Span<ulong> words)
    {
        int from = copies[0], range = copies[^1] - from + 1;
        if (range > 4 * copies.Length)
        {
            for (int i = 0; i < copies.Length; i++)
            {
                var random = worlds.StreamOf(copies[i], 0);
                words[i] = random.NextUInt64();
            }

            return;
        }

        worlds.FirstWords(from, 0, words[..range]);
        if (range == copies.Length) return;
        for (int i = 0; i < copies.Length; i++) words[i] = words[copies[i] - from]; // never one that is still to be read
    }

    /// <summary>How many running sums u reaches: without a branch that depends on u where they are few, by bisection else.</summary>
    private static int Find(ReadOnlySpan<double> sums, double u)
    {
        int low = 0;
        if (sums.Length <= LinearLength)
        {
            foreach (double sum in sums) low += u >= sum ? 1 : 0;
            return low;
        }

        for (int length = sums.Length; length > 0;)
        {
            int half = length >> 1;
            bool reached = u >= sums[low + half];
            low = reached ? low + half + 1 : low;
            length = reached ? length - half - 1 : half;
        }

        return low;
    }

    private static double[] RunningSums(StochasticGame game)
    {
        var starts = game.RowStarts;
        if (game.TransitionCount < starts.Length && !AnyBranches(starts)) return [];
        double[] sums = game.Probabilities.ToArray();
        for (int row = 0; row + 1 < starts.Length; row++)
            for (int i = starts[row] + 1; i < starts[row + 1]; i++) sums[i] += sums[i - 1];
        return sums;
    }

    private static bool AnyBranches(ReadOnlySpan<int> starts)
    {
        for (int row = 0; row + 1 < starts.Length; row++)
            if (starts[row + 1] - starts[row] > 1) return true;
        return false;
    }
}
