using System.Collections.Immutable;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>A solver that plays episodes model-free: one Step is one episode, in which every player learns after each transition.</summary>
/// <remarks>
/// It never claims to have converged. The metrics are "reward.PLAYER", the undiscounted return of the episode; the solver's own; and in one-state
/// games of at most 16 actions a player "policy.PLAYER.ACTION", as the episode began. The residual is the largest change of an action value.
/// </remarks>
public abstract class PlayedSolver : IAlgorithm, IWarmStart
{
    private readonly PlayOptions _options;
    private readonly TabularPlay _play;
    private readonly PlayMetrics _metrics;
    private long _episodes;

    private protected PlayedSolver(string solver, StochasticGame game, PlayOptions options, RandomStream random, params ReadOnlySpan<string> ownMetrics)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        var faults = new FaultList();
        options.Validate("options", faults);
        if (options.PerTime && game.Horizon is null) faults.Add("options.per_time", "true", "needs a game with a horizon, and this one is discounted", "wrong_horizon");
        faults.ThrowIfAny();
        (Game, _options) = (game, options);
        Places = checked((int)TabularPlay.CountPlaces(game, options.PerTime));
        _play = new TabularPlay(solver, game, options.MaxSteps, options.PerTime, random.Fork("play"));
        _metrics = new PlayMetrics(game, ownMetrics);
    }

    /// <inheritdoc/>
    public IterationLimit Limit => new("episodes", _options.Episodes);

    /// <summary>"reward.PLAYER", the undiscounted return of the episode; the solver's own; in one-state games of at most 16 actions a player "policy.PLAYER.ACTION", as the episode was played.</summary>
    public IReadOnlyList<string> MetricNames => _metrics.Names;

    /// <inheritdoc/>
    public virtual IReadOnlyDictionary<string, Bound> ReadBounds(CancellationToken cancellationToken = default) => ImmutableSortedDictionary.Create<string, Bound>(StringComparer.Ordinal);

    /// <summary>The table.</summary>
    private protected StochasticGame Game { get; }

    /// <summary>The token of the step being taken, or of the answer being read.</summary>
    private protected CancellationToken Cancellation { get; private set; }

    /// <summary>Rows of the tables: S, or T * S where they depend on the time.</summary>
    private protected int Places { get; }

    /// <summary>Whether the players draw from one joint distribution instead of each from its own.</summary>
    private protected virtual bool ActsTogether => false;

    /// <summary>The policies, [S, A] or [T, S, A] by per_time, with the values behind them and, where the method has some, the opponent models.</summary>
    public Solution ReadSolution(CancellationToken outOfTime = default)
    {
        Cancellation = outOfTime;
        return new Solution
        {
            Policies = Profile(),
            Values = [.. Enumerable.Range(0, Game.PlayerCount).Select(Values)],
            OpponentModels = OpponentModels(),
        };
    }

    /// <inheritdoc/>
    public IterationReport Step(CancellationToken cancellationToken)
    {
        Cancellation = cancellationToken;
        long episode = _episodes++;
        double learningRate = _options.LearningRate.At(episode), residual = 0;
        BeginEpisode(episode);
        for (_play.Begin(); _play.Goes;)
        {
            int place = _play.Place;
            for (int p = 0; p < Game.PlayerCount; p++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var policy = Policy(p, place);
                if (_play.Time == 0) _metrics.Keep(p, policy);
                if (!ActsTogether) _play.Act(p, policy);
            }

            if (ActsTogether) _play.ActTogether(JointPolicy(place));
            var move = _play.Move();
            Observe(move);
            for (int p = 0; p < Game.PlayerCount; p++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                double later = move.Next < 0 ? 0 : Game.Discount * Value(p, move.Next);
                double change = Math.Abs(Learn(p, move, _play.Reward(p), later, learningRate));
                residual = change > residual || double.IsNaN(change) ? change : residual;
            }
        }

        return new IterationReport(_episodes, residual, double.IsNaN(residual) ? IterationState.Diverged : IterationState.Running);
    }

    /// <inheritdoc/>
    public void ReadMetrics(Span<double> metrics) => ReadOwnMetrics(_metrics.Write(_play.Returns, metrics));

    /// <summary>Starts from the action values of an earlier answer, and from its policies where the method keeps policies or counts; where it has no values over
    /// the game's times, they are computed from its policies.</summary>
    public void Start(Solution earlier, CancellationToken cancellationToken = default)
    {
        EarlierAnswer.Check(Game, earlier);
        var answer = new EarlierPlaces(Game, earlier, Places, cancellationToken);
        for (int p = 0; p < Game.PlayerCount; p++)
            for (int place = 0; place < Places; place++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Start(p, place, answer);
            }
    }

    /// <summary>The bytes of tables with so many numbers per place, and of what every such solver keeps.</summary>
    private protected static long EstimateBytes(StochasticGame game, PlayOptions options, double numbersPerPlace)
    {
        double bytes = 8.0 * ((TabularPlay.CountPlaces(game, options.PerTime) * numbersPerPlace) + (2.0 * game.JointActionCount) + 100);
        return (long)Math.Min(bytes, long.MaxValue / 2);
    }

    /// <summary>Takes the numbers of an episode, from 0.</summary>
    private protected virtual void BeginEpisode(long episode)
    {
    }

    /// <summary>Fills the solver's own metrics.</summary>
    private protected virtual void ReadOwnMetrics(Span<double> own)
    {
    }

    /// <summary>What a player plays in a place now, [A].</summary>
    private protected abstract ReadOnlySpan<double> Policy(int player, int place);

    /// <summary>What is answered for a place; what is played, unless the solver says otherwise.</summary>
    private protected virtual void Answer(int player, int place, Span<double> policy) => Policy(player, place).CopyTo(policy);

    /// <summary>What the players draw together in a place, [J], where they act together.</summary>
    private protected virtual ReadOnlySpan<double> JointPolicy(int place) => [];

    /// <summary>The answer's policies: each player's own.</summary>
    private protected virtual PolicyProfile Profile() => new(Game, [.. Enumerable.Range(0, Game.PlayerCount).Select(Table)]);

    /// <summary>The value of a place to a player.</summary>
    private protected abstract double Value(int player, int place);

    /// <summary>Takes notice of what everyone did, before anyone learns from it.</summary>
    private protected virtual void Observe(in TabularMove move)
    {
    }

    /// <summary>One player's update.</summary>
    /// <param name="player">Who learns.</param>
    /// <param name="move">The step.</param>
    /// <param name="reward">What it paid.</param>
    /// <param name="later">The discounted value of what follows.</param>
    /// <param name="learningRate">In (0, 1].</param>
    /// <returns>The change of the action value, NaN where it would not be finite.</returns>
    private protected abstract double Learn(int player, in TabularMove move, double reward, double later, double learningRate);

    /// <summary>Starts one player's tables in one place from an earlier answer.</summary>
    private protected abstract void Start(int player, int place, EarlierPlaces answer);

    /// <summary>What the players think of the others, or nothing.</summary>
    private protected virtual ImmutableArray<ShapedArray> OpponentModels() => [];

    private TabularPolicy Table(int player)
    {
        int actions = Game.ActionCounts[player];
        var table = new double[Places * actions];
        for (int place = 0; place < Places; place++) Answer(player, place, table.AsSpan(place * actions, actions));
        return new TabularPolicy(table, Places / Game.StateCount, Game.StateCount, actions);
    }

    private ShapedArray Values(int player)
    {
        int states = Game.StateCount;
        if (!_options.PerTime) return new ShapedArray([.. Enumerable.Range(0, states).Select(place => Value(player, place))], states);
        double[] values = [.. Enumerable.Range(0, Places).Select(place => Value(player, place)), .. Game.TerminalRewards(player)];
        return new ShapedArray(values, values.Length / states, states);
    }
}
