using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>Logit quantal response equilibrium: traces the principal branch from uniform play to a given inverse temperature.</summary>
/// <remarks>
/// <para>Notation: lambda = inverse temperature (Gambit's lambda), Q_i(s, a) = the expected return of action a in state s (at time t) when everyone
/// plays the profile, the player itself later on too. A profile is an agent logit quantal response equilibrium when pi_i(a | s) is proportional to
/// exp(lambda Q_i(s, a)) for all players and states (and times): every state, and time, has agents of its own. In a one-shot game that is the quantal
/// response equilibrium.</para>
/// <para>The unknowns are the log-probabilities, the values V_i(s) and lambda, in one system of equations; with a horizon those of every time, V_i(T)
/// being the terminal rewards. At lambda = 0 the only equilibrium is uniform play; from there the branch of equilibria is followed as a curve,
/// forward and backward in lambda, until lambda first reaches the one asked for.</para>
/// <para>One Step is one step along the curve: a prediction along its tangent and Newton corrections in the plane across it; the step's length
/// follows from how far the first correction goes, and a step that goes wrong is halved and tried again. The last step goes to the lambda asked for
/// and corrects there.</para>
/// <para>Deviations from Turocy 2005: Newton's method with new derivatives for each correction; probabilities are scaled to sum 1 after each; values
/// are unknowns of their own, for games of more than one step. Games without a generic branch (symmetric ones) may have points where branches cross:
/// the curve goes straight on, and the metric "branch_points" counts them. To follow another branch, start warm from a profile on it.</para>
/// <para>Residual: the largest |(log pi_a - log pi_0) - lambda (Q_a - Q_0)| and |V - sum of pi Q| for the lambda asked for, whatever lambda the curve
/// has reached.</para>
/// <para>The concept quantal_response measures the answer with the temperature 1 / lambda; the bound "quantal_response" holds that measurement. Work
/// grows with the cube of the number of unknowns, (actions + 1) per player, state and time, of which at most 4000 are taken.</para>
/// </remarks>
[Solver("logit_qre")]
[Source("mckelvey1995")]
[Source("turocy2005")]
[Source("mckelvey1998")]
public sealed class LogitQre : IAlgorithm, IWarmStart
{
    private const double MostUnknowns = 4000;
    private const double NearEnough = 2; // the most that a log-probability of a warm start may be off
    private readonly StochasticGame _game;
    private readonly Options _options;
    private readonly LogitPath _path;
    private Solution? _earlier;
    private bool _started;
    private long _iteration;

    /// <summary>Starts at lambda = 0 and uniform play.</summary>
    /// <param name="game">The table.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Checked while the game is read.</param>
    /// <exception cref="VsgGymException">The equations are too many.</exception>
    public LogitQre(StochasticGame game, Options options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        double unknowns = LogitLayout.CountOf(game);
        if (unknowns > MostUnknowns)
        {
            string rule = $"solves one dense system of (actions + 1) unknowns per player, state and time: {VsgGymException.Show(unknowns)} must not exceed {MostUnknowns}";
            throw VsgGymException.OverLimit("solver", "logit_qre", $"{rule}; use mge_i or mge_f", "game_too_large");
        }

        (_game, _options, _path) = (game, options, new LogitPath(game, cancellationToken));
    }

    /// <summary>The bytes that the tables will take.</summary>
    public static long EstimateBytes(StochasticGame game, Options options)
    {
        ArgumentNullException.ThrowIfNull(game);
        return (long)Math.Min(LogitPath.EstimateBytes(game), long.MaxValue / 2);
    }

    /// <summary>Starts on the branch nearest to the earlier policies, at the lambda that fits them best, instead of uniform play; where there is none
    /// near, as usual.</summary>
    public void Start(Solution earlier, CancellationToken cancellationToken = default)
    {
        EarlierAnswer.Check(_game, earlier);
        _earlier = earlier;
    }

    /// <inheritdoc/>
    public IterationLimit Limit => new("max_iterations", _options.MaxIterations);

    /// <summary>"inverse_temperature": where the curve is; "step_size": of the next step; "branch_points": how often another branch was
    /// crossed.</summary>
    public IReadOnlyList<string> MetricNames { get; } = ["inverse_temperature", "step_size", "branch_points"];


    /// <summary>Policies and values, [T, S, A] and [T + 1, S] with a horizon, where the curve is.</summary>
    public Solution ReadSolution(CancellationToken outOfTime = default)
    {
        var present = _path.Present;
        int states = _game.StateCount, times = present.Policies.Length;
        var policies = Enumerable.Range(0, _game.PlayerCount).Select(p => new TabularPolicy([.. present.Policies.SelectMany(time => time[p])], times, states, _game.ActionCounts[p]));
        return new Solution
        {
            Policies = new PolicyProfile(_game, [.. policies]),
            Values = [.. present.Values.Select(values => _game.Horizon is { } horizon ? new ShapedArray([.. values], horizon + 1, states) : new ShapedArray([.. values], states))],
        };
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Bound> ReadBounds(CancellationToken cancellationToken = default) =>
        LogitBounds.Of(_game, ReadSolution(cancellationToken).Policies, _options.InverseTemperature, _path.BranchPoints, cancellationToken);

    /// <inheritdoc/>
    public IterationReport Step(CancellationToken cancellationToken)
    {
        double target = _options.InverseTemperature;
        if (!_started) Begin(cancellationToken);
        if (_path.Lambda != target || _path.Defect(target, cancellationToken) >= _options.Tolerance) _path.Advance(target, cancellationToken);
        double residual = _path.Defect(target, cancellationToken);
        bool there = _path.Lambda == target && residual < _options.Tolerance;
        var state = there ? IterationState.Converged : _path.IsStuck || !double.IsFinite(residual) ? IterationState.Diverged : IterationState.Running;
        return new IterationReport(++_iteration, residual, state);
    }

    /// <inheritdoc/>
    public void ReadMetrics(Span<double> metrics) => (metrics[0], metrics[1], metrics[2]) = (_path.Lambda, _path.StepSize, _path.BranchPoints);

    private void Begin(CancellationToken cancellationToken)
    {
        bool near = false;
        if (_earlier is not null)
        {
            double lambda = LogitFit.Lambda(_game, _earlier.Policies, _options.InverseTemperature, cancellationToken);
            near = _path.Start(_earlier.Policies, lambda, NearEnough, cancellationToken);
        }

        if (!near) _path.Start(PolicyProfile.Uniform(_game), 0, double.PositiveInfinity, cancellationToken);
        _started = true;
    }

    /// <summary>Options of <see cref="LogitQre"/>.</summary>
    public sealed record Options
    {
        /// <summary>Inverse temperature lambda of the equilibrium, above 0, per reward unit; a large one plays nearly a Nash equilibrium.</summary>
        [Range(0d, 1e12, MinimumIsExclusive = true)]
        public double InverseTemperature { get; init; } = 1;

        /// <summary>The residual below which the answer counts as converged, in log-probabilities.</summary>
        [Range(0d, 1e12, MinimumIsExclusive = true)]
        public double Tolerance { get; init; } = 1e-9;

        /// <summary>The most steps along the curve.</summary>
        [Range(1, 1_000_000_000_000)]
        public long MaxIterations { get; init; } = 100_000;
    }
}
