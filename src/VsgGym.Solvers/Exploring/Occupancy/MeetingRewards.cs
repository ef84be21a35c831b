using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>Rewards as what a player gets on its own and what it gets for where each other one is and what that one does.</summary>
/// <remarks>
/// R_i = own_i(x_i, a_i) + sum over j of meeting_ij(x_i, a_i, x_j, a_j), and likewise for the rewards on places at time T. What a player gets for
/// most of another's places and actions, the larger of equally many, counts as its own, so that meetings are what is unusual: - mu_j
/// where both share a cell.
/// </remarks>
internal sealed class MeetingRewards
{
    private const double Tolerance = 1e-9;
    private const int CheckedActions = 1 << 14; // joint actions between two looks at a token
    private readonly StochasticGame _game;
    private readonly PlaceGame _places;
    private readonly bool _final;
    private readonly int[][] _moves; // [N], the legal x * A + a of each player (x alone at time T)

    private MeetingRewards(StochasticGame game, PlaceGame places, bool final, CancellationToken cancellationToken)
    {
        (_game, _places, _final) = (game, places, final);
        int players = game.PlayerCount;
        _moves = [.. places.Chains.Select((chain, p) => Enumerable.Range(0, chain.Count * Width(p)).Where(move => final || chain.IsLegal(move / Width(p), move % Width(p))).ToArray())];
        Own = [.. places.Chains.Select((chain, p) => new double[chain.Count * Width(p)])];
        Meetings = new double[]?[players, players];
        for (int p = 0; p < players; p++)
        {
            Split(p, cancellationToken);
            Check(p, cancellationToken);
        }
    }

    /// <summary>[N][X * A], or [N][X] at time T; 0 where illegal.</summary>
    public double[][] Own { get; }

    /// <summary>[N, N]: [X_i * A_i, X_j * A_j], or [X_i, X_j] at time T; null where one does not concern the other.</summary>
    public double[]?[,] Meetings { get; }

    /// <summary>Splits the rewards of moves.</summary>
    /// <exception cref="VsgGymException">They are no such sums; the message names the state and joint action that show it.</exception>
    public static MeetingRewards OfMoves(StochasticGame game, PlaceGame places, CancellationToken cancellationToken) => new(game, places, false, cancellationToken);

    /// <summary>Splits the rewards at time T.</summary>
    /// <exception cref="VsgGymException">They are no such sums; the message names the state that shows it.</exception>
    public static MeetingRewards OfEnds(StochasticGame game, PlaceGame places, CancellationToken cancellationToken) => new(game, places, true, cancellationToken);

    /// <summary>The bytes of both tables, at most.</summary>
    public static double EstimateBytes(StochasticGame game) =>
        sizeof(double) * (double)game.StateCount * game.PlayerCount * (game.JointActionCount + 1.0) * Math.Max(1, game.PlayerCount - 1);

    /// <summary>The largest |own|, and the largest sum over the others of the largest |meeting|, of one player.</summary>
    public (double Own, double Meeting) Norms(int player, double[] weights)
    {
        double own = Own[player].Max(Math.Abs), meeting = 0;
        for (int other = 0; other < weights.Length; other++)
            if (Meetings[player, other] is { } table) meeting += weights[other] * table.Max(Math.Abs);
        return (own, meeting);
    }

    private int Width(int player) => _final ? 1 : _places.Chains[player].Actions;

    private double Reward(int player, ReadOnlySpan<int> moves)
    {
        Span<int> places = stackalloc int[moves.Length];
        int joint = 0;
        for (int p = 0; p < moves.Length; p++)
        {
            places[p] = moves[p] / Width(p);
            if (!_final) joint += moves[p] % Width(p) * _game.Strides[p];
        }

        int state = _places.StateAt(places);
        return _final ? _game.TerminalRewards(player)[state] : _game.Rewards(player)[(state * _game.JointActionCount) + joint];
    }

    private void Split(int player, CancellationToken cancellationToken)
    {
        int[] moves = [.. _moves.Select(own => own[0])];
        for (int other = 0; other < moves.Length; other++)
            if (other != player) Meetings[player, other] = new double[Own[player].Length * Own[other].Length];
        foreach (int own in _moves[player])
        {
            cancellationToken.ThrowIfCancellationRequested();
            moves[player] = own;
            double sum = Reward(player, moves), alone = sum;
            for (int other = 0; other < moves.Length; other++)
            {
                if (other == player) continue;
                var row = Meetings[player, other].AsSpan(own * Own[other].Length, Own[other].Length);
                int reference = moves[other];
                foreach (int theirs in _moves[other])
                {
                    moves[other] = theirs;
                    row[theirs] = Reward(player, moves) - alone;
                }

                moves[other] = reference;
                double usual = Usual(row, _moves[other]);
                sum += usual;
                foreach (int theirs in _moves[other]) row[theirs] -= usual;
            }

            Own[player][own] = sum;
        }

        for (int other = 0; other < moves.Length; other++)
            if (Meetings[player, other] is { } table && !table.AsSpan().ContainsAnyExcept(0.0)) Meetings[player, other] = null;
    }

    private static double Usual(ReadOnlySpan<double> row, int[] moves)
    {
        var counts = new Dictionary<double, int>();
        foreach (int move in moves) counts[row[move]] = counts.GetValueOrDefault(row[move]) + 1;
        return counts.MaxBy(pair => (pair.Value, pair.Key)).Key;
    }

    private void Check(int player, CancellationToken cancellationToken)
    {
        double scale = 1;
        foreach (double reward in _final ? _game.TerminalRewards(player) : _game.Rewards(player)) scale = Math.Max(scale, Math.Abs(reward));
        int joints = _final ? 1 : _game.JointActionCount;
        for (int s = 0; s < _game.StateCount; s++)
            for (int joint = 0; joint < joints; joint++)
            {
                if (joint % CheckedActions == 0) cancellationToken.ThrowIfCancellationRequested();
                if ((_final || _game.IsLegalJoint(s, joint)) && Math.Abs(Sum(player, s, joint) - Paid(player, s, joint)) > Tolerance * scale)
                    throw PlaceGame.Refusal($"{_game.Players[player]}'s reward{(_final ? " at the end" : string.Empty)} must be a sum of what it gets on its own and for meeting each other player, and is not in {_places.Label(s)}{(_final ? string.Empty : $" with {_places.JointAction(joint)}")}: {VsgGymException.Show(Paid(player, s, joint))} is not {VsgGymException.Show(Sum(player, s, joint))}");
            }
    }

    private double Paid(int player, int state, int joint) => _final ? _game.TerminalRewards(player)[state] : _game.Rewards(player)[(state * _game.JointActionCount) + joint];

    private double Sum(int player, int state, int joint)
    {
        int Move(int p) => (_places.Chains[p].Places[state] * Width(p)) + (_final ? 0 : _game.ActionOf(p, joint));
        int own = Move(player);
        double sum = Own[player][own];
        for (int other = 0; other < Own.Length; other++)
            if (Meetings[player, other] is { } table) sum += table[(own * Own[other].Length) + Move(other)];
        return sum;
    }
}
