using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>Independent Q-learning: every player learns the values of its own actions as if it were alone.</summary>
/// <remarks>
/// <para>Notation: Q_i(s, a_i), V_i(s) = max over a_i of Q_i(s, a_i), gamma = discount.</para>
/// <para>One Step is one episode, in which every player acts by its exploration rule and after each transition sets
/// Q_i(s, a_i) ← Q_i(s, a_i) + learning_rate (r_i + gamma V_i(s') - Q_i(s, a_i)).</para>
/// <para>Deviations: the step size goes by the episode, not by the visits of a pair; with a horizon and without per_time the values are
/// those of an average time, and the reward at time T enters the last target.</para>
/// <para>Watkins' convergence holds for one player. Several are no fixed process to one another, and nothing is promised.</para>
/// <para>Residual: the largest change of Q.</para>
/// </remarks>
[Solver("q_learning")]
[Source("watkins1992", "the one-player case")]
[Source("tan1993", "independent agents")]
[Source("claus1998", "independent learners")]
public sealed class QLearning : PlayedSolver
{
    private readonly Exploration _exploration;
    private readonly QTable[] _q; // [N] of [places, A]
    private readonly double[][] _policy; // [N][A], of the place last asked for

    /// <summary>Draws the start.</summary>
    /// <param name="game">A table that is discounted or has a horizon of at most 100000.</param>
    /// <param name="options">The options.</param>
    /// <param name="random">The run's stream; its forks "init" and "play" are used.</param>
    /// <exception cref="VsgGymException">A schedule leaves its range, or the horizon does not fit.</exception>
    public QLearning(StochasticGame game, Options options, RandomStream random)
        : base("q_learning", game, options, random, Exploration.LevelName(options))
    {
        _exploration = new Exploration(options);
        _q = OwnValues.Draw(game, Places, options.InitialScale, random.Fork("init"));
        _policy = [.. game.ActionCounts.Select(actions => new double[actions])];
    }

    /// <summary>The bytes of the action values.</summary>
    /// <param name="game">The table.</param>
    /// <param name="options">The options.</param>
    public static long EstimateBytes(StochasticGame game, Options options)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        return EstimateBytes(game, options, game.ActionCounts.Sum());
    }

    private protected override void BeginEpisode(long episode) => _exploration.Begin(episode);

    private protected override void ReadOwnMetrics(Span<double> own) => own[0] = _exploration.Level;

    private protected override ReadOnlySpan<double> Policy(int player, int place)
    {
        _exploration.Play(_q[player][place], _policy[player]);
        return _policy[player];
    }

    private protected override void Answer(int player, int place, Span<double> policy) => _exploration.Answer(_q[player][place], policy);

    private protected override double Value(int player, int place)
    {
        var q = _q[player][place];
        return q[ChoiceKernels.Best(q)];
    }

    private protected override double Learn(int player, in TabularMove move, double reward, double later, double learningRate) =>
        _q[player].Learn(move.Place, Game.ActionOf(player, move.JointAction), reward + later, learningRate); // watkins1992

    private protected override void Start(int player, int place, EarlierPlaces answer) => answer.ActionValues(player, place, _q[player][place]);

    /// <summary>Options of <see cref="QLearning"/>.</summary>
    public sealed record Options() : ExplorationOptions(Schedule.Constant(0.1), 10_000, ExplorationRule.EpsilonGreedy);
}
