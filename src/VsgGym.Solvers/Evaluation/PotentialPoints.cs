using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>The places where players decide, and the lattice points of each player's policy there that decide about a potential.</summary>
internal sealed class PotentialPoints
{
    private const double MostNumbers = 1 << 24; // of one player's policy
    private const int MostStatesSearched = 64; // beyond, the exact test is too large anyway
    private readonly StochasticGame _game;
    private readonly bool[] _bends; // [S]: whether values may be more than affine in the policy of a state
    private readonly List<int> _decisions = []; // time * S + state

    public PotentialPoints(StochasticGame game)
    {
        (_game, Times) = (game, game.Horizon ?? 1);
        int widest = game.ActionCounts.Max();
        if ((double)Times * game.StateCount * widest > MostNumbers)
            throw VsgGymException.OverLimit("horizon", Times, $"policies of every time do not fit: {Times} times * {game.StateCount} states * {widest} actions must not exceed {MostNumbers}", "game_too_large");
        _bends = new bool[game.StateCount];
        if (game.Horizon is null)
        {
            for (int s = 0; s < game.StateCount; s++) _bends[s] = !HasOneSuccession(s) && IsMetAgain(s);
            _decisions.AddRange(Enumerable.Range(0, game.StateCount));
            return;
        }

        var reached = Enumerable.Repeat(true, game.StateCount).ToArray(); // every state may be the start
        for (int t = 0; t < Times && Array.Exists(reached, any => any); t++)
        {
            _decisions.AddRange(Enumerable.Range(0, game.StateCount).Where(s => reached[s]).Select(s => (t * game.StateCount) + s));
            reached = Next(reached);
        }
    }

    /// <summary>T, or 1 for a discounted game.</summary>
    public int Times { get; }

    /// <summary>How many policies of a player must be looked at.</summary>
    /// <param name="player">Which.</param>
    /// <param name="order">The degree where values bend: 2 for a player of the pair, 4 for the others.</param>
    public double Count(int player, int order)
    {
        double count = 1;
        foreach (int decision in _decisions) count *= SimplexLattice.Count(Legal(player, decision).Count, Order(decision, order));
        return count;
    }

    /// <summary>Those policies.</summary>
    /// <param name="player">Which.</param>
    /// <param name="order">As in <see cref="Count"/>.</param>
    public IEnumerable<double[]> Policies(int player, int order)
    {
        int actions = _game.ActionCounts[player];
        List<double[]>[] points = [.. _decisions.Select(decision => SimplexLattice.Points(Legal(player, decision).Count, Order(decision, order)))];
        List<int>[] legal = [.. _decisions.Select(decision => Legal(player, decision))];
        var digits = new int[points.Length];
        int place;
        do
        {
            double[] table = Fill(player);
            for (int d = 0; d < digits.Length; d++)
                for (int k = 0; k < legal[d].Count; k++) table[(_decisions[d] * actions) + legal[d][k]] = points[d][digits[d]][k];
            yield return table;
            for (place = 0; place < digits.Length && ++digits[place] == points[place].Count; place++) digits[place] = 0;
        }
        while (place < digits.Length);
    }

    /// <summary>A policy [T * S * A] with the first legal action where nobody ever decides and 0 where it is still to be filled in.</summary>
    public double[] Fill(int player)
    {
        int actions = _game.ActionCounts[player];
        var table = new double[Times * _game.StateCount * actions];
        for (int k = 0; k < Times * _game.StateCount; k++) table[(k * actions) + Legal(player, k)[0]] = 1;
        foreach (int decision in _decisions) table.AsSpan(decision * actions, actions).Clear();
        return table;
    }

    /// <summary>The places where players decide: time * S + state.</summary>
    public IReadOnlyList<int> Decisions => _decisions;

    /// <summary>A player's legal actions at a place.</summary>
    public List<int> Legal(int player, int decision) =>
        [.. Enumerable.Range(0, _game.ActionCounts[player]).Where(a => _game.IsLegal(player, decision % _game.StateCount, a))];

    private int Order(int decision, int order) => _bends[decision % _game.StateCount] ? order : 1;

    private bool HasOneSuccession(int state)
    {
        int[] rows = [.. Enumerable.Range(state * _game.JointActionCount, _game.JointActionCount).Where(row => _game.IsLegalJoint(state, row % _game.JointActionCount))];
        return rows.All(row => Same(rows[0], row));
    }

    private bool Same(int first, int second)
    {
        var starts = _game.RowStarts;
        int length = starts[first + 1] - starts[first];
        return length == starts[second + 1] - starts[second]
            && _game.NextStates.Slice(starts[first], length).SequenceEqual(_game.NextStates.Slice(starts[second], length))
            && _game.Probabilities.Slice(starts[first], length).SequenceEqual(_game.Probabilities.Slice(starts[second], length));
    }

    private bool IsMetAgain(int state)
    {
        if (_game.StateCount > MostStatesSearched) return true;
        var seen = new bool[_game.StateCount];
        seen[state] = true;
        var reached = Next(seen);
        for (int k = 0; k < _game.StateCount && !reached[state]; k++)
        {
            bool[] further = Next(reached);
            for (int s = 0; s < further.Length; s++) reached[s] |= further[s];
        }

        return reached[state];
    }

    private bool[] Next(bool[] from)
    {
        var reached = new bool[from.Length];
        for (int s = 0; s < from.Length; s++)
        {
            if (!from[s]) continue;
            int first = _game.RowStarts[s * _game.JointActionCount], end = _game.RowStarts[(s + 1) * _game.JointActionCount];
            for (int k = first; k < end; k++) reached[_game.NextStates[k]] = true;
        }

        return reached;
    }
}
