using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>An earlier answer, read place by place by a learner that starts from it.</summary>
internal sealed class EarlierPlaces
{
    private readonly StochasticGame _game;
    private readonly double[][] _values; // [N][S], or [N][(T + 1) * S] with a horizon
    private readonly double[] _scratch; // [J]

    /// <summary>Reads an answer.</summary>
    /// <param name="game">The table.</param>
    /// <param name="earlier">An answer that fits the game.</param>
    /// <param name="places">S, or T * S where the learner's tables depend on the time.</param>
    /// <param name="cancellationToken">Checked where values are computed.</param>
    public EarlierPlaces(StochasticGame game, Solution earlier, int places, CancellationToken cancellationToken)
    {
        _game = game;
        _values = [.. Enumerable.Range(0, game.PlayerCount).Select(p => EarlierAnswer.Values(game, earlier, p, cancellationToken))];
        Policies = [.. earlier.Policies.Policies.Select(policy => Spread(policy, places))];
        (JointValues, _scratch) = (new double[game.JointActionCount], new double[game.JointActionCount]);
    }

    /// <summary>What everyone played, [N][places * A].</summary>
    public double[][] Policies { get; }

    /// <summary>r_i(s, a) + discount * sum P(s' | s, a) V_i(s') of every joint action, [J], as last filled.</summary>
    public double[] JointValues { get; }

    /// <summary>Fills <see cref="JointValues"/> for a player and a place.</summary>
    public void Fill(int player, int place)
    {
        int states = _game.StateCount, next = (place / states) + 1;
        double[] values = _values[player];
        Continuation.Fill(_game, player, place % states, values.AsSpan(_game.Horizon is null ? 0 : next * states, states), JointValues);
    }

    /// <summary>The expectation of <see cref="JointValues"/> over the others' policies, minus infinity where illegal.</summary>
    /// <param name="player">Whose.</param>
    /// <param name="place">Where.</param>
    /// <param name="q">[A], overwritten.</param>
    public void ActionValues(int player, int place, Span<double> q)
    {
        Fill(player, place);
        Expectation.Over(_game, player, place, Policies, JointValues, _scratch, q);
        for (int a = 0; a < q.Length; a++)
            if (!_game.IsLegal(player, place % _game.StateCount, a)) q[a] = double.NegativeInfinity;
    }

    private double[] Spread(TabularPolicy policy, int places)
    {
        var table = new double[places * policy.Actions];
        for (int place = 0; place < places; place++)
            policy.Row(place / _game.StateCount, place % _game.StateCount).CopyTo(table.AsSpan(place * policy.Actions));
        return table;
    }
}
