using System.ComponentModel.DataAnnotations;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>FMQ, the frequency maximum Q heuristic: independent Q-learners that favor actions which often paid the best they ever paid.</summary>
/// <remarks>
/// <para>Notation: Q(a) of own actions, Rmax(a) = the best reward a ever paid, F(a) = the share of a's plays that paid it, c = weight of the
/// heuristic.</para>
/// <para>One Step is one episode: every player plays the softmax of EV(a) / temperature with EV(a) = Q(a) + c F(a) Rmax(a), F = 0 before a is played;
/// after each transition F and Rmax and then Q(a) ← Q(a) + learning_rate (r + gamma max Q - Q(a)) are renewed.</para>
/// <para>Premise: a game of one state, repeated or not. The source has no successors; where the game is repeated with a discount, Q
/// grows with what follows and the heuristic, which knows single rewards only, does not.</para>
/// <para>Deviations: with published_count, as in the program behind rommeo Fig. 1, Rmax starts at 0 and a new best reward adds to its count, which otherwise
/// starts again at 1.</para>
/// <para>Residual: the largest change of Q.</para>
/// </remarks>
[Solver("fmq")]
[Source("kapetanakis2002")]
public sealed class Fmq : PlayedSolver
{
    private readonly Options _options;
    private readonly QTable[] _q; // [N] of [places, A]
    private readonly double[][] _best; // [N][places * A], Rmax
    private readonly double[][] _bestCount; // [N][places * A], how often it was paid
    private readonly double[][] _count; // [N][places * A], how often the action was played
    private readonly double[][] _expected; // [N][A]
    private readonly double[][] _policy; // [N][A]
    private double _temperature;

    /// <summary>Draws the start.</summary>
    /// <param name="game">A table of one state that is discounted or has a horizon of at most 100000.</param>
    /// <param name="options">The options.</param>
    /// <param name="random">The run's stream; its forks "init" and "play" are used.</param>
    /// <exception cref="VsgGymException">The game has several states, a schedule leaves its range, or the horizon does not fit.</exception>
    public Fmq(StochasticGame game, Options options, RandomStream random)
        : base("fmq", game, options, random, "temperature")
    {
        if (game.StateCount > 1)
            throw VsgGymException.Invalid("solver", "fmq", $"counts rewards of single actions, so it needs a game of one state, and this one has {game.StateCount}; use q_learning", "too_many_states");
        _options = options;
        _q = OwnValues.Draw(game, Places, options.InitialScale, random.Fork("init"));
        (_best, _bestCount, _count) = (Tables(Places), Tables(Places), Tables(Places));
        (_expected, _policy) = (Tables(1), Tables(1));
        _temperature = options.Temperature.At(0);
        double[][] Tables(int places) => [.. game.ActionCounts.Select(actions => new double[checked(places * actions)])];
    }

    /// <summary>The bytes of the values and counts.</summary>
    /// <param name="game">The table.</param>
    /// <param name="options">The options.</param>
    public static long EstimateBytes(StochasticGame game, Options options)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        return EstimateBytes(game, options, 4.0 * game.ActionCounts.Sum());
    }

    private protected override void BeginEpisode(long episode) => _temperature = _options.Temperature.At(episode);

    private protected override void ReadOwnMetrics(Span<double> own) => own[0] = _temperature;

    private protected override ReadOnlySpan<double> Policy(int player, int place)
    {
        double[] expected = _expected[player];
        var q = _q[player][place];
        for (int a = 0; a < expected.Length; a++)
        {
            int at = (place * expected.Length) + a;
            expected[a] = q[a] + (_count[player][at] > 0 ? _options.C * (_bestCount[player][at] / _count[player][at]) * _best[player][at] : 0); // kapetanakis2002
        }

        BoltzmannKernels.Policy(expected, 1 / _temperature, _policy[player]);
        return _policy[player];
    }

    private protected override double Value(int player, int place)
    {
        var q = _q[player][place];
        return q[ChoiceKernels.Best(q)];
    }

    private protected override double Learn(int player, in TabularMove move, double reward, double later, double learningRate)
    {
        int action = Game.ActionOf(player, move.JointAction);
        int at = (move.Place * Game.ActionCounts[player]) + action;
        ref double best = ref _best[player][at], paid = ref _bestCount[player][at];
        bool first = _count[player][at]++ == 0;
        if (_options.PublishedCount)
        {
            if (reward >= best) (best, paid) = (reward, paid + 1);
        }
        else if (first || reward > best) (best, paid) = (reward, 1);
        else if (reward == best) paid++;
        return _q[player].Learn(move.Place, action, reward + later, learningRate);
    }

    // What the earlier policies of the others would have paid counts as one play of every action.
    private protected override void Start(int player, int place, EarlierPlaces answer)
    {
        answer.ActionValues(player, place, _q[player][place]);
        int actions = Game.ActionCounts[player];
        var weights = new double[Game.JointActionCount];
        JointWeights.Fill(Game, player, place, answer.Policies, weights);
        for (int joint = 0; joint < weights.Length; joint++)
        {
            if (weights[joint] == 0 || !Game.IsLegalJoint(0, joint)) continue;
            int at = (place * actions) + Game.ActionOf(player, joint);
            double reward = Game.Rewards(player)[joint];
            if (_count[player][at] == 0 || reward > _best[player][at]) (_best[player][at], _bestCount[player][at]) = (reward, weights[joint]);
            else if (reward == _best[player][at]) _bestCount[player][at] += weights[joint];
            _count[player][at] += weights[joint];
        }
    }

    /// <summary>Options of <see cref="Fmq"/>.</summary>
    public sealed record Options() : PlayOptions(Schedule.Constant(0.9), 300)
    {
        /// <summary>Weight c of the heuristic, at least 0; 0 leaves Boltzmann Q-learning.</summary>
        [Range(0d, 1e12)]
        public double C { get; init; } = 10;

        /// <summary>Temperature of the softmax by episode, a number or a schedule, above 0 and at most 1e12, in reward units.</summary>
        public Schedule Temperature { get; init; } = Schedule.Exponential(500, 0.1, 1);

        /// <summary>Whether best rewards start at 0 and a new one adds to the old one's count, as in the program behind rommeo Fig. 1.</summary>
        public bool PublishedCount { get; init; }

        /// <inheritdoc/>
        public override void Validate(string path, FaultList faults)
        {
            base.Validate(path, faults);
            Temperature.CheckWithin($"{path}.temperature", Episodes - 1, 0, 1e12, faults);
        }
    }
}
