using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>A table read as players who each move on places of their own and meet in the rewards only, checked against every row.</summary>
internal sealed class PlaceGame
{
    private const double Tolerance = 1e-9;
    private const int CheckedRows = 1 << 12; // between two looks at a token
    private readonly StochasticGame _game;
    private readonly int[] _states; // the joint state of every combination of places, the first player slowest

    private PlaceGame(StochasticGame game, int[][] places, CancellationToken cancellationToken)
    {
        (_game, Chains) = (game, [.. places.Select((own, p) => PlaceChain.Read(game, p, own, cancellationToken))]);
        _states = new int[game.StateCount];
        Fault = CheckStates() ?? CheckStart() ?? CheckMoves(cancellationToken);
    }

    /// <summary>The players' own chains, [N].</summary>
    public PlaceChain[] Chains { get; }

    private string? Fault { get; }

    /// <summary>Reads a table.</summary>
    /// <param name="game">The table.</param>
    /// <param name="places">[N][S], each player's place in every state; null for states numbered in mixed radix over them.</param>
    /// <param name="cancellationToken">Checked between some rows.</param>
    /// <exception cref="VsgGymException">The players do not move on their own; the message names the state and joint action that show it.</exception>
    public static PlaceGame Read(StochasticGame game, int[][]? places, CancellationToken cancellationToken)
    {
        if (places is not null)
        {
            var named = new PlaceGame(game, places, cancellationToken);
            return named.Fault is { } fault ? throw Refusal(fault) : named;
        }

        PlaceGame[] read = [.. PlaceFinder.Candidates(game, cancellationToken).Select(counts => new PlaceGame(game, PlaceFinder.Unravel(counts), cancellationToken))];
        PlaceGame[] fit = [.. read.Where(candidate => candidate.Fault is null)];
        if (fit.Length == 1) return fit[0];
        string Numbers(PlaceGame candidate) => string.Join(" x ", candidate.Chains.Select(chain => chain.Count));
        if (fit.Length > 1) throw Refusal($"the states fit several numbers of places, {string.Join(" and ", fit.Select(Numbers))}");
        throw Refusal(read.Length == 0
            ? "read in mixed radix over own places, the first player slowest, every numbering has a player whose move depends on more than its place and action"
            : $"read in mixed radix over {Numbers(read[0])} places, the first player slowest, {read[0].Fault}");
    }

    /// <summary>The joint state of the players' places, [N].</summary>
    public int StateAt(ReadOnlySpan<int> places)
    {
        int at = 0;
        for (int p = 0; p < Chains.Length; p++) at = (at * Chains[p].Count) + places[p];
        return _states[at];
    }

    /// <summary>The refusal of a table that is not of this kind.</summary>
    public static VsgGymException Refusal(string rule) => VsgGymException.Invalid(
        "solver", "mge_fb", $"needs players who move on places of their own and meet in the rewards only (option `places` names places that the states' numbers do not tell): {rule}", "not_factored");

    private string? CheckStates()
    {
        double combinations = Chains.Aggregate(1.0, (product, chain) => product * chain.Count);
        if (combinations != _game.StateCount) return $"every combination of the players' places must be a state: there are {string.Join(" x ", Chains.Select(chain => chain.Count))} places and {_game.StateCount} states";
        Array.Fill(_states, -1);
        for (int s = 0; s < _states.Length; s++)
        {
            int at = Chains.Aggregate(0, (sum, chain) => (sum * chain.Count) + chain.Places[s]);
            if (_states[at] >= 0) return $"every combination of the players' places must be one state: {Label(_states[at])} and {Label(s)} are the same places";
            _states[at] = s;
        }

        return null;
    }

    private string? CheckStart()
    {
        for (int s = 0; s < _game.StateCount; s++)
        {
            double product = 1;
            foreach (var chain in Chains) product *= chain.Initial[chain.Places[s]];
            if (Math.Abs(product - _game.Initial[s]) > Tolerance)
                return $"the players must start independently: {Label(s)} has probability {VsgGymException.Show(_game.Initial[s])}, the product of the own places' is {VsgGymException.Show(product)}";
        }

        return null;
    }

    private string? CheckMoves(CancellationToken cancellationToken)
    {
        bool[] idle = Idle();
        for (int row = 0; row < _game.RowStarts.Length - 1; row++)
        {
            if (row % CheckedRows == 0) cancellationToken.ThrowIfCancellationRequested();
            int s = row / _game.JointActionCount, joint = row % _game.JointActionCount;
            for (int p = 0; p < Chains.Length; p++)
                if (Chains[p].IsLegal(Chains[p].Places[s], _game.ActionOf(p, joint)) != _game.IsLegal(p, s, _game.ActionOf(p, joint)))
                    return $"what {_game.Players[p]} may do must depend on its place only, and does not in {Label(s)}: {Action(p, joint)}";
            if (!_game.IsLegalJoint(s, joint)) continue;
            if (_game.RowStarts[row] == _game.RowStarts[row + 1] ? !EndsFor(s, joint, idle) : !Follows(row, s, joint))
                return $"every player's move, and the end, must depend on its own place and action only, and does not in {Label(s)} with {JointAction(joint)}";
        }

        return null;
    }

    private bool Follows(int row, int s, int joint)
    {
        double supports = 1;
        for (int p = 0; p < Chains.Length; p++) supports *= Chains[p].Moves(Chains[p].Places[s], _game.ActionOf(p, joint)).Length;
        if (supports != _game.RowStarts[row + 1] - _game.RowStarts[row]) return false;
        for (int k = _game.RowStarts[row]; k < _game.RowStarts[row + 1]; k++)
        {
            double product = 1;
            for (int p = 0; p < Chains.Length; p++) product *= Chains[p].Probability(Chains[p].Places[s], _game.ActionOf(p, joint), Chains[p].Places[_game.NextStates[k]]);
            if (Math.Abs(product - _game.Probabilities[k]) > Tolerance) return false;
        }

        return true;
    }

    // The players' own chains know no common end, so nothing may follow it on them.
    private bool EndsFor(int s, int joint, bool[] idle)
    {
        int ended = Enumerable.Range(0, Chains.Length).Count(p => Chains[p].Moves(Chains[p].Places[s], _game.ActionOf(p, joint)).Length == 0);
        return ended == Chains.Length || (ended == 0 && LeadsToIdle(s, joint, 0, new int[Chains.Length], idle));
    }

    private bool LeadsToIdle(int s, int joint, int player, int[] places, bool[] idle)
    {
        if (player == places.Length) return idle[StateAt(places)];
        foreach (var (next, _) in Chains[player].Moves(Chains[player].Places[s], _game.ActionOf(player, joint)))
        {
            places[player] = next;
            if (!LeadsToIdle(s, joint, player + 1, places, idle)) return false;
        }

        return true;
    }

    // States from which nobody gets anything any more.
    private bool[] Idle()
    {
        var idle = new bool[_game.StateCount];
        for (int s = 0; s < idle.Length; s++)
            idle[s] = Enumerable.Range(0, Chains.Length).All(p => _game.TerminalRewards(p)[s] == 0 && !_game.Rewards(p).Slice(s * _game.JointActionCount, _game.JointActionCount).ContainsAnyExcept(0.0));
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int s = 0; s < idle.Length; s++)
            {
                if (!idle[s]) continue;
                foreach (int next in _game.NextStates[_game.RowStarts[s * _game.JointActionCount].._game.RowStarts[(s + 1) * _game.JointActionCount]]) idle[s] &= idle[next];
                changed |= !idle[s];
            }
        }

        return idle;
    }

    /// <summary>A state for messages.</summary>
    public string Label(int state) => _game.StateLabels.Length > 0 ? $"state {state} ({_game.StateLabels[state]})" : $"state {state}";

    /// <summary>A joint action for messages.</summary>
    public string JointAction(int joint) => $"joint action ({string.Join(", ", Enumerable.Range(0, Chains.Length).Select(p => Action(p, joint)))})";

    private string Action(int player, int joint) => _game.ActionLabels[player][_game.ActionOf(player, joint)];
}
