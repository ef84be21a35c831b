using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>Multi-agent maximum causal entropy: each player's policy is the most random one for its rewards, the others' policies given.</summary>
/// <remarks>
/// <para>Notation: beta = inverse temperature (printed: 1), W_i^tau(x, a_i), V_i^tau = (1 / beta) log Z_i(tau) = (1 / beta) log sum exp(beta W_i^tau), pi_i proportional to exp(beta W_i),
/// T = horizon, gamma = discount.</para>
/// <para>One Step is one sweep W_i ← R_i + E[V_i^(tau+1)] for all players and states, damped as in Eq. (14), at the present time tau; when the
/// residual is below the tolerance, W is applied once more and tau falls by one, until time 0 is done. Every time starts
/// at W = 0, so that nothing but the game's own asymmetry and rounding choose among several equilibria. In a discounted game one Step is
/// one sweep W_i ← R_i + gamma E[V_i].</para>
/// <para>Deviations from Theorem 4: the inverse temperature; rewards of the joint action enter as their expectation under the
/// others' policies; R at the end, V^T = R_F, where it prints Z(T + 1) = 1; the discounted form, which the paper only names
/// (Remark 1); illegal actions have probability 0.</para>
/// <para>With one player this is soft value iteration, and the answer maximizes the return plus entropy / beta. With several it is an equilibrium of players who each
/// do so; the others' policies are not responded to in later times' entropy, exactly as printed.</para>
/// <para>Residual: max |update - W_i| over all action values before the move, the defect of the fixed point whatever the damping.</para>
/// </remarks>
[Solver("mce")]
[Source("mge", "section 6, Theorem 4")]
public sealed class Mce : IAlgorithm, IWarmStart
{
    private const long MostNumbers = 1L << 28;
    private readonly StochasticGame _game;
    private readonly Options _options;
    private readonly EntropyPlay _play;
    private Solution? _earlier;
    private long _iteration;

    /// <summary>Starts at W = 0 and the last time.</summary>
    /// <param name="game">A table, with a horizon or discounted.</param>
    /// <param name="options">The options.</param>
    /// <param name="crew">Who shares the sweeps; null for the caller's thread alone.</param>
    /// <exception cref="VsgGymException">The game's tables over the horizon are too large.</exception>
    public Mce(StochasticGame game, Options options, WorkCrew? crew = null)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        long widest = game.ActionCounts.Max();
        if (game.Horizon is { } horizon && (horizon + 1L) * game.StateCount * widest > MostNumbers)
            throw VsgGymException.OverLimit("horizon", horizon, $"the tables of all times do not fit: (horizon + 1) * {game.StateCount} states * {widest} actions must not exceed {MostNumbers}", "game_too_large");
        (_game, _options) = (game, options);
        _play = new EntropyPlay(game, options.InverseTemperature, ValueOperator.LogSumExp, crew ?? WorkCrew.Alone());
    }

    /// <summary>The bytes that the tables will take.</summary>
    public static long EstimateBytes(StochasticGame game, Options options)
    {
        ArgumentNullException.ThrowIfNull(game);
        return (long)Math.Min(EntropyPlay.EstimateBytes(game), long.MaxValue / 2);
    }

    /// <summary>Starts each time at the answer to the earlier policies of that time (a discounted game: and values) instead of W = 0.</summary>
    public void Start(Solution earlier, CancellationToken cancellationToken = default)
    {
        EarlierAnswer.Check(_game, earlier);
        _earlier = earlier;
        if (_game.Horizon is null)
            for (int p = 0; p < _game.PlayerCount; p++) EarlierAnswer.FirstValues(_game, earlier, p, cancellationToken).CopyTo(_play.Values[p]);
        Answer(cancellationToken);
    }

    /// <inheritdoc/>
    public IterationLimit Limit => new("max_iterations", _options.MaxIterations);

    /// <summary>"time": the tau of the last sweep; 0 in a discounted game.</summary>
    public IReadOnlyList<string> MetricNames { get; } = ["time"];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Bound> ReadBounds(CancellationToken cancellationToken = default) => ImmutableSortedDictionary<string, Bound>.Empty;

    /// <summary>The policies, [T, S, A] or [S, A], and soft values, [T + 1, S] or [S]; times not settled yet hold those of the present action values.</summary>
    public Solution ReadSolution(CancellationToken outOfTime = default)
    {
        _play.WriteUnsettled();
        return EntropyAnswer.Of(_game, _play);
    }

    private double LastTime { get; set; }

    /// <inheritdoc/>
    public IterationReport Step(CancellationToken cancellationToken)
    {
        if (_play.Time < 0) return new IterationReport(++_iteration, 0, IterationState.Converged);
        int time = _play.Time;
        LastTime = time;
        double residual = _play.Sweep(_options.Damping, _options.Tolerance, cancellationToken);
        if (_play.Time != time && _play.Time >= 0) Answer(cancellationToken);
        bool done = _game.Horizon is null ? residual < _options.Tolerance : _play.Time < 0;
        return new IterationReport(++_iteration, residual, double.IsNaN(residual) ? IterationState.Diverged : done ? IterationState.Converged : IterationState.Running);
    }

    /// <inheritdoc/>
    public void ReadMetrics(Span<double> metrics) => metrics[0] = LastTime;

    private void Answer(CancellationToken cancellationToken)
    {
        if (_earlier is not null) _play.Answer(BackwardInduction.At(_earlier.Policies, _play.Time), cancellationToken);
    }

    /// <summary>Options of <see cref="Mce"/>.</summary>
    public sealed record Options
    {
        /// <summary>Inverse temperature beta, above 0, per reward unit; 1 as printed.</summary>
        [Range(0d, 1e12, MinimumIsExclusive = true)]
        public double InverseTemperature { get; init; } = 1;

        /// <summary>Damping alpha of mge Eq. (14), in [0.000001, 1]: the weight of the new action values; 1 is undamped.</summary>
        [Range(1e-6, 1d)]
        public double Damping { get; init; } = 1;

        /// <summary>The residual, undamped, below which a sweep counts as converged, in reward units.</summary>
        [Range(0d, 1e12, MinimumIsExclusive = true)]
        public double Tolerance { get; init; } = 1e-10;

        /// <summary>The most sweeps over all times together.</summary>
        [Range(1, 1_000_000_000_000)]
        public long MaxIterations { get; init; } = 100_000;
    }
}
