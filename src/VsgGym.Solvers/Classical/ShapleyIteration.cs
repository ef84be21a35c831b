using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>Shapley's iteration: the value and optimal policies of a two-player zero-sum stochastic game.</summary>
/// <remarks>
/// <para>Notation: V(s) = value to the first player, val = value of a matrix game, T V(s) = val[r(s, a, b) + gamma sum P(s' | s, a, b) V(s')].</para>
/// <para>One Step is one sweep V ← T V over all states from V = 0. With method policy_iteration the first player keeps its strategies of
/// that sweep, and V becomes what they guarantee against every policy of the second, by sweeps of that player's decision process; fewer
/// steps with large discounts. With a horizon one Step is one time, from T - 1 back to 0, exact, whatever the method.</para>
/// <para>Policies are the optimal strategies of the last sweep's matrix games; where there are several, the solution is one vertex of
/// theirs.</para>
/// <para>Only zero-sum games are taken. A constant sum other than 0 is refused too: where rows end the episode, what such a sum adds
/// to the returns depends on the play.</para>
/// <para>Deviations: Shapley's games stop with a probability of at least 1 - gamma in every state, here a discount does that;
/// Hoffman and Karp's values of the decision process are found by sweeps instead of a linear solve. An earlier answer gives the first V
/// of a discounted game; with a horizon nothing is left to gain from it.</para>
/// <para>Residual: max |T V(s) - V(s)| before the sweep; 0 with a horizon.</para>
/// </remarks>
[Solver("shapley")]
[Source("shapley1953")]
[Source("hoffman1966", "method policy_iteration")]
public sealed class ShapleyIteration : IAlgorithm, IWarmStart
{
    private const long MostNumbers = 1L << 28;
    private const int MostResponseSweeps = 1_000_000; // of one step; far more than a discount of 0.9999 needs
    private readonly StochasticGame _game;
    private readonly Options _options;
    private readonly ZeroSumSweep _sweep;
    private readonly double[] _rows, _columns; // [T or 1, S, A]
    private double[] _values; // [S] or [T + 1, S], of the first player
    private double[] _next; // [S], discounted only
    private double _residual = double.NaN;
    private long _iteration;
    private int _time;

    /// <summary>Starts at V = 0, or with a horizon at the rewards of time T, and uniform policies.</summary>
    /// <param name="game">A two-player zero-sum table.</param>
    /// <param name="options">The options.</param>
    /// <param name="crew">Shares the states of a sweep.</param>
    /// <exception cref="VsgGymException">The game is not zero-sum, or its tables over the horizon are too large.</exception>
    public ShapleyIteration(StochasticGame game, Options options, WorkCrew crew)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(crew);
        ZeroSumPremise.Check(game, "shapley");
        int times = game.Horizon ?? 1, states = game.StateCount;
        if ((times + 1L) * states * game.ActionCounts.Max() > MostNumbers)
            throw VsgGymException.OverLimit("horizon", times, $"the tables of all times do not fit: (horizon + 1) * {states} states * {game.ActionCounts.Max()} actions must not exceed {MostNumbers}", "game_too_large");
        (_game, _options, _sweep, _time) = (game, options, new ZeroSumSweep(game, crew), times);
        _rows = UniformRows(game, 0, times);
        _columns = UniformRows(game, 1, times);
        _values = new double[game.Horizon is null ? states : (times + 1) * states];
        _next = game.Horizon is null ? new double[states] : [];
        if (game.Horizon is not null) game.TerminalRewards(0).CopyTo(_values.AsSpan(times * states));
    }

    /// <summary>The bytes that the tables will take.</summary>
    public static long EstimateBytes(StochasticGame game, Options options)
    {
        ArgumentNullException.ThrowIfNull(game);
        double times = (game.Horizon ?? 0) + 1.0, actions = game.ActionCounts.Sum(count => (double)count);
        double stages = game.PlayerCount == 2 ? System.Environment.ProcessorCount * ZeroSumStage.EstimateBytes(game) : 0;
        return (long)Math.Min((sizeof(double) * game.StateCount * ((times * (actions + 1)) + 1)) + stages, long.MaxValue / 2);
    }

    /// <summary>Starts at the earlier answer's values of the first player; with a horizon they are not used.</summary>
    public void Start(Solution earlier, CancellationToken cancellationToken = default)
    {
        EarlierAnswer.Check(_game, earlier);
        if (_game.Horizon is null) EarlierAnswer.FirstValues(_game, earlier, 0, cancellationToken).CopyTo(_values);
    }

    /// <inheritdoc/>
    public IterationLimit Limit => new("max_iterations", _options.MaxIterations);

    /// <inheritdoc/>
    public IReadOnlyList<string> MetricNames => [];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Bound> ReadBounds(CancellationToken cancellationToken = default) => ImmutableSortedDictionary.Create<string, Bound>(StringComparer.Ordinal).Add("shapley_contraction", Contraction());

    /// <summary>Both policies, [S, A] or [T, S, A], and values, those of the second player being minus those of the first.</summary>
    public Solution ReadSolution(CancellationToken outOfTime = default)
    {
        int times = _game.Horizon ?? 1, states = _game.StateCount;
        ImmutableArray<int> shape = _game.Horizon is null ? [states] : [times + 1, states];
        return new Solution
        {
            Policies = new PolicyProfile(_game, new TabularPolicy([.. _rows], times, states, _game.ActionCounts[0]), new TabularPolicy([.. _columns], times, states, _game.ActionCounts[1])),
            Values = [new ShapedArray([.. _values], shape), new ShapedArray([.. _values.Select(value => 0 - value)], shape)],
        };
    }

    /// <inheritdoc/>
    public IterationReport Step(CancellationToken cancellationToken)
    {
        if (_game.Horizon is not null) return StepBack(cancellationToken);
        double residual = _sweep.Solve((_values, 0), (_next, 0), (_rows, _columns, 0), cancellationToken); // shapley1953: V <- T V
        _iteration++;
        if (double.IsNaN(residual)) return new IterationReport(_iteration, residual, IterationState.Diverged);
        _residual = residual;
        (_values, _next) = (_next, _values);
        if (residual <= _options.Tolerance) return new IterationReport(_iteration, residual, IterationState.Converged);
        if (_options.Method == ZeroSumMethod.PolicyIteration) Respond(residual, cancellationToken);
        return new IterationReport(_iteration, residual, IterationState.Running);
    }

    /// <inheritdoc/>
    public void ReadMetrics(Span<double> metrics)
    {
    }

    private IterationReport StepBack(CancellationToken cancellationToken)
    {
        _iteration++;
        if (_time > 0)
        {
            double change = _sweep.Solve((_values, _time), (_values, _time - 1), (_rows, _columns, _time - 1), cancellationToken);
            if (double.IsNaN(change)) return new IterationReport(_iteration, change, IterationState.Diverged);
            _time--;
        }

        _residual = 0;
        return new IterationReport(_iteration, 0, _time == 0 ? IterationState.Converged : IterationState.Running);
    }

    // V = what the first player's strategies guarantee, to a part of the residual that leaves the next step's alone.
    private void Respond(double residual, CancellationToken cancellationToken)
    {
        _residual = double.NaN; // the bound is that of a sweep
        double enough = Math.Max(.1 * _options.Tolerance, .01 * (1 - _game.Discount) * residual);
        for (int k = 0; k < MostResponseSweeps; k++)
        {
            double change = _sweep.Respond(_values, _next, _rows, cancellationToken);
            (_values, _next) = (_next, _values);
            if (!(change > enough)) return;
        }
    }

    private Bound Contraction()
    {
        double distance = _game.Horizon is null ? _game.Discount * _residual / (1 - _game.Discount) : _time == 0 ? 0 : double.NaN;
        return new Bound(distance, double.IsFinite(distance), "The values are, up to rounding, within this distance of the game's, as the sweep is a contraction by the discount (Shapley 1953); measured: the residual.", _residual);
    }

    private static double[] UniformRows(StochasticGame game, int player, int times)
    {
        int actions = game.ActionCounts[player], block = game.StateCount * actions;
        var table = new double[times * block];
        for (int k = 0; k < block; k++)
        {
            int legal = 0;
            for (int a = 0; a < actions; a++) legal += game.IsLegal(player, k / actions, a) ? 1 : 0;
            table[k] = game.IsLegal(player, k / actions, k % actions) ? 1.0 / legal : 0;
        }

        for (int t = 1; t < times; t++) table.AsSpan(0, block).CopyTo(table.AsSpan(t * block));
        return table;
    }

    /// <summary>Options of <see cref="ShapleyIteration"/>.</summary>
    public sealed record Options
    {
        /// <summary>How a discounted game is solved: value_iteration or policy_iteration; not used with a horizon.</summary>
        public ZeroSumMethod Method { get; init; } = ZeroSumMethod.ValueIteration;

        /// <summary>The residual max |T V - V| at which a discounted game counts as solved, in reward units.</summary>
        [Range(0d, 1e12, MinimumIsExclusive = true)]
        public double Tolerance { get; init; } = 1e-10;

        /// <summary>The most steps: sweeps, or with a horizon times.</summary>
        [Range(1, 1_000_000_000_000)]
        public long MaxIterations { get; init; } = 100_000;
    }
}
