using System.Collections.Immutable;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>MGE-F: the equilibrium of exploring agents over a horizon, each playing a Boltzmann policy of its own action values at each time.</summary>
/// <remarks>
/// <para>Notation: beta = inverse temperature, T = horizon, kappa = time, Q_i^kappa(x, a_i), pi_i proportional to exp(beta Q_i), M
/// players.</para>
/// <para>One Step is one sweep Q_i ← U_i(Q_-i, V_i^(kappa+1)) for all players and states at the present time kappa, damped by Eq. (14);
/// when the residual is below the tolerance, U is applied once more (line 16) and kappa falls by one, until time 0 is done. Q
/// starts at 0 and, as printed (line 14), each earlier time starts from the later one's answer.</para>
/// <para>Deviations from Algorithm 2: line 8 compares the change of a sweep, which under (14) is alpha times the defect, so the defect is
/// compared; other value operators; a reward of the joint action enters as its expectation under the others'
/// policies, the natural reading of Eq. (7); illegal actions have probability 0.</para>
/// <para>The answer is a quantal response equilibrium at each time, Gambit's lambda being beta, not a Nash equilibrium.</para>
/// <para>Residual: max |U_i(Q) - Q_i| over all action values before the move, the defect of the fixed point whatever the damping.</para>
/// </remarks>
[Solver("mge_f")]
[Source("mge", "Algorithm 2, Eq. (14)")]
public sealed class MgeF : IAlgorithm, IWarmStart
{
    private const long MostNumbers = 1L << 28;
    private readonly StochasticGame _game;
    private readonly Options _options;
    private readonly int _horizon;
    private readonly ExploringPlayers _players;
    private readonly double[][] _policies; // [N][T * S * A], settled from time _kappa + 1 on
    private readonly double[][] _values; // [N][(T + 1) * S], settled from time _kappa + 1 on
    private readonly double[][] _payoffs; // [N][S * J]: reward now and value at kappa + 1 of each joint action
    private readonly WorkCrew _crew;
    private readonly PayoffWork _payoffWork;
    private Solution? _earlier;
    private int _kappa;
    private bool _payoffsAreOfKappa;
    private long _iteration;

    /// <summary>Starts at Q = 0 and time T - 1.</summary>
    /// <param name="game">A table with a horizon.</param>
    /// <param name="options">The options.</param>
    /// <param name="crew">Who shares the sweeps; null for the caller's thread alone.</param>
    /// <exception cref="VsgGymException">The game is discounted, or its tables over the horizon are too large.</exception>
    public MgeF(StochasticGame game, Options options, WorkCrew? crew = null)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        _horizon = game.Horizon ?? throw VsgGymException.Invalid("solver", "mge_f", $"needs a game with a horizon and this one has discount {VsgGymException.Show(game.Discount)}; use mge_i", "wrong_horizon");
        long widest = game.ActionCounts.Max();
        if ((_horizon + 1L) * game.StateCount * widest > MostNumbers)
            throw VsgGymException.OverLimit("horizon", _horizon, $"the tables of all times do not fit: (horizon + 1) * {game.StateCount} states * {widest} actions must not exceed {MostNumbers}", "game_too_large");
        (_game, _options, _kappa, _crew) = (game, options, _horizon - 1, crew ?? WorkCrew.Alone());
        _players = new ExploringPlayers(game, options.InverseTemperature, options.ValueOperator, _crew, vectorized: false);
        _payoffWork = new PayoffWork(this);
        int states = game.StateCount, joint = game.JointActionCount;
        _policies = [.. game.ActionCounts.Select(actions => new double[_horizon * states * actions])];
        _values = [.. game.Players.Select(_ => new double[(_horizon + 1) * states])];
        _payoffs = [.. game.Players.Select(_ => new double[states * joint])];
        for (int p = 0; p < game.PlayerCount; p++) game.TerminalRewards(p).CopyTo(_values[p].AsSpan(_horizon * states)); // V^T = R_F
    }

    /// <summary>The bytes that the tables will take.</summary>
    public static long EstimateBytes(StochasticGame game, Options options)
    {
        ArgumentNullException.ThrowIfNull(game);
        double times = (game.Horizon ?? 0) + 1.0, actions = game.ActionCounts.Sum(count => (double)count), players = game.PlayerCount;
        double numbers = game.StateCount * ((times * (actions + players)) + (players * game.JointActionCount));
        return ExploringPlayers.EstimateBytes(game) + (long)Math.Min(sizeof(double) * numbers, long.MaxValue / 2);
    }

    /// <summary>Starts each time at Q = U of the earlier policies of that time, instead of the later time's answer.</summary>
    public void Start(Solution earlier, CancellationToken cancellationToken = default)
    {
        EarlierAnswer.Check(_game, earlier);
        _earlier = earlier;
    }

    /// <inheritdoc/>
    public IterationLimit Limit => new("max_iterations", _options.MaxIterations);

    /// <summary>"time": the kappa of the last sweep.</summary>
    public IReadOnlyList<string> MetricNames { get; } = ["time"];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Bound> ReadBounds(CancellationToken cancellationToken = default) => ImmutableSortedDictionary.Create<string, Bound>(StringComparer.Ordinal)
        .Add("mge_theorem_2", ContractionBounds.Theorem2(_game, _horizon, _options.InverseTemperature, _options.ValueOperator));

    /// <summary>The policies [T, S, A] and values [T + 1, S]; times not settled yet hold those of the present action values.</summary>
    public Solution ReadSolution(CancellationToken outOfTime = default)
    {
        for (int t = _kappa; t >= 0; t--) Write(t);
        int states = _game.StateCount, players = _game.PlayerCount;
        var policies = Enumerable.Range(0, players).Select(p => new TabularPolicy([.. _policies[p]], _horizon, states, _game.ActionCounts[p]));
        return new Solution
        {
            Policies = new PolicyProfile(_game, [.. policies]),
            Values = [.. _values.Select(values => new ShapedArray([.. values], _horizon + 1, states))],
        };
    }

    /// <inheritdoc/>
    public IterationReport Step(CancellationToken cancellationToken)
    {
        if (_kappa < 0) return new IterationReport(++_iteration, 0, IterationState.Converged);
        if (!_payoffsAreOfKappa) FillPayoffs(cancellationToken);
        double residual = _players.Sweep(_payoffs, _options.Damping, cancellationToken); // mge Eqs. (7), (8), (14)
        if (double.IsNaN(residual)) return new IterationReport(++_iteration, residual, IterationState.Diverged);
        if (residual < _options.Tolerance) Settle(cancellationToken);
        return new IterationReport(++_iteration, residual, _kappa < 0 ? IterationState.Converged : IterationState.Running);
    }

    /// <inheritdoc/>
    public void ReadMetrics(Span<double> metrics) => metrics[0] = _payoffsAreOfKappa ? _kappa : _kappa + 1;

    // mge Algorithm 2, lines 14 to 17
    private void Settle(CancellationToken cancellationToken)
    {
        _players.Sweep(_payoffs, 1, cancellationToken);
        Write(_kappa);
        _kappa--;
        _payoffsAreOfKappa = false;
    }

    // V^(kappa+1) stays while kappa does, so the part of Eq. (7) inside the expectation is computed once per time.
    private void FillPayoffs(CancellationToken cancellationToken)
    {
        _crew.Run(_payoffWork, _game.StateCount, _players.StateCost, cancellationToken);
        _payoffsAreOfKappa = true;
        if (_earlier is null) return;
        EarlierAnswer.CopyPolicies(_earlier, _kappa, _players.Policies);
        _players.Sweep(_payoffs, 1, cancellationToken);
    }

    private void Write(int time)
    {
        int states = _game.StateCount;
        for (int p = 0; p < _game.PlayerCount; p++)
        {
            _players.Policies[p].CopyTo(_policies[p].AsSpan(time * states * _game.ActionCounts[p]));
            _players.CopyValues(p, _values[p].AsSpan(time * states, states));
        }
    }

    private sealed class PayoffWork(MgeF solver) : ICrewWork
    {
        public double Run(int start, int end, CancellationToken cancellationToken)
        {
            int joint = solver._game.JointActionCount, states = solver._game.StateCount;
            for (int p = 0; p < solver._game.PlayerCount; p++)
            {
                var next = solver._values[p].AsSpan((solver._kappa + 1) * states, states);
                for (int s = start; s < end; s++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    Continuation.Fill(solver._game, p, s, next, solver._payoffs[p].AsSpan(s * joint, joint));
                }
            }

            return 0;
        }
    }

    /// <summary>Options of <see cref="MgeF"/>.</summary>
    public sealed record Options : ExploringOptions;
}
