using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>The transitions of a mean-field game: kept as sparse rows where the population does not change them, else asked for.</summary>
internal sealed class PopulationMoves
{
    private const long MostKeptBytes = 1L << 28;

    private readonly MeanFieldGame _game;
    private readonly SparseRows[] _times; // [T] or empty; equal times share theirs

    public PopulationMoves(MeanFieldGame game)
    {
        _game = game;
        _times = KeptBytes(game) > 0 ? new SparseRows[game.Horizon] : [];
        var population = game.Initial.AsSpan();
        for (int t = 0; t < _times.Length; t++)
        {
            var rows = SparseRows.Of(game, t, population);
            _times[t] = t > 0 && rows.Equals(_times[t - 1]) ? _times[t - 1] : rows;
        }
    }

    /// <summary>The most bytes that rows are kept in; 0 where none are.</summary>
    public static long KeptBytes(MeanFieldGame game)
    {
        if (game.TransitionsDependOnPopulation) return 0;
        double rows = (double)game.Horizon * game.StateCount * game.ActionCount;
        double bytes = (rows * game.StateCount * (sizeof(int) + sizeof(double))) + (rows * sizeof(int));
        return bytes <= MostKeptBytes ? (long)bytes : 0;
    }

    /// <summary>The row of a time, state and action.</summary>
    /// <param name="time">t.</param>
    /// <param name="state">s.</param>
    /// <param name="action">a.</param>
    /// <param name="population">mu_t, [S].</param>
    /// <param name="scratch">[S], overwritten where no rows are kept.</param>
    public MoveRow Row(int time, int state, int action, ReadOnlySpan<double> population, Span<double> scratch)
    {
        if (_times.Length > 0) return _times[time].Row((state * _game.ActionCount) + action);
        _game.Transition(time, state, action, population, scratch);
        return new MoveRow([], scratch);
    }

    private sealed class SparseRows(int[] starts, int[] states, double[] probabilities)
    {
        public static SparseRows Of(MeanFieldGame game, int time, ReadOnlySpan<double> population)
        {
            int actions = game.ActionCount;
            var next = new double[game.StateCount];
            var starts = new int[(game.StateCount * actions) + 1];
            var states = new List<int>();
            var probabilities = new List<double>();
            for (int row = 0; row + 1 < starts.Length; row++)
            {
                game.Transition(time, row / actions, row % actions, population, next);
                for (int z = 0; z < next.Length; z++)
                {
                    if (next[z] == 0) continue;
                    states.Add(z);
                    probabilities.Add(next[z]);
                }

                starts[row + 1] = states.Count;
            }

            return new SparseRows(starts, [.. states], [.. probabilities]);
        }

        public MoveRow Row(int row)
        {
            int start = starts[row], count = starts[row + 1] - start;
            return new MoveRow(states.AsSpan(start, count), probabilities.AsSpan(start, count));
        }

        public bool Equals(SparseRows other) => other.Same(starts, states, probabilities);

        private bool Same(int[] otherStarts, int[] otherStates, double[] otherProbabilities) =>
            starts.AsSpan().SequenceEqual(otherStarts) && states.AsSpan().SequenceEqual(otherStates) && probabilities.AsSpan().SequenceEqual(otherProbabilities);
    }
}
