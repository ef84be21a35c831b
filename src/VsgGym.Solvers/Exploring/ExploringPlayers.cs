using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>All players' action values and exploring policies, and one simultaneous sweep over them; nothing is allocated after the start.</summary>
internal sealed class ExploringPlayers
{
    private readonly StochasticGame _game;
    private readonly double _inverseTemperature;
    private readonly ValueOperator _operator;
    private readonly double[] _joint; // [J]
    private readonly double[] _scratch; // [largest A]
    private readonly double[][] _updates; // [N][S * A]

    public ExploringPlayers(StochasticGame game, double inverseTemperature, ValueOperator valueOperator)
    {
        (_game, _inverseTemperature, _operator) = (game, inverseTemperature, valueOperator);
        _joint = new double[game.JointActionCount];
        _scratch = new double[game.ActionCounts.Max()];
        ActionValues = Tables();
        Policies = Tables();
        _updates = Tables();
        for (int p = 0; p < game.PlayerCount; p++) // Q = 0 at the start
            for (int k = 0; k < ActionValues[p].Length; k++)
                if (!game.IsLegal(p, k / game.ActionCounts[p], k % game.ActionCounts[p])) ActionValues[p][k] = double.NegativeInfinity;
        RefreshPolicies();
    }

    /// <summary>Q, [N][S * A], minus infinity where illegal.</summary>
    public double[][] ActionValues { get; }

    /// <summary>The exploring policies of <see cref="ActionValues"/>, [N][S * A].</summary>
    public double[][] Policies { get; }

    /// <summary>The bytes that the tables take.</summary>
    public static long EstimateBytes(StochasticGame game) =>
        sizeof(double) * ((3L * game.StateCount * game.ActionCounts.Sum(actions => (long)actions)) + game.JointActionCount);

    /// <summary>Recomputes the policies from the action values.</summary>
    public void RefreshPolicies()
    {
        for (int p = 0; p < _game.PlayerCount; p++)
        {
            int actions = _game.ActionCounts[p];
            for (int s = 0; s < _game.StateCount; s++)
                BoltzmannKernels.Policy(ActionValues[p].AsSpan(s * actions, actions), _inverseTemperature, Policies[p].AsSpan(s * actions, actions));
        }
    }

    /// <summary>The values of every state, [S], by the value operator.</summary>
    public void Values(int player, Span<double> values)
    {
        int actions = _game.ActionCounts[player];
        for (int s = 0; s < values.Length; s++)
            values[s] = BoltzmannKernels.Value(
                _operator,
                ActionValues[player].AsSpan(s * actions, actions),
                Policies[player].AsSpan(s * actions, actions),
                _inverseTemperature,
                _scratch.AsSpan(0, actions));
    }

    /// <summary>The expectation of a player's payoffs in one state under the others' present policies, kept until <see cref="Apply"/>.</summary>
    public void Expect(int player, int state, ReadOnlySpan<double> payoffs)
    {
        int actions = _game.ActionCounts[player];
        Expectation.Over(_game, player, state, Policies, payoffs, _joint, _updates[player].AsSpan(state * actions, actions));
    }

    /// <summary>Moves every action value by the damping toward what was kept, all players at once, and refreshes the policies.</summary>
    /// <returns>
    /// max |U - Q| before the move. NaN when an update is not finite, and then nothing is moved; also NaN when the distance is too large
    /// for a number, and then the values, which lie between two finite ones, are still finite.
    /// </returns>
    public double Apply(double damping)
    {
        for (int p = 0; p < _updates.Length; p++)
            for (int k = 0; k < _updates[p].Length; k++)
                if (!double.IsFinite(_updates[p][k])) return double.NaN;
        double residual = 0;
        for (int p = 0; p < _updates.Length; p++)
            residual = Math.Max(residual, BoltzmannKernels.Damp(_updates[p], damping, ActionValues[p]));
        RefreshPolicies();
        return double.IsFinite(residual) ? residual : double.NaN;
    }

    private double[][] Tables() => [.. _game.ActionCounts.Select(actions => new double[checked(_game.StateCount * actions)])];
}
