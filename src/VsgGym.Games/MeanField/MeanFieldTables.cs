using System.Collections.Immutable;
using System.Runtime.InteropServices;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>The rules of a mean-field game among N agents as tables, filled by the rules themselves.</summary>
/// <remarks>
/// Every share is one of 0, 1 / N, ..., 1, and a member of a state feels few of them. A cell is a state, an action and how many agents are in each
/// of the states it feels: the digits, base N + 1, of the cell's key. Times that have the same numbers share them.
/// </remarks>
internal sealed class MeanFieldTables
{
    private const double MostCells = 1 << 20;
    private const double MostMoves = 1 << 18;
    private const double MostWork = 1 << 26; // probabilities to look at
    private const long MostSuccessors = 1 << 22;
    private const double Two53 = 1UL << 53;

    private readonly MeanFieldGame _rules;
    private readonly int _agents;
    private readonly double[] _population; // [S], scratch
    private readonly double[] _next; // [S], scratch

    private MeanFieldTables(MeanFieldGame rules, int agents, ImmutableArray<int>[] felt)
    {
        (_rules, _agents, Felt) = (rules, agents, felt);
        (_population, _next) = (new double[rules.StateCount], new double[rules.StateCount]);
        RowStarts = new int[(rules.StateCount * rules.ActionCount) + 1];
        for (int row = 0; row < RowStarts.Length - 1; row++) RowStarts[row + 1] = RowStarts[row] + (int)Keys(felt[row / rules.ActionCount].Length, agents);
        FeelsOwnStateOnly = felt.Select((states, s) => states.Length == 1 && states[0] == s).All(own => own);
        (RewardTimes, Rewards) = FillRewards();
        (Initial, InitialBounds) = Support(rules.Initial.AsSpan());
        MovesHaveKeys = rules.TransitionsDependOnPopulation;
        (MoveTimes, Successors, Bounds, Width) = FillMoves();
    }

    /// <summary>The states that each state feels, [S].</summary>
    public ImmutableArray<int>[] Felt { get; }

    /// <summary>Whether every state feels itself and no other, so that a key is a count.</summary>
    public bool FeelsOwnStateOnly { get; }

    /// <summary>Where the cells of a state and an action start in a time's table, [S * A + 1].</summary>
    public int[] RowStarts { get; }

    /// <summary>Where a time's rewards start, [T].</summary>
    public int[] RewardTimes { get; }

    /// <summary>The rewards by time and cell.</summary>
    public double[] Rewards { get; }

    /// <summary>Whether moves have a cell's key; else they have a state and an action only.</summary>
    public bool MovesHaveKeys { get; }

    /// <summary>Where a time's moves start, [T].</summary>
    public int[] MoveTimes { get; }

    /// <summary>The most states that can follow a move; 0 where that is too many for a table.</summary>
    public int Width { get; }

    /// <summary>The states that can follow each move, [moves, <see cref="Width"/>].</summary>
    public int[] Successors { get; }

    /// <summary>For each but the last of them the least number of 53 bits that means a later one, [moves, <see cref="Width"/> - 1].</summary>
    public ulong[] Bounds { get; }

    /// <summary>The states that an agent can start in.</summary>
    public int[] Initial { get; }

    /// <summary>Their bounds, one less.</summary>
    public ulong[] InitialBounds { get; }

    /// <summary>Makes the tables, or null where they would be too large.</summary>
    public static MeanFieldTables? Of(MeanFieldGame rules, int agents)
    {
        double rows = (double)rules.Horizon * rules.StateCount * rules.ActionCount;
        if (rows * rules.StateCount > MostWork) return null;
        ImmutableArray<int>[] felt = [.. Enumerable.Range(0, rules.StateCount).Select(rules.Felt)];
        double cells = rules.Horizon * rules.ActionCount * felt.Sum(states => Keys(states.Length, agents));
        double moves = rules.TransitionsDependOnPopulation ? cells : rows;
        if (cells > MostCells || moves > MostMoves || moves * rules.StateCount > MostWork) return null;
        var tables = new MeanFieldTables(rules, agents, felt);
        return tables.Width > 0 ? tables : null;
    }

    private static double Keys(int felt, int agents) => Math.Pow(agents + 1, felt);

    private (int[] Times, double[] Rewards) FillRewards()
    {
        var table = new TimeTable<long>(_rules.Horizon); // bits: 0 and -0 are two
        for (int time = 0; time < _rules.Horizon; time++)
        {
            long[] rewards = new long[RowStarts[^1]];
            for (int row = 0; row < RowStarts.Length - 1; row++)
            {
                int state = row / _rules.ActionCount;
                for (int key = 0; key < RowStarts[row + 1] - RowStarts[row]; key++)
                    if (TrySpread(state, key)) rewards[RowStarts[row] + key] = BitConverter.DoubleToInt64Bits(_rules.Reward(time, state, row % _rules.ActionCount, _population));
            }

            table.Add(time, rewards);
        }

        return (table.Starts, MemoryMarshal.Cast<long, double>(table.ToArray()).ToArray());
    }

    private (int[] Times, int[] Successors, ulong[] Bounds, int Width) FillMoves()
    {
        var table = new TimeTable<Move>(_rules.Horizon);
        int width = 1;
        for (int time = 0; time < _rules.Horizon; time++)
        {
            var moves = new Move[MovesHaveKeys ? RowStarts[^1] : RowStarts.Length - 1];
            for (int row = 0; row < RowStarts.Length - 1; row++)
            {
                int state = row / _rules.ActionCount, first = MovesHaveKeys ? RowStarts[row] : row;
                for (int key = 0; key < (MovesHaveKeys ? RowStarts[row + 1] - first : 1); key++)
                {
                    moves[first + key] = Move.Nowhere;
                    if (!TrySpread(state, key)) continue;
                    _rules.Transition(time, state, row % _rules.ActionCount, _population, _next);
                    var (states, between) = Support(_next);
                    moves[first + key] = new Move(states, between);
                    width = Math.Max(width, states.Length);
                }
            }

            table.Add(time, moves);
        }

        var all = table.ToArray();
        if ((long)all.Length * width > MostSuccessors) return (table.Starts, [], [], 0);
        var (successors, bounds) = Pad(all, width);
        return (table.Starts, successors, bounds, width);
    }

    /// <summary>Spreads agents over the states that a state feels, as a key says; false where they would be more than there are.</summary>
    private bool TrySpread(int state, int key)
    {
        int sum = 0;
        Array.Clear(_population);
        foreach (int other in Felt[state])
        {
            int count = key % (_agents + 1);
            _population[other] = (double)count / _agents;
            (key, sum) = (key / (_agents + 1), sum + count);
        }

        return sum <= _agents;
    }

    /// <summary>
    /// What inverts a distribution for the number k 2^-53 of a stream, exactly as <see cref="Numerics.Simplex.Sample"/>: the first state whose running
    /// sum exceeds it, that is whose running sum, times 2^53 and rounded up, exceeds k; the last state where none does.
    /// </summary>
    private static (int[] States, ulong[] Bounds) Support(ReadOnlySpan<double> distribution)
    {
        var states = new List<int>();
        var bounds = new List<ulong>();
        double sum = 0;
        for (int s = 0; s < distribution.Length; s++)
        {
            if (distribution[s] <= 0) continue;
            sum += distribution[s];
            states.Add(s);
            bounds.Add((ulong)Math.Ceiling(sum * Two53));
        }

        return states.Count == 0 ? ([0], []) : ([.. states], [.. bounds[..^1]]);
    }

    private static (int[] Successors, ulong[] Bounds) Pad(Move[] moves, int width)
    {
        var successors = new int[moves.Length * width];
        var bounds = new ulong[moves.Length * (width - 1)];
        Array.Fill(bounds, ulong.MaxValue); // no number reaches it
        for (int move = 0; move < moves.Length; move++)
        {
            moves[move].States.CopyTo(successors, move * width);
            moves[move].Bounds.CopyTo(bounds, move * (width - 1));
        }

        return (successors, bounds);
    }

    /// <summary>The states that can follow, and the bounds between them.</summary>
    private readonly record struct Move(int[] States, ulong[] Bounds)
    {
        public static Move Nowhere { get; } = new([0], []);

        public bool Equals(Move other) => States.AsSpan().SequenceEqual(other.States) && Bounds.AsSpan().SequenceEqual(other.Bounds);

        public override int GetHashCode() => HashCode.Combine(States.Length, States[0]);
    }

    /// <summary>A table per time; a time that has the numbers of the time before shares them.</summary>
    private sealed class TimeTable<T>(int times)
    {
        private readonly List<T> _all = [];
        private T[] _last = [];

        public int[] Starts { get; } = new int[times];

        public void Add(int time, T[] table)
        {
            if (time > 0 && table.AsSpan().SequenceEqual(_last)) Starts[time] = Starts[time - 1];
            else
            {
                Starts[time] = _all.Count;
                _all.AddRange(table);
                _last = table;
            }
        }

        public T[] ToArray() => [.. _all];
    }
}
