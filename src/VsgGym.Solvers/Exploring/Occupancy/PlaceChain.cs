using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>One player's own places: what it may do there and where that leads.</summary>
internal sealed class PlaceChain
{
    private const int CheckedRows = 1 << 14; // between two looks at a token
    private readonly (int Next, double Probability)[][] _moves; // [X * A]; empty where every such row ends the episode
    private readonly bool[] _legal; // [X * A]

    private PlaceChain(int[] places, int actions)
    {
        (Places, Count, Actions) = (places, places.Max() + 1, actions);
        Initial = new double[Count];
        _legal = new bool[Count * actions];
        _moves = new (int, double)[Count * actions][];
        Array.Fill(_moves, []);
    }

    /// <summary>The place of every joint state, [S].</summary>
    public int[] Places { get; }

    /// <summary>X, how many places.</summary>
    public int Count { get; }

    /// <summary>A, how many actions.</summary>
    public int Actions { get; }

    /// <summary>O at time 0, [X].</summary>
    public double[] Initial { get; }

    /// <summary>Reads a chain from the first rows that tell each part of it; <see cref="PlaceGame"/> holds it against all rows.</summary>
    public static PlaceChain Read(StochasticGame game, int player, int[] places, CancellationToken cancellationToken)
    {
        var chain = new PlaceChain(places, game.ActionCounts[player]);
        var read = new bool[chain.Count];
        for (int s = 0; s < game.StateCount; s++)
        {
            int place = places[s];
            chain.Initial[place] += game.Initial[s];
            for (int a = 0; a < chain.Actions && !read[place]; a++) chain._legal[(place * chain.Actions) + a] = game.IsLegal(player, s, a);
            read[place] = true;
        }

        for (int row = 0; row < game.RowStarts.Length - 1; row++)
        {
            if (row % CheckedRows == 0) cancellationToken.ThrowIfCancellationRequested();
            int move = (places[row / game.JointActionCount] * chain.Actions) + game.ActionOf(player, row % game.JointActionCount);
            var next = game.NextStates[game.RowStarts[row]..game.RowStarts[row + 1]];
            if (next.Length > 0 && chain._moves[move].Length == 0) chain._moves[move] = Marginal(next, game.Probabilities[game.RowStarts[row]..game.RowStarts[row + 1]], places);
        }

        return chain;
    }

    /// <summary>Whether the player may take the action there.</summary>
    public bool IsLegal(int place, int action) => _legal[(place * Actions) + action];

    /// <summary>Where a move leads; nowhere where it ends the episode.</summary>
    public ReadOnlySpan<(int Next, double Probability)> Moves(int place, int action) => _moves[(place * Actions) + action];

    /// <summary>P(x' | x, a).</summary>
    public double Probability(int place, int action, int next)
    {
        foreach (var (to, probability) in _moves[(place * Actions) + action])
            if (to == next) return probability;
        return 0;
    }

    /// <summary>The next occupancy: O'(x') = sum over x, a of O(x) pi(a | x) P(x' | x, a).</summary>
    /// <param name="occupancy">[X].</param>
    /// <param name="policy">[X * A].</param>
    /// <param name="next">[X], overwritten.</param>
    public void Push(ReadOnlySpan<double> occupancy, ReadOnlySpan<double> policy, Span<double> next)
    {
        next.Clear();
        for (int move = 0; move < _moves.Length; move++)
        {
            double mass = occupancy[move / Actions] * policy[move]; // mge Eq. (12)
            if (mass == 0) continue;
            foreach (var (to, probability) in _moves[move]) next[to] += mass * probability;
        }
    }

    private static (int Next, double Probability)[] Marginal(ReadOnlySpan<int> next, ReadOnlySpan<double> probabilities, int[] places)
    {
        var sums = new SortedDictionary<int, double>();
        for (int k = 0; k < next.Length; k++) sums[places[next[k]]] = sums.GetValueOrDefault(places[next[k]]) + probabilities[k];
        return [.. sums.Select(pair => (pair.Key, pair.Value))];
    }
}
