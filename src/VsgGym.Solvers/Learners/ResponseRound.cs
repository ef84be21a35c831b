using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>One round of fictitious play: everyone's averages, and exact best responses to them.</summary>
/// <remarks>With a horizon by backward induction over rows kept here, which allocates nothing; in a discounted game by <see cref="BestResponse"/>.</remarks>
internal sealed class ResponseRound
{
    private readonly StochasticGame _game;
    private readonly double[][] _averages; // [N][T * S * A]
    private readonly int[][] _responses; // [N][T * S], actions
    private readonly double[][] _values; // [4][S]: best and played, now and at the next time
    private readonly double[] _payoffs; // [J]
    private readonly double[] _scratch; // [J]
    private readonly double[][] _q; // [N][A]

    /// <summary>Starts at uniform averages.</summary>
    public ResponseRound(StochasticGame game)
    {
        _game = game;
        int places = checked((game.Horizon ?? 1) * game.StateCount);
        _averages = [.. game.ActionCounts.Select(actions => new double[checked(places * actions)])];
        _responses = [.. game.ActionCounts.Select(_ => new int[places])];
        _values = [.. Enumerable.Range(0, 4).Select(_ => new double[game.StateCount])];
        (_payoffs, _scratch) = (new double[game.JointActionCount], new double[game.JointActionCount]);
        _q = [.. game.ActionCounts.Select(actions => new double[actions])];
        Start(PolicyProfile.Uniform(game));
    }

    private int Times => _game.Horizon ?? 1;

    /// <summary>Takes a profile as the averages.</summary>
    public void Start(PolicyProfile policies)
    {
        for (int p = 0; p < _averages.Length; p++)
            for (int place = 0; place < _responses[p].Length; place++)
                policies[p].Row(place / _game.StateCount, place % _game.StateCount).CopyTo(_averages[p].AsSpan(place * _game.ActionCounts[p]));
    }

    /// <summary>The averages.</summary>
    public PolicyProfile ToProfile() => new(_game, [.. _averages.Select((average, p) =>
        new TabularPolicy((double[])average.Clone(), Times, _game.StateCount, _game.ActionCounts[p]))]);

    /// <summary>Finds everyone's best response to the averages.</summary>
    /// <returns>NashConv of the averages.</returns>
    public double Respond(CancellationToken cancellationToken)
    {
        double gap = 0;
        var profile = _game.Horizon is null ? ToProfile() : null;
        for (int p = 0; p < _averages.Length; p++)
            gap += Math.Max(0, profile is null ? Induct(p, cancellationToken) : Solve(profile, p, cancellationToken)); // rounding may put it a hair below 0
        return gap;
    }

    /// <summary>Moves every average toward the response by a weight.</summary>
    public void Average(double weight)
    {
        for (int p = 0; p < _averages.Length; p++)
        {
            int actions = _game.ActionCounts[p];
            double[] average = _averages[p];
            for (int k = 0; k < average.Length; k++) average[k] -= weight * average[k];
            for (int place = 0; place < _responses[p].Length; place++) average[(place * actions) + _responses[p][place]] += weight;
        }
    }

    // What a player gains in a discounted game.
    private double Solve(PolicyProfile profile, int player, CancellationToken cancellationToken)
    {
        var best = BestResponse.Solve(_game, profile, player, cancellationToken);
        for (int s = 0; s < _game.StateCount; s++) _responses[player][s] = best.Policy.Row(0, s).IndexOf(1.0);
        return best.FromStart(_game) - BestResponse.Evaluate(_game, profile, player, cancellationToken).FromStart(_game);
    }

    // What a player gains with a horizon, by backward induction for the response and the averages side by side.
    private double Induct(int player, CancellationToken cancellationToken)
    {
        var (best, played, nextBest, nextPlayed) = (_values[0], _values[1], _values[2], _values[3]);
        _game.TerminalRewards(player).CopyTo(best);
        _game.TerminalRewards(player).CopyTo(played);
        double[] q = _q[player];
        for (int t = Times - 1; t >= 0; t--)
        {
            (best, nextBest) = (nextBest, best);
            (played, nextPlayed) = (nextPlayed, played);
            for (int s = 0; s < _game.StateCount; s++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int place = (t * _game.StateCount) + s;
                Expect(player, s, place, nextPlayed);
                played[s] = HillKernels.Value(_averages[player].AsSpan(place * q.Length, q.Length), q);
                Expect(player, s, place, nextBest);
                int response = _responses[player][place] = ChoiceKernels.Best(q);
                best[s] = q[response];
            }
        }

        return PlayerValues.FromStart(_game, best) - PlayerValues.FromStart(_game, played);
    }

    // The player's action values against the averages, minus infinity where illegal.
    private void Expect(int player, int state, int place, double[] next)
    {
        double[] q = _q[player];
        Continuation.Fill(_game, player, state, next, _payoffs);
        Expectation.Over(_game, player, place, _averages, _payoffs, _scratch, q);
        for (int a = 0; a < q.Length; a++)
            if (!_game.IsLegal(player, state, a)) q[a] = double.NegativeInfinity;
    }
}
