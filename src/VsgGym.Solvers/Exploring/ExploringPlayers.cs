using System.Runtime.Intrinsics;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>All players' action values, exploring policies and state values, and one simultaneous sweep over them; nothing is allocated after the start.</summary>
internal sealed class ExploringPlayers
{
    private readonly StochasticGame _game;
    private readonly double _inverseTemperature;
    private readonly ValueOperator _operator;
    private readonly WorkCrew _crew;
    private readonly bool _vectorized;
    private readonly double[][] _updates; // [N][S * A]
    private readonly UpdateWork _update;
    private readonly ApplyWork _apply;

    /// <summary>Starts at Q = 0.</summary>
    /// <param name="game">The table.</param>
    /// <param name="inverseTemperature">beta.</param>
    /// <param name="valueOperator">How values come from action values.</param>
    /// <param name="crew">Who shares the sweeps.</param>
    /// <param name="vectorized">
    /// Whether policies come from the softmax of many rows at once, which rounds otherwise than that of one row. Where symmetric players stand on
    /// an unstable fixed point, rounding decides when they leave it; the published tables of the horizon were reproduced with the softmax of one row.
    /// </param>
    public ExploringPlayers(StochasticGame game, double inverseTemperature, ValueOperator valueOperator, WorkCrew crew, bool vectorized)
    {
        (_game, _inverseTemperature, _operator, _crew, _vectorized) = (game, inverseTemperature, valueOperator, crew, vectorized);
        (ActionValues, Policies, _updates) = (Tables(), Tables(), Tables());
        Values = new double[checked(game.StateCount * game.PlayerCount)];
        (_update, _apply) = (new UpdateWork(this), new ApplyWork(this));
        for (int p = 0; p < game.PlayerCount; p++)
            for (int k = 0; k < ActionValues[p].Length; k++)
                if (!game.IsLegal(p, k / game.ActionCounts[p], k % game.ActionCounts[p])) ActionValues[p][k] = double.NegativeInfinity;
        Restart();
    }

    /// <summary>Q, [N][S * A], minus infinity where illegal.</summary>
    public double[][] ActionValues { get; }

    /// <summary>The exploring policies of <see cref="ActionValues"/>, [N][S * A].</summary>
    public double[][] Policies { get; }

    /// <summary>The values of every state by the value operator, [S * N], the players of a state side by side.</summary>
    public double[] Values { get; }

    /// <summary>About how many operations a state costs, for the crew.</summary>
    public int StateCost => SweepCost.OfBackups(_game);

    /// <summary>The bytes that the tables take.</summary>
    public static long EstimateBytes(StochasticGame game) =>
        sizeof(double) * (long)game.StateCount * ((3L * game.ActionCounts.Sum(actions => (long)actions)) + game.PlayerCount);

    /// <summary>Back to Q = 0.</summary>
    public void Restart()
    {
        foreach (double[] values in ActionValues)
            foreach (ref double q in values.AsSpan())
                if (!double.IsNegativeInfinity(q)) q = 0;
        Refresh(0, _game.StateCount);
    }

    /// <summary>Copies a player's values, [S].</summary>
    public void CopyValues(int player, Span<double> values)
    {
        for (int s = 0; s < values.Length; s++) values[s] = Values[(s * _game.PlayerCount) + player];
    }

    /// <summary>One simultaneous sweep: the expectations of all payoffs under the present policies, then every action value moved toward them.</summary>
    /// <param name="payoffs">[N][S * J], what joint actions pay; null for the rewards and the discounted <see cref="Values"/>.</param>
    /// <param name="damping">The weight of the new action values.</param>
    /// <param name="cancellationToken">Checked between states.</param>
    /// <returns>
    /// max |U - Q| before the move. NaN when an update is not finite, and then nothing is moved; also NaN when the distance is too large
    /// for a number, and then the values, which lie between two finite ones, are still finite.
    /// </returns>
    public double Sweep(double[][]? payoffs, double damping, CancellationToken cancellationToken)
    {
        _update.Payoffs = payoffs;
        if (double.IsNaN(_crew.Run(_update, _game.StateCount, StateCost, cancellationToken))) return double.NaN;
        _apply.Damping = damping;
        double residual = _crew.Run(_apply, _game.StateCount, StateCost, CancellationToken.None); // not to be left half moved
        return double.IsFinite(residual) ? residual : double.NaN;
    }

    // Policies and values of states [start, end) from their action values.
    private void Refresh(int start, int end)
    {
        int players = _game.PlayerCount;
        for (int p = 0; p < players; p++)
        {
            int actions = _game.ActionCounts[p], first = start * actions, length = (end - start) * actions;
            var policies = Policies[p].AsSpan(first, length);
            ActionValues[p].AsSpan(first, length).CopyTo(policies);
            if (_vectorized) SimplexRows.Softmax(policies, actions, _inverseTemperature); // mge Eq. (2)
            else
                for (int at = 0; at < policies.Length; at += actions) Simplex.Softmax(policies.Slice(at, actions), _inverseTemperature); // mge Eq. (2)
            for (int s = start; s < end; s++)
                Values[(s * players) + p] = BoltzmannKernels.Value(_operator, ActionValues[p].AsSpan(s * actions, actions), Policies[p].AsSpan(s * actions, actions), _inverseTemperature);
        }
    }

    // x - x is 0 for finite numbers and NaN for others
    private static bool AreFinite(ReadOnlySpan<double> numbers)
    {
        var sum = Vector256<double>.Zero;
        int k = 0;
        for (; k <= numbers.Length - 4; k += 4)
        {
            var four = Vector256.Create(numbers[k..]);
            sum += four - four;
        }

        double rest = 0;
        for (; k < numbers.Length; k++) rest += numbers[k] - numbers[k];
        return Vector256.Sum(sum) + rest == 0;
    }

    private double[][] Tables() => [.. _game.ActionCounts.Select(actions => new double[checked(_game.StateCount * actions)])];

    private sealed class UpdateWork(ExploringPlayers all) : ICrewWork
    {
        public double[][]? Payoffs { get; set; }

        public double Run(int start, int end, CancellationToken cancellationToken)
        {
            if (Payoffs is null) JointBackup.Run(all._game, start, end, all.Values, all.Policies, all._updates, cancellationToken); // mge Eqs. (3), (6)
            else JointBackup.Expect(all._game, start, end, Payoffs, all.Policies, all._updates, cancellationToken); // mge Eqs. (7), (8)
            for (int p = 0; p < all._updates.Length; p++)
            {
                int actions = all._game.ActionCounts[p];
                if (!AreFinite(all._updates[p].AsSpan(start * actions, (end - start) * actions))) return double.NaN;
            }

            return 0;
        }
    }

    private sealed class ApplyWork(ExploringPlayers all) : ICrewWork
    {
        public double Damping { get; set; }

        public double Run(int start, int end, CancellationToken cancellationToken)
        {
            double residual = 0;
            for (int p = 0; p < all._updates.Length; p++)
            {
                int actions = all._game.ActionCounts[p], first = start * actions, length = (end - start) * actions;
                double defect = BoltzmannKernels.Damp(all._updates[p].AsSpan(first, length), Damping, all.ActionValues[p].AsSpan(first, length));
                residual = defect > residual || double.IsNaN(defect) ? defect : residual;
            }

            all.Refresh(start, end);
            return residual;
        }
    }
}
