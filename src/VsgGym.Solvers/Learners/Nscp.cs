using System.Collections.Immutable;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>NSCP, the learner for others whose play changes but settles: best responses to models of what the others were seen to do.</summary>
/// <remarks>
/// <para>Notation: Q_i(s, a) of joint actions, P_j(a_j | s) = model of player j, how often it chose a_j in s, gamma = discount.</para>
/// <para>One Step is one episode: every player plays the best response to its models, with random actions by the exploration rule; after each
/// transition it renews the models and then Q_i(s, a) ← (1 - learning_rate) Q_i(s, a) + learning_rate (r_i + gamma max over a_i' of
/// sum over a_-i' of prod P_j(a_j' | s') Q_i(s', a')).</para>
/// <para>Deviations: the update is that of a survey's description, not of the paper itself, and what the survey leaves out is chosen here: models are frequencies
/// over all visits, uniform before the first; the step size goes by the episode. In one-state games this is jal with other defaults.</para>
/// <para>Residual: the largest change of Q.</para>
/// </remarks>
[Solver("nscp")]
[Source("weinberg2004", "as a survey describes it")]
public sealed class Nscp : PlayedSolver
{
    private readonly Exploration _exploration;
    private readonly JointLearning _learning;
    private readonly double[][] _policy; // [N][A], of the place last asked for

    /// <summary>Draws the start.</summary>
    /// <param name="game">A table that is discounted or has a horizon of at most 100000.</param>
    /// <param name="options">The options.</param>
    /// <param name="random">The run's stream; its forks "init" and "play" are used.</param>
    /// <param name="cancellationToken">Checked while the tables are filled.</param>
    /// <exception cref="VsgGymException">A schedule leaves its range, or the horizon does not fit.</exception>
    public Nscp(StochasticGame game, Options options, RandomStream random, CancellationToken cancellationToken = default)
        : base("nscp", game, options, random, Exploration.LevelName(options))
    {
        _exploration = new Exploration(options);
        _learning = new JointLearning(game, Places, options.InitialScale, window: 0, random.Fork("init"), cancellationToken);
        _policy = [.. game.ActionCounts.Select(actions => new double[actions])];
    }

    /// <summary>The bytes of the values and counts.</summary>
    /// <param name="game">The table.</param>
    /// <param name="options">The options.</param>
    public static long EstimateBytes(StochasticGame game, Options options)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        return EstimateBytes(game, options, JointLearning.NumbersPerPlace(game, window: 0));
    }

    private protected override void BeginEpisode(long episode) => _exploration.Begin(episode);

    private protected override void ReadOwnMetrics(Span<double> own) => own[0] = _exploration.Level;

    private protected override ReadOnlySpan<double> Policy(int player, int place)
    {
        _exploration.Play(_learning.Expect(player, place), _policy[player]);
        return _policy[player];
    }

    private protected override void Answer(int player, int place, Span<double> policy) => _exploration.Answer(_learning.Expect(player, place), policy);

    private protected override double Value(int player, int place) => _learning.Value(player, place); // the best response to the models

    private protected override void Observe(in TabularMove move) => _learning.Models.Observe(move.Place, move.JointAction);

    private protected override double Learn(int player, in TabularMove move, double reward, double later, double learningRate) =>
        _learning.Learn(player, move, reward + later, learningRate);

    private protected override void Start(int player, int place, EarlierPlaces answer) => _learning.Start(player, place, answer);

    private protected override ImmutableArray<ShapedArray> OpponentModels() => _learning.Models.ToModels(Places);

    /// <summary>Options of <see cref="Nscp"/>.</summary>
    public sealed record Options() : ExplorationOptions(Schedule.Constant(0.1), 10_000, ExplorationRule.EpsilonGreedy);
}
