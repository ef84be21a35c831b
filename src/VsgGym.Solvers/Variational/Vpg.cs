using System.ComponentModel.DataAnnotations;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>Variational policy gradient: every player moves its conditional policy toward the soft best response to its model of the others.</summary>
/// <remarks>
/// <para>Notation: tau = temperature (the paper's is 1, and rewards / tau its rewards), gamma = discount, eta = learning rate, rho_i = opponent
/// model, m_j = what player j plays, pi_i = conditional policy; played is the marginal m_i(a_i | s) = sum over a_-i of rho_i(a_-i | s) pi_i(a_i | s, a_-i).
/// Q_i(s, a) = r_i + tau log m_-i(a_-i | s) + gamma E V_i(s'), V_i(s) = E over rho_i, pi_i of Q_i - tau log pi_i - tau log rho_i.</para>
/// <para>One Step is one sweep over all players and states: the values of the present policies and models, then pi_i proportional to
/// pi_i^(1 - w) exp(w Q_i / tau), Eq. (4), with w = eta / (1 - gamma), then what is played and the models. With a horizon each time has its own
/// policies, the sweep goes from the last time to the first, and w = eta, the gradient of a time's own parameters.</para>
/// <para>Deviations from Algorithm 1: sums over the table instead of samples; all players move at once; an empirical model is the mean of what was
/// played in all iterations, uniform play before the first counted once; policies can be independent of the others' actions; in the values behind Eq.
/// (5) the divergence of the other models, the same for all a_j, is left out.</para>
/// <para>With conditional policies the players of a one-shot two-player game come to the marginals of a Gibbs chain, m_1 = m_2 pi_1 and m_2 = m_1 pi_2, which need not be
/// near a Nash equilibrium however the statement of Theorem 4.2 reads; with independent ones to a logit quantal response equilibrium.</para>
/// <para>Arrays: "conditional_policy.PLAYER", [S, A_1, ..., A_N] or [T, S, A_1, ..., A_N], whose PLAYER axis sums to 1;
/// with models by Eq. (5) also "model_value.PLAYER", shaped as the values, the soft values behind the model of PLAYER.</para>
/// <para>Residual: the largest of |V - its backup| and |Q - tau log pi - its mean|, in reward units, and of the distances of what is played and of the models from what
/// they are set to, none of them damped.</para>
/// </remarks>
[Solver("vpg")]
[Source("vsg", "Algorithm 1, Eqs. (4), (5)")]
public sealed class Vpg : IAlgorithm, IWarmStart
{
    private readonly StochasticGame _game;
    private readonly Options _options;
    private readonly VariationalSettings _settings;
    private readonly VariationalSweep _sweep;
    private readonly double _rate;
    private long _iteration;
    private bool _converged;

    /// <summary>Starts with uniform policies.</summary>
    /// <param name="game">A table, discounted or with a horizon.</param>
    /// <param name="options">The options.</param>
    /// <param name="crew">The threads.</param>
    /// <param name="cancellationToken">Checked while the tables are filled.</param>
    /// <exception cref="VsgGymException">The learning rate is out of the game's range.</exception>
    public Vpg(StochasticGame game, Options options, WorkCrew crew, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(crew);
        (_game, _options) = (game, options);
        _rate = options.LearningRate.Of(game, options.Temperature, "options.learning_rate");
        double weight = game.Horizon is null ? Math.Min(1, _rate / (1 - game.Discount)) : _rate;
        _settings = new VariationalSettings(options.Temperature, weight, options.OpponentModel, options.PolicyForm, options.EvaluationSweeps, options.Tolerance / 100);
        _sweep = new VariationalSweep(game, _settings, crew, cancellationToken);
    }

    /// <summary>The bytes that the tables will take.</summary>
    public static long EstimateBytes(StochasticGame game, Options options)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        return VariationalPlayer.EstimateBytes(game, options.OpponentModel == OpponentModelForm.Proposition_5_9);
    }

    /// <summary>Starts with the earlier conditional policies, or where there are none its policies; with its models, or where there are none its policies; and with its values.</summary>
    public void Start(Solution earlier, CancellationToken cancellationToken = default)
    {
        EarlierAnswer.Check(_game, earlier);
        VariationalStart.Take(_game, _sweep, earlier, cancellationToken);
    }

    /// <inheritdoc/>
    public IterationLimit Limit => new("max_iterations", _options.MaxIterations);

    /// <inheritdoc/>
    public IReadOnlyList<string> MetricNames => [];


    /// <summary>What is played, the values V, the opponent models and the conditional policies as they stand.</summary>
    public Solution ReadSolution(CancellationToken outOfTime = default) => VariationalAnswer.Of(_game, _sweep.Players);

    /// <summary>The theorems with this game's numbers.</summary>
    public IReadOnlyDictionary<string, Bound> ReadBounds(CancellationToken cancellationToken = default) =>
        VariationalBounds.Of(_game, _settings, _rate, _sweep, VariationalAnswer.Played(_game, _sweep.Players), _converged, cancellationToken);

    /// <inheritdoc/>
    public IterationReport Step(CancellationToken cancellationToken)
    {
        double residual = _sweep.Step(cancellationToken);
        _converged = residual < _options.Tolerance;
        var state = double.IsNaN(residual) ? IterationState.Diverged : _converged ? IterationState.Converged : IterationState.Running;
        return new IterationReport(++_iteration, residual, state);
    }

    /// <inheritdoc/>
    public void ReadMetrics(Span<double> metrics)
    {
        // There are no metrics beside the residual.
    }

    /// <summary>Options of <see cref="Vpg"/>.</summary>
    public sealed record Options
    {
        /// <summary>Temperature tau, the weight of entropy and divergence against rewards, in [1e-9, 1e12] reward units; the paper's is 1.</summary>
        [Range(1e-9, 1e12)]
        public double Temperature { get; init; } = 1;

        /// <summary>Step size eta of vsg Eq. (4): a number above 0 and at most 1 - discount, or 1 with a horizon; proposition_5_2, that most, which makes each policy the best response; or lemma_5_7, 1 / L.</summary>
        public VariationalRate LearningRate { get; init; } = VariationalRate.Proposition52;

        /// <summary>The opponent model: exact (what the others play), proposition_5_9 (the closed form (5) of their own rewards) or empirical (the mean of what they played).</summary>
        public OpponentModelForm OpponentModel { get; init; } = OpponentModelForm.Exact;

        /// <summary>What a policy depends on beside the state: conditional (the others' actions, as in the paper) or independent (nothing).</summary>
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
