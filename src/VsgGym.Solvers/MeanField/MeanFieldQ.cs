using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>Mean-field Bayesian Q-learning: a population answers the flow it makes itself, held to a prior by the relative entropy.</summary>
/// <remarks>
/// <para>Notation: eta = temperature, mu_t = the population's distribution over the states, L_t(s, a) = mu_t(s) pi_t(a | s) the mean field,
/// Q_t(s, a), prior_t(a | s).</para>
/// <para>One Step moves the policy to the answer that update names, finds the flow of the new policy, and along it, backward, its values,
/// the best response and the next answer. With relative_entropy and temperature 1, the defaults, that is the printed algorithm.</para>
/// <para>Deviations from Algorithm 4: the mean field is computed, not sampled from a simulator, in the form L_t+1(s', a') = pi_t+1(a' | s') sum
/// over s, a of P(s' | s, a, L_t) L_t(s, a), where the printed one takes the mean field's arguments from the same time; in Eq. (11) the
/// logarithms belong to the next time, so that V_t+1 = eta log sum prior exp(Q_t+1 / eta); the temperature eta, 1 as printed; the other
/// updates, the renewal of the prior and the damping.</para>
/// <para>With boltzmann, Q is that of the best response (Cui and Koeppl call it Boltzmann iteration, and relative_entropy RelEnt iteration);
/// best_response is the plain fixed-point iteration. Both cycle in many games unless damped or warm enough: a cycle ends as stopped.
/// In fictitious_play the best response of iteration k has the weight 1 / (k + 1) and is counted where its players get to along the
/// population's present flow; the start has that of one iteration.</para>
/// <para>The prior "last_policy" is the policy of the last renewal, every renewal_period iterations (prior descent): its fixed points are
/// equilibria of the game itself, not of a regularized one. An action that has lost all its probability never comes back.</para>
/// <para>Residual: the largest |answer - policy| of a probability, the defect of the fixed point whatever the damping; for best_response,
/// fictitious_play and prior descent, which aim at the game itself, the exploitability, in reward units. With a schedule of temperatures an
/// answer converges only once the schedule rests.</para>
/// <para>The answer has the single player "population", its policy [T, S, A], its expected returns [T + 1, S], and the array "mean_field",
/// mu_t(s), [T, S].</para>
/// </remarks>
[Solver("mean_field_q", Concept = "mean_field_nash")]
[Source("vsg", "Algorithm 4, section 5.2")]
[Source("cui2021")]
[Source("perrin2020")]
public sealed class MeanFieldQ : IAlgorithm, IWarmStart
{
    private readonly MeanFieldGame _game;
    private readonly Options _options;
    private readonly PopulationSweep _sweep;
    private readonly double _lastTemperature;
    private double _distance; // of the policy from its target
    private double _temperature;
    private bool _isEvaluated; // of the start
    private long _iteration;

    /// <summary>Starts at the prior.</summary>
    /// <param name="game">The game.</param>
    /// <param name="options">The options.</param>
    /// <param name="crew">Shares the sweeps over states.</param>
    /// <exception cref="VsgGymException">An option is out of range, the prior does not fit, or the numbers of all times do not fit.</exception>
    public MeanFieldQ(MeanFieldGame game, Options options, WorkCrew crew)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(crew);
        MeanFieldFlow.CheckSize(game);
        var faults = new FaultList();
        options.Validate("options", faults);
        faults.ThrowIfAny();
        (_game, _options) = (game, options);
        _sweep = new PopulationSweep(game, options.Update, options.Prior.Start(game, "options.prior"), crew);
        _lastTemperature = options.Temperature.At(options.MaxIterations);
    }

    /// <summary>The bytes that the tables will take.</summary>
    public static long EstimateBytes(MeanFieldGame game, Options options)
    {
        ArgumentNullException.ThrowIfNull(game);
        return (long)Math.Min(PopulationSweep.EstimateBytes(game), long.MaxValue / 2);
    }

    /// <summary>Starts at the earlier policy, which with the prior "last_policy" is the first prior as well.</summary>
    public void Start(Solution earlier, CancellationToken cancellationToken = default)
    {
        EarlierAnswer.Check(_game, earlier);
        var policy = earlier.Policies[0];
        _isEvaluated = false;
        for (int i = 0; i < _sweep.Policy.Length; i += policy.Probabilities.Length) policy.Probabilities.CopyTo(_sweep.Policy.AsSpan(i));
        if (_options.Prior.IsRenewed) _sweep.RenewPrior();
    }

    /// <inheritdoc/>
    public IterationLimit Limit => new("max_iterations", _options.MaxIterations);

    /// <summary>Of the policy as the iteration left it: "exploitability" and "return", both in reward units; and the "temperature" of its answer.</summary>
    public IReadOnlyList<string> MetricNames => ["exploitability", "return", "temperature"];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Bound> ReadBounds(CancellationToken cancellationToken = default) => ImmutableSortedDictionary.Create<string, Bound>(StringComparer.Ordinal)
        .Add("temperature_gap", MeanFieldBound.Gap(_game, _sweep, _temperature, !Aims && !_options.Prior.IsRenewed && _isEvaluated && State == IterationState.Converged));

    /// <summary>The policy, its values and its mean field.</summary>
    public Solution ReadSolution(CancellationToken outOfTime = default)
    {
        int times = _game.Horizon, states = _game.StateCount;
        if (!_isEvaluated) Evaluate(CancellationToken.None);
        return new Solution
        {
            Policies = new PolicyProfile(_game, new TabularPolicy([.. _sweep.Policy], times, states, _game.ActionCount)),
            Values = Array.TrueForAll(_sweep.Values, double.IsFinite) ? [new ShapedArray([.. _sweep.Values], times + 1, states)] : [],
            Arrays = ImmutableSortedDictionary.Create<string, ShapedArray>(StringComparer.Ordinal).Add("mean_field", new ShapedArray([.. _sweep.Flow], times, states)),
        };
    }

    // Whether the update aims at the game itself, not at a regularized one.
    private bool Aims => _options.Update is MeanFieldUpdate.BestResponse or MeanFieldUpdate.FictitiousPlay;

    private bool Rests => Aims || _temperature == _lastTemperature;

    private double Defect => double.IsNaN(_distance) || !(Aims || _options.Prior.IsRenewed) ? _distance : _sweep.Exploitability;

    /// <inheritdoc/>
    public IterationReport Step(CancellationToken cancellationToken)
    {
        if (_iteration == 0)
        {
            if (!_isEvaluated) Evaluate(cancellationToken);
            if (State != IterationState.Running) return new IterationReport(++_iteration, Defect, State); // the start is a fixed point already
        }

        if (_options.Update == MeanFieldUpdate.FictitiousPlay) _sweep.Average(1.0 / (_iteration + 2), cancellationToken);
        else _sweep.Move(_options.Damping); // vsg Algorithm 4, line 3
        _iteration++;
        if (_options.Prior.IsRenewed && _iteration % _options.RenewalPeriod == 0) _sweep.RenewPrior();
        Evaluate(cancellationToken); // vsg Algorithm 4, lines 4 and, of the next iteration, 2
        return new IterationReport(_iteration, Defect, State);
    }

    /// <inheritdoc/>
    public void ReadMetrics(Span<double> metrics)
    {
        metrics[0] = _sweep.Exploitability;
        metrics[1] = _sweep.Return;
        metrics[2] = _temperature;
    }

    private IterationState State => double.IsNaN(Defect) ? IterationState.Diverged : Defect < _options.Tolerance && Rests ? IterationState.Converged : IterationState.Running;

    private void Evaluate(CancellationToken cancellationToken)
    {
        _temperature = _options.Temperature.At(_iteration);
        _distance = _sweep.Evaluate(_temperature, cancellationToken);
        _isEvaluated = true;
    }

    /// <summary>Options of <see cref="MeanFieldQ"/>.</summary>
    public sealed record Options : IValidatedOptions
    {
        /// <summary>What the population plays next: relative_entropy (the answer to soft values, as printed), boltzmann (to hard values), best_response, or fictitious_play (the average of the best responses).</summary>
        public MeanFieldUpdate Update { get; init; } = MeanFieldUpdate.RelativeEntropy;

        /// <summary>Temperature eta by iteration, a number or a schedule, above 0 and at most 1e12, in reward units; 1 as printed. Of no use to best_response and fictitious_play.</summary>
        public Schedule Temperature { get; init; } = Schedule.Constant(1);

        /// <summary>The start, and what the answers are held to: uniform, last_policy (renewed, prior descent), or probabilities [A], [S, A] or [T, S, A].</summary>
        public PopulationPrior Prior { get; init; } = PopulationPrior.Uniform;

        /// <summary>After how many iterations, each time, last_policy renews the prior.</summary>
        [Range(1, 1_000_000_000)]
        public int RenewalPeriod { get; init; } = 10;

        /// <summary>The weight of the new probabilities, in [0.000001, 1]; 1 is undamped. Must be 1 with fictitious_play, which has weights of its own.</summary>
        [Range(1e-6, 1d)]
        public double Damping { get; init; } = 1;

        /// <summary>The residual below which an iteration counts as converged: of probabilities, or of exploitability in reward units.</summary>
        [Range(0d, 1e12, MinimumIsExclusive = true)]
        public double Tolerance { get; init; } = 1e-10;

        /// <summary>The most iterations.</summary>
        [Range(1, 1_000_000_000)]
        public long MaxIterations { get; init; } = 1000;

        /// <inheritdoc/>
        public void Validate(string path, FaultList faults)
        {
            ArgumentNullException.ThrowIfNull(faults);
            Temperature.CheckWithin($"{path}.temperature", MaxIterations, 0, 1e12, faults);
            if (Update == MeanFieldUpdate.FictitiousPlay && Damping != 1)
                faults.Add($"{path}.damping", Damping, "must be 1 with fictitious_play, which has weights of its own", "out_of_range");
            if (Update is MeanFieldUpdate.FictitiousPlay or MeanFieldUpdate.BestResponse && Prior.IsRenewed)
                faults.Add($"{path}.prior", "last_policy", "best responses have no prior; renewing it needs relative_entropy or boltzmann", "out_of_range");
        }
    }
}
