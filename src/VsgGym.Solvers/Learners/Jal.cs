using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>Joint action learners: every player learns values of joint actions and weighs them by how often the others chose theirs.</summary>
/// <remarks>
/// <para>Notation: Q_i(s, a) of joint actions, P_j(a_j | s) how often j chose a_j in s, EV_i(s, a_i) = sum over a_-i of
/// prod P_j(a_j | s) Q_i(s, a), gamma = discount.</para>
/// <para>One Step is one episode: every player explores around EV_i, by default with Boltzmann probabilities; after each transition the
/// counts and then Q_i(s, a) ← Q_i(s, a) + learning_rate (r_i + gamma max EV_i(s') - Q_i(s, a)) are renewed.</para>
/// <para>Deviations: the source has one state and no successors; the value of a successor is that of the best response to the counts
/// there, as the program behind rommeo Fig. 1 intends, which makes this method and nscp one, but for the defaults. Before its first visit a state's models
/// are uniform.</para>
/// <para>With published_sign_bug the expected values are divided by their sum before the choice, as that program does: where the sum is negative,
/// the worst action looks best. The values of states stay right.</para>
/// <para>Residual: the largest change of Q.</para>
/// </remarks>
[Solver("jal")]
[Source("claus1998", "joint action learners")]
public sealed class Jal : PlayedSolver
{
    private readonly Options _options;
    private readonly Exploration _exploration;
    private readonly JointLearning _learning;
    private readonly double[][] _policy; // [N][A], of the place last asked for

    /// <summary>Draws the start.</summary>
    /// <param name="game">A table that is discounted or has a horizon of at most 100000.</param>
    /// <param name="options">The options.</param>
    /// <param name="random">The run's stream; its forks "init" and "play" are used.</param>
    /// <param name="cancellationToken">Checked while the tables are filled.</param>
    /// <exception cref="VsgGymException">A schedule leaves its range, the horizon does not fit, or the window is too large.</exception>
    public Jal(StochasticGame game, Options options, RandomStream random, CancellationToken cancellationToken = default)
        : base("jal", game, options, random, Exploration.LevelName(options))
    {
        (_options, _exploration) = (options, new Exploration(options));
        _learning = new JointLearning(game, Places, options.InitialScale, options.PriorWindow, random.Fork("init"), cancellationToken);
        _policy = [.. game.ActionCounts.Select(actions => new double[actions])];
    }

    /// <summary>The bytes of the values and counts.</summary>
    /// <param name="game">The table.</param>
    /// <param name="options">The options.</param>
    public static long EstimateBytes(StochasticGame game, Options options)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        return EstimateBytes(game, options, JointLearning.NumbersPerPlace(game, options.PriorWindow));
    }

    private protected override void BeginEpisode(long episode) => _exploration.Begin(episode);

    private protected override void ReadOwnMetrics(Span<double> own) => own[0] = _exploration.Level;

    private protected override ReadOnlySpan<double> Policy(int player, int place)
    {
        _exploration.Play(Choices(player, place), _policy[player]);
        return _policy[player];
    }

    private protected override void Answer(int player, int place, Span<double> policy) => _exploration.Answer(Choices(player, place), policy);

    private protected override double Value(int player, int place) => _learning.Value(player, place);

    private protected override void Observe(in TabularMove move) => _learning.Models.Observe(move.Place, move.JointAction);

    private protected override double Learn(int player, in TabularMove move, double reward, double later, double learningRate) =>
        _learning.Learn(player, move, reward + later, learningRate);

    private protected override void Start(int player, int place, EarlierPlaces answer) => _learning.Start(player, place, answer);

    private protected override ImmutableArray<ShapedArray> OpponentModels() => _learning.Models.ToModels(Places);

    // The expected values as the choice sees them.
    private Span<double> Choices(int player, int place)
    {
        var values = _learning.Expect(player, place);
        if (!_options.PublishedSignBug) return values;
        double sum = 0;
        foreach (double value in values)
            if (!double.IsNegativeInfinity(value)) sum += value;
        foreach (ref double value in values)
            if (!double.IsNegativeInfinity(value)) value = sum == 0 ? 0 : value / sum;
        return values;
    }

    /// <summary>Options of <see cref="Jal"/>.</summary>
    public sealed record Options() : ExplorationOptions(Schedule.Hyperbolic(10_000), 300, ExplorationRule.Boltzmann)
    {
        /// <summary>How many of a state's last visits the models count; 0 counts all.</summary>
        [Range(0, 1 << 27)]
        public int PriorWindow { get; init; }

        /// <summary>Whether expected values are divided by their sum before the choice, as in the program behind rommeo Fig. 1: a negative sum turns the order around.</summary>
        public bool PublishedSignBug { get; init; }
    }
}
