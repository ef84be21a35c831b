using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>Variational opponent modeling: finds rewards of one player that explain logged play, and the policy that goes with them.</summary>
/// <remarks>
/// <para>Notation: j = the player, r_hat(s, a) = its rewards looked for, tau = temperature, rho_j = its model by Eq. (5) with a uniform prior, rho_-j = the others as they
/// were seen to play in each state, uniform where never seen.</para>
/// <para>One Step is one gradient step r_hat ← r_hat - learning_rate ((expected - observed discounted visits) + regularization r_hat) after the soft values of r_hat, vsg Algorithm 3, lines 4
/// and 5, on all episodes at once.</para>
/// <para>Deviations: r_hat is a table; the second expectation of (7) is the exact sum over all trajectories as long as those of the play, not a mean of samples; in w the
/// moves and the others' actions, which appear in both parts, cancel, and Z is one number for each first state; an episode that stopped without the game's end is taken to have been cut independently of what
/// happened; the optional regularization, without which rewards of actions never seen fall for ever.</para>
/// <para>With the printed weights (importance) the trajectories expected are those of a player who may also choose the outcome of chance and the others' actions, so that
/// rho_j is right only where these are certain; with weights causal the gradient is that of the discounted likelihood of the player's decisions under rho_j, which is what (7) with w = 1
/// is on average over play, and has no noise from moves and others.</para>
/// <para>Rewards are found up to what leaves the policy as it is: amounts by state, potentials (Ng et al. 1999), and how a mean over the others' actions is made up.</para>
/// <para>Arrays: "reward.PLAYER", [S, A_1, ..., A_N], of the player only. The others' policies in the answer are what they were seen to do.</para>
/// <para>Residual: the Euclidean norm of the gradient, in discounted visits.</para>
/// </remarks>
[Solver("variational_opponent_model")]
[Source("vsg", "Algorithm 3, Eqs. (5) to (7)")]
[Source("ng1999")]
public sealed class VariationalOpponentModel : IAlgorithm, IWarmStart
{
    private const string Reward = "reward.";
    private const int MostSweeps = 10_000; // of soft values in a step
    private readonly StochasticGame _game;
    private readonly Options _options;
    private readonly int _player;
    private readonly PlayCounts _play;
    private readonly ExpectedCounts _expected;
    private readonly PlayLikelihood _likelihood;
    private readonly double[] _rewards; // r_hat, [S, J]
    private readonly double[] _counts; // [S, J]
    private readonly double[] _payoffs; // [J]
    private readonly double[] _values; // [S] or [(T + 1) S]
    private readonly double[] _next; // [S]
    private readonly double[] _prior; // [S, A]
    private readonly double[] _model; // rho_j, [rows, A]
    private long _iteration;

    /// <summary>Starts at r_hat = 0.</summary>
    /// <param name="game">A table, discounted or with a horizon.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Checked while the tables are filled.</param>
    /// <exception cref="VsgGymException">There is no such player, or the play is none of the game; every fault.</exception>
    public VariationalOpponentModel(StochasticGame game, Options options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        (_game, _options) = (game, options);
        _player = options.Player is null ? 0 : game.Players.IndexOf(options.Player);
        if (_player < 0) throw VsgGymException.Invalid("options.player", options.Player, $"must be one of {string.Join(", ", game.Players)}", "unknown_player");
        _play = new PlayCounts(game, options.Play, _player, "options.play", cancellationToken);
        _expected = new ExpectedCounts(game, _player, _play, options.Temperature);
        _likelihood = new PlayLikelihood(game, _player, _play);
        int states = game.StateCount, rows = (game.Horizon ?? 1) * states;
        (_rewards, _counts, _payoffs) = (new double[states * game.JointActionCount], new double[states * game.JointActionCount], new double[game.JointActionCount]);
        (_values, _next) = (new double[game.Horizon is null ? states : rows + states], new double[states]);
        _prior = BackwardInduction.At(PolicyProfile.Uniform(game), 0)[_player];
        _model = new double[rows * game.ActionCounts[_player]];
        Infer(cancellationToken);
    }

    /// <summary>The bytes that the tables will take.</summary>
    public static long EstimateBytes(StochasticGame game, Options options)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        double states = game.StateCount, rows = (game.Horizon ?? 1) * states, joint = game.JointActionCount, own = game.ActionCounts.Sum(count => (double)count);
        double longest = options.Play.Count == 0 ? 0 : options.Play.Max(episode => episode.Count);
        double numbers = (5 * states * joint) + (rows * ((3 * own) + 1)) + (3 * states * own) + ((longest + 6) * states) + (3 * joint);
        return (long)Math.Min(sizeof(double) * numbers, long.MaxValue / 2);
    }

    /// <summary>Starts with the earlier "reward.PLAYER", where there is one.</summary>
    public void Start(Solution earlier, CancellationToken cancellationToken = default)
    {
        EarlierAnswer.Check(_game, earlier);
        if (!earlier.Arrays.TryGetValue(Reward + _game.Players[_player], out var rewards)) return;
        ImmutableArray<int> wanted = [_game.StateCount, .. _game.ActionCounts];
        if (!rewards.Shape.SequenceEqual(wanted))
            throw VsgGymException.Invalid($"start.arrays.{Reward}{_game.Players[_player]}", $"[{string.Join(", ", rewards.Shape)}]", $"must have shape [{string.Join(", ", wanted)}]", "wrong_shape");
        EarlierAnswer.Numbers(earlier, Reward + _game.Players[_player], wanted)!.CopyTo(_rewards.AsSpan());
        Infer(cancellationToken);
    }

    /// <inheritdoc/>
    public IterationLimit Limit => new("max_iterations", _options.MaxIterations);

    /// <summary>"log_likelihood", the mean over the play's decisions of log rho_j, of the model as it stands.</summary>
    public IReadOnlyList<string> MetricNames { get; } = ["log_likelihood"];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Bound> ReadBounds(CancellationToken cancellationToken = default) => ImmutableSortedDictionary.Create<string, Bound>(StringComparer.Ordinal);

    /// <summary>The model of the player as its policy, the others' frequencies, and the rewards, as they stand.</summary>
    public Solution ReadSolution(CancellationToken outOfTime = default)
    {
        int states = _game.StateCount;
        var policies = _game.Players.Select((_, p) => p == _player
            ? new TabularPolicy((double[])_model.Clone(), _game.Horizon ?? 1, states, _game.ActionCounts[p])
            : new TabularPolicy((double[])_play.Policies[p].Clone(), 1, states, _game.ActionCounts[p]));
        return new Solution
        {
            Policies = new PolicyProfile(_game, [.. policies]),
            Arrays = ImmutableSortedDictionary.Create<string, ShapedArray>(StringComparer.Ordinal)
                .Add(Reward + _game.Players[_player], new ShapedArray((double[])_rewards.Clone(), [states, .. _game.ActionCounts])),
        };
    }

    /// <inheritdoc/>
    public IterationReport Step(CancellationToken cancellationToken)
    {
        bool printed = _options.Weights == TrajectoryWeights.Importance;
        if (printed) _expected.Weighted(_rewards, _counts, cancellationToken);
        else _likelihood.Gradient(_model, _counts, cancellationToken);
        double square = 0;
        for (int k = 0; k < _counts.Length; k++)
        {
            _counts[k] += (_options.Regularization * _rewards[k]) - (printed ? _play.Discounted[k] : 0); // vsg Eq. (7)
            square += _counts[k] * _counts[k];
        }

        if (!double.IsFinite(square)) return new IterationReport(++_iteration, double.NaN, IterationState.Diverged);
        for (int k = 0; k < _counts.Length; k++) _rewards[k] -= _options.LearningRate * _counts[k];
        double residual = Math.Sqrt(square);
        if (!Infer(cancellationToken)) return new IterationReport(++_iteration, double.NaN, IterationState.Diverged);
        return new IterationReport(++_iteration, residual, residual < _options.Tolerance ? IterationState.Converged : IterationState.Running);
    }

    /// <inheritdoc/>
    public void ReadMetrics(Span<double> metrics)
    {
        double sum = 0, count = 0;
        for (int k = 0; k < _model.Length; k++)
        {
            if (_play.Decisions[k] == 0) continue;
            count += _play.Decisions[k];
            sum += _play.Decisions[k] * Math.Log(Math.Max(_model[k], double.Epsilon));
        }

        metrics[0] = sum / count;
    }

    // Soft values and model of r_hat; false where they are not finite.
    private bool Infer(CancellationToken cancellationToken)
    {
        int states = _game.StateCount;
        if (_game.Horizon is { } horizon)
        {
            for (int t = horizon - 1; t >= 0; t--)
            {
                if (!double.IsFinite(Sweep(t, _values.AsSpan((t + 1) * states, states), cancellationToken))) return false;
                _next.CopyTo(_values.AsSpan(t * states));
            }

            return true;
        }

        for (int k = 0; k < MostSweeps; k++)
        {
            double change = Sweep(0, _values, cancellationToken);
            if (!double.IsFinite(change)) return false;
            _next.CopyTo(_values.AsSpan());
            if (change < 1e-12) break;
        }

        return true;
    }

    private double Sweep(int time, ReadOnlySpan<double> later, CancellationToken cancellationToken)
    {
        int states = _game.StateCount, joint = _game.JointActionCount, actions = _game.ActionCounts[_player], others = joint / actions;
        double change = 0;
        for (int s = 0; s < states; s++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Continuation.Fill(_game, _rewards, s, later, _payoffs);
            OpponentInference.Model(_payoffs, _play.Others.AsSpan(s * others, others), _prior.AsSpan(s * actions, actions), _game.Strides[_player], _options.Temperature, _model.AsSpan(((time * states) + s) * actions, actions), out _next[s]);
            double distance = Math.Abs(_next[s] - _values[(time * states) + s]);
            change = distance > change || double.IsNaN(distance) ? distance : change;
        }

        return change;
    }

    /// <summary>Options of <see cref="VariationalOpponentModel"/>.</summary>
    public sealed record Options
    {
        /// <summary>The play: a list of episodes, each a list of decisions [state, action of the first player, ..., action of the last], as numbers; at least one.</summary>
        public IReadOnlyList<IReadOnlyList<IReadOnlyList<int>>> Play { get; init; } = [];

        /// <summary>The player whose rewards are looked for; null is the first.</summary>
        public string? Player { get; init; }

        /// <summary>How trajectories are weighed: importance, as printed in vsg Eq. (7), or causal.</summary>
        public TrajectoryWeights Weights { get; init; } = TrajectoryWeights.Importance;

        /// <summary>Temperature tau that the player is taken to have, in [1e-9, 1e12] reward units; the paper's is 1.</summary>
        [Range(1e-9, 1e12)]
        public double Temperature { get; init; } = 1;

        /// <summary>Step size, above 0, in reward units for each discounted visit.</summary>
        [Range(0d, 1e6, MinimumIsExclusive = true)]
        public double LearningRate { get; init; } = 0.5;

        /// <summary>Weight of half the sum of squared rewards in what is minimized; 0, the paper's, is none.</summary>
        [Range(0d, 1e6)]
        public double Regularization { get; init; }

        /// <summary>The residual below which the iteration counts as converged.</summary>
        [Range(0d, 1e12, MinimumIsExclusive = true)]
        public double Tolerance { get; init; } = 1e-6;

        /// <summary>The most gradient steps.</summary>
        [Range(1, 1_000_000_000_000)]
        public long MaxIterations { get; init; } = 10_000;
    }
}
