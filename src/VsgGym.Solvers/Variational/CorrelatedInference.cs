using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>Inference for correlated play: all players see a public signal besides the state, and each signal has its own policies.</summary>
/// <remarks>
/// <para>Notation: omega = signal, sigma(omega) = its probability, drawn anew at every time; the state of the inference is (s, omega), P((s', omega') | (s, omega), a) =
/// sigma(omega') P(s' | s, a); pi_i, rho_i, m_i as in vpg, per signal. The answer is the joint policy sum over omega of sigma(omega) prod_i m_i(a_i | s, omega).</para>
/// <para>One Step is one sweep of vpg over the states (s, omega).</para>
/// <para>Deviations: sigma is given, for the paper does not say how to learn it; the printed transition sums the omega of the state out, which leaves it as it is above; with
/// more than one signal the first policies are drawn from Dirichlet(1, ..., 1), for from equal ones all signals would stay equal.</para>
/// <para>Rewards and moves do not depend on the signal, so signals differ in the answer only where the game without them has several fixed points: each signal comes to
/// one of them, and play is a lottery among them, known to all. Conditional policies of one-shot two-player games have one fixed point, and there the signal means nothing
/// in the end; independent ones have several in games of coordination.</para>
/// <para>Arrays, W signals, and before each shape a T where there is a horizon: "signal_policy.PLAYER", [S, W, A]; "signal_value.PLAYER", [S, W];
/// "conditional_policy.PLAYER", [S, W, A_1, ..., A_N]; "signal_probabilities", [W] (never a T).</para>
/// <para>Residual: that of vpg.</para>
/// </remarks>
[Solver("correlated_inference", Concept = "correlated")]
[Source("vsg", "section 5.3")]
public sealed class CorrelatedInference : IAlgorithm, IWarmStart
{
    private readonly StochasticGame _game;
    private readonly StochasticGame _signaled; // states s * W + omega
    private readonly Options _options;
    private readonly double[] _sigma;
    private readonly VariationalSweep _sweep;
    private long _iteration;

    /// <summary>Draws the start.</summary>
    /// <param name="game">A table, discounted or with a horizon.</param>
    /// <param name="options">The options.</param>
    /// <param name="random">The run's stream; its fork "init" is used.</param>
    /// <param name="crew">The threads.</param>
    /// <param name="cancellationToken">Checked while the tables are filled.</param>
    /// <exception cref="VsgGymException">The signals' probabilities are none, the learning rate is out of the game's range, or the table with signals is too large.</exception>
    public CorrelatedInference(StochasticGame game, Options options, RandomStream random, WorkCrew crew, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(crew);
        (_game, _options) = (game, options);
        _sigma = Probabilities(options);
        double rate = options.LearningRate.Of(game, options.Temperature, "options.learning_rate");
        _signaled = PublicSignal.Add(game, _sigma, cancellationToken);
        double weight = game.Horizon is null ? Math.Min(1, rate / (1 - game.Discount)) : rate;
        _sweep = new VariationalSweep(_signaled, new VariationalSettings(options.Temperature, weight, options.OpponentModel, options.PolicyForm, options.EvaluationSweeps, options.Tolerance / 100), crew, cancellationToken);
        if (_sigma.Length > 1) Draw(random.Fork("init"), cancellationToken);
    }

    /// <summary>The bytes that the tables will take.</summary>
    public static long EstimateBytes(StochasticGame game, Options options)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        double signals = options.SignalProbabilities?.Count ?? options.Signals;
        double table = ((double)game.TransitionCount * signals * signals * (sizeof(double) + sizeof(int)) * 3) + (sizeof(double) * signals * game.StateCount * game.JointActionCount * (game.PlayerCount + 2.0));
        double sweep = signals * VariationalPlayer.EstimateBytes(game, options.OpponentModel == OpponentModelForm.Proposition_5_9);
        return (long)Math.Min(table + sweep, long.MaxValue / 2);
    }

    /// <summary>Starts with the earlier signals' policies and values, or where there are none with the same policies and values for every signal.</summary>
    public void Start(Solution earlier, CancellationToken cancellationToken = default)
    {
        EarlierAnswer.Check(_game, earlier);
        VariationalStart.Take(_signaled, _sweep, SignalAnswer.Unfold(_game, _signaled, earlier, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public IterationLimit Limit => new("max_iterations", _options.MaxIterations);

    /// <inheritdoc/>
    public IReadOnlyList<string> MetricNames => [];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Bound> ReadBounds(CancellationToken cancellationToken = default) => ImmutableSortedDictionary.Create<string, Bound>(StringComparer.Ordinal);

    /// <summary>The joint policy, the values as means over the signals, and the policies of each signal, as they stand.</summary>
    public Solution ReadSolution(CancellationToken outOfTime = default) => SignalAnswer.Fold(_game, _sigma, _sweep.Players);

    /// <inheritdoc/>
    public IterationReport Step(CancellationToken cancellationToken)
    {
        double residual = _sweep.Step(cancellationToken);
        var state = double.IsNaN(residual) ? IterationState.Diverged : residual < _options.Tolerance ? IterationState.Converged : IterationState.Running;
        return new IterationReport(++_iteration, residual, state);
    }

    /// <inheritdoc/>
    public void ReadMetrics(Span<double> metrics)
    {
        // There are no metrics beside the residual.
    }

    private static double[] Probabilities(Options options)
    {
        if (options.SignalProbabilities is not { } given) return [.. Enumerable.Repeat(1.0 / options.Signals, options.Signals)];
        if (given.Count > 0 && Simplex.IsDistribution([.. given], 1e-9)) return [.. given];
        throw VsgGymException.Invalid("options.signal_probabilities", string.Join(", ", given), "must be probabilities that sum to 1 within 1e-9", "bad_sum");
    }

    private void Draw(RandomStream random, CancellationToken cancellationToken)
    {
        for (int p = 0; p < _sweep.Players.Length; p++)
        {
            var player = _sweep.Players[p];
            for (int row = 0; row < player.Rows; row++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int[] legal = [.. Enumerable.Range(0, player.Actions).Where(a => _signaled.IsLegal(p, row % _signaled.StateCount, a))];
                var drawn = new double[legal.Length];
                random.NextSimplex(drawn);
                var policy = new double[player.Actions];
                for (int k = 0; k < legal.Length; k++) policy[legal[k]] = drawn[k];
                player.SetPolicy(row, policy);
            }
        }

        _sweep.RefreshModels(cancellationToken);
    }

    /// <summary>Options of <see cref="CorrelatedInference"/>.</summary>
    public sealed record Options
    {
        /// <summary>Number of equally likely signals, where no probabilities are given.</summary>
        [Range(1, 1000)]
        public int Signals { get; init; } = 4;

        /// <summary>The probability of each signal, or null for equally likely ones.</summary>
        public IReadOnlyList<double>? SignalProbabilities { get; init; }

        /// <summary>Temperature tau, in [1e-9, 1e12] reward units; the paper's is 1.</summary>
        [Range(1e-9, 1e12)]
        public double Temperature { get; init; } = 1;

        /// <summary>Step size eta of vsg Eq. (4): a number above 0 and at most 1 - discount, or 1 with a horizon; proposition_5_2, that most; or lemma_5_7, 1 / L.</summary>
        public VariationalRate LearningRate { get; init; } = VariationalRate.Proposition52;

        /// <summary>The opponent model of a signal: exact, proposition_5_9 or empirical.</summary>
        public OpponentModelForm OpponentModel { get; init; } = OpponentModelForm.Exact;

        /// <summary>What a policy depends on beside state and signal: conditional (the others' actions, as in the paper) or independent (nothing).</summary>
        public PolicyForm PolicyForm { get; init; } = PolicyForm.Conditional;

        /// <summary>In a discounted game, the most sweeps that evaluate the policies in each iteration; they end at a change below tolerance / 100.</summary>
        [Range(1, 1_000_000)]
        public int EvaluationSweeps { get; init; } = 100;

        /// <summary>The residual below which the iteration counts as converged.</summary>
        [Range(0d, 1e12, MinimumIsExclusive = true)]
        public double Tolerance { get; init; } = 1e-10;

        /// <summary>The most iterations.</summary>
        [Range(1, 1_000_000_000_000)]
        public long MaxIterations { get; init; } = 100_000;
    }
}
