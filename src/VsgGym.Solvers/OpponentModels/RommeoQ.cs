using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>ROMMEO-Q: soft Q-learning with a regularized model of what optimal opponents would do.</summary>
/// <remarks>
/// <para>Notation: alpha = temperature, Q_i(s, a_i, a_-i), P = prior (what the opponents were seen to do in the state), rho_i = opponent
/// model, pi_i = conditional policy; played is the marginal sum over a_-i of rho_i(a_-i | s) pi_i(a_i | s, a_-i).</para>
/// <para>One Step is one episode: every player acts from its marginal policy; after each transition the prior and then Q are
/// updated.</para>
/// <para>Details as in the published curves: updates on the last transition only (no mini-batch, no target table), Q ~ U[0, 1) and
/// policy, model and prior ~ Dirichlet(1, ..., 1) at the start, policies in a state from its first visit on by the closed forms.</para>
/// <para>Deviations from Algorithm 1: V(s') is the exact sum (9) instead of a sampled one; with a horizon the answer stays stationary,
/// and the reward at time T enters the last target; the window of the prior counts the visits of each state, not of a buffer that all
/// states share.</para>
/// <para>With rho_mode empirical, rho_i is P, so V(s') is sum over a_-i of P(a_-i | s') alpha log sum exp(Q_i / alpha), the objective of
/// (9) at that model; in one-shot games, which have no s', only the policies differ.</para>
/// <para>Schedules run in episodes from 0; the temperature of an episode takes hold when it has been played. The defaults are those of
/// one-shot games: a game of many states needs a slower annealing, as pursuit does, where they leave large residuals.</para>
/// <para>The metric reward.PLAYER is the plain sum of an episode's rewards, also in a discounted game. A solve can stop between episodes
/// only, so an episode has at most 100000 steps.</para>
/// <para>Residual: the largest change of Q.</para>
/// </remarks>
[Solver("rommeo_q")]
[Source("rommeo", "Algorithm 1, section 5.1")]
public sealed class RommeoQ : IAlgorithm, IWarmStart
{
    private readonly StochasticGame _game;
    private readonly Options _options;
    private readonly RommeoPlayer[] _players;
    private readonly Replay _replay;
    private readonly TabularPlay _play;
    private readonly PlayMetrics _metrics;
    private double _temperature;
    private long _episodes;

    /// <summary>Draws the start.</summary>
    /// <param name="game">A table that is discounted or has a horizon of at most 100000.</param>
    /// <param name="options">The options.</param>
    /// <param name="random">The run's stream; its forks "init" and "play" are used.</param>
    /// <param name="cancellationToken">Checked while the tables are filled.</param>
    /// <exception cref="VsgGymException">A schedule leaves its range, the horizon is too long, or the replay too large.</exception>
    public RommeoQ(StochasticGame game, Options options, RandomStream random, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        var faults = new FaultList();
        options.Validate("options", faults);
        faults.ThrowIfAny();
        (_game, _options) = (game, options);
        _play = new TabularPlay("rommeo_q", game, options.MaxSteps, perTime: false, random.Fork("play"));
        var init = random.Fork("init");
        _players = new RommeoPlayer[game.PlayerCount];
        for (int p = 0; p < _players.Length; p++) _players[p] = new RommeoPlayer(game, p, options.RhoMode, ref init, cancellationToken);
        _replay = new Replay(game.StateCount, options.PriorWindow);
        _temperature = options.Temperature.At(0);
        _metrics = new PlayMetrics(game, "temperature");
    }

    /// <summary>The bytes that the tables will take.</summary>
    public static long EstimateBytes(StochasticGame game, Options options)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        double others = game.ActionCounts.Sum(actions => (double)game.JointActionCount / actions), own = game.ActionCounts.Sum(actions => (double)actions);
        double numbers = game.StateCount * (((double)game.PlayerCount * game.JointActionCount) + (3 * others) + own);
        double window = (double)game.StateCount * options.PriorWindow * sizeof(int);
        return (long)Math.Min((sizeof(double) * numbers) + window, long.MaxValue / 2);
    }

    /// <summary>Starts with Q of the earlier values, and with the earlier policies and opponent models in states not visited yet.</summary>
    public void Start(Solution earlier, CancellationToken cancellationToken = default)
    {
        EarlierAnswer.Check(_game, earlier);
        for (int p = 0; p < _players.Length; p++) _players[p].Start(_game, p, earlier, cancellationToken);
    }

    /// <inheritdoc/>
    public IterationLimit Limit => new("episodes", _options.Episodes);

    /// <summary>"reward.PLAYER", the undiscounted return of the episode; "temperature"; in one-state games of at most 16 actions a player "policy.PLAYER.ACTION", as the episode was played.</summary>
    public IReadOnlyList<string> MetricNames => _metrics.Names;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Bound> ReadBounds(CancellationToken cancellationToken = default) =>
        ImmutableSortedDictionary.Create<string, Bound>(StringComparer.Ordinal).Add("rommeo_theorem_3", RommeoTheorem3.Check(_game, _options.RhoMode));

    /// <summary>The marginal policies, soft values (9) and opponent models (11), or with rho_mode empirical the means over the prior and the prior itself, at the present temperature; states never visited keep their random start.</summary>
    public Solution ReadSolution(CancellationToken outOfTime = default)
    {
        for (int s = 0; s < _game.StateCount; s++) Refresh(s, CancellationToken.None);
        int states = _game.StateCount;
        return new Solution
        {
            Policies = new PolicyProfile(_game, [.. _players.Select(player => new TabularPolicy(player.CopyPolicy(), 1, states, player.Actions))]),
            Values = [.. _players.Select(Values)],
            OpponentModels = [.. _players.Select((player, p) => new ShapedArray(player.CopyModel(), [states, .. _game.ActionCounts.RemoveAt(p)]))],
        };
    }

    /// <inheritdoc/>
    public IterationReport Step(CancellationToken cancellationToken)
    {
        long episode = _episodes++;
        double learningRate = _options.LearningRate.At(episode), residual = 0;
        for (_play.Begin(); _play.Goes;)
        {
            Refresh(_play.State, cancellationToken);
            for (int p = 0; p < _players.Length; p++)
            {
                var policy = _players[p].Policy(_play.State);
                if (_play.Time == 0) _metrics.Keep(p, policy);
                _play.Act(p, policy);
            }

            var (state, joint, next) = _play.Move();
            var (forgotten, held) = _replay.Add(state, joint);
            for (int p = 0; p < _players.Length; p++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _players[p].Observe(state, joint, forgotten, held);
                double later = next < 0 ? 0 : _game.Discount * _players[p].Value(next, _temperature);
                double change = Math.Abs(_players[p].Learn(state, joint, _play.Reward(p) + later, learningRate)); // rommeo Eq. (13)
                residual = change > residual || double.IsNaN(change) ? change : residual;
            }
        }

        _temperature = _options.Temperature.At(episode);
        return new IterationReport(_episodes, residual, double.IsNaN(residual) ? IterationState.Diverged : IterationState.Running);
    }

    /// <inheritdoc/>
    public void ReadMetrics(Span<double> metrics) => _metrics.Write(_play.Returns, metrics)[0] = _temperature;

    private void Refresh(int state, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_replay.Visited(state)) return;
        foreach (var player in _players) player.Refresh(state, _temperature, cancellationToken);
    }

    private ShapedArray Values(RommeoPlayer player)
    {
        var values = new double[_game.StateCount];
        for (int s = 0; s < values.Length; s++) values[s] = player.Value(s, _temperature);
        return new ShapedArray(values, values.Length);
    }

    /// <summary>Options of <see cref="RommeoQ"/>.</summary>
    public sealed record Options : IValidatedOptions
    {
        /// <summary>Temperature alpha by episode, a number or a schedule, above 0 and at most 1e12, in reward units.</summary>
        public Schedule Temperature { get; init; } = Schedule.Exponential(500, 0.1, 0.1);

        /// <summary>Step size of the Q update by episode, a number or a schedule, in (0, 1].</summary>
        public Schedule LearningRate { get; init; } = Schedule.Hyperbolic(10_000);

        /// <summary>Number of episodes.</summary>
        [Range(1, 1_000_000_000)]
        public long Episodes { get; init; } = 300;

        /// <summary>How many of a state's last visits the prior counts; 0 counts all.</summary>
        [Range(0, 1 << 27)]
        public int PriorWindow { get; init; }

        /// <summary>The opponent model: rommeo (regularized, learned) or empirical (the prior itself, the published ablation).</summary>
        public RhoMode RhoMode { get; init; } = RhoMode.Rommeo;

        /// <summary>The most steps of an episode of a discounted game.</summary>
        [Range(1, TabularPlay.MostSteps)]
        public int MaxSteps { get; init; } = 1000;

        /// <inheritdoc/>
        public void Validate(string path, FaultList faults)
        {
            Temperature.CheckWithin($"{path}.temperature", Episodes - 1, 0, 1e12, faults);
            LearningRate.CheckWithin($"{path}.learning_rate", Episodes - 1, 0, 1, faults);
        }
    }
}
