using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>WoLF policy hill-climbing: independent Q-learners whose mixed policies climb slowly while they win and fast while they lose.</summary>
/// <remarks>
/// <para>Notation: Q(s, a) of own actions, pi = policy, pi' = average of the policies played in s, C(s) = visits of s, delta_w and delta_l = steps while
/// winning and while losing, n = number of legal actions, gamma = discount.</para>
/// <para>One Step is one episode: every player acts from pi, with a random action with probability epsilon; after each transition
/// Q(s, a) ← Q(s, a) + learning_rate (r + gamma max Q(s') - Q(s, a)), then pi' ← pi' + (pi - pi') / C(s), then pi moves toward the best action by delta:
/// delta_w where sum pi Q exceeds sum pi' Q, else delta_l.</para>
/// <para>Deviations: the steps go by the episode. With taken_action_only, as the program behind rommeo Fig. 1 does, only the action just taken moves, by
/// + delta where it is the best and by - delta / (n - 1) else, and the policy is then shifted above 0 and scaled to 1.</para>
/// <para>Residual: the largest change of Q.</para>
/// </remarks>
[Solver("wolf_phc")]
[Source("bowling2002", "WoLF-PHC")]
public sealed class WolfPhc : PlayedSolver
{
    private readonly Options _options;
    private readonly QTable[] _q; // [N] of [places, A]
    private readonly double[][] _policies; // [N][places * A]
    private readonly double[][] _averages; // [N][places * A]
    private readonly long[][] _visits; // [N][places]
    private readonly double[][] _played; // [N][A]
    private (double Win, double Lose) _step;
    private double _epsilon;

    /// <summary>Draws the start.</summary>
    /// <param name="game">A table that is discounted or has a horizon of at most 100000.</param>
    /// <param name="options">The options.</param>
    /// <param name="random">The run's stream; its forks "init" and "play" are used.</param>
    /// <exception cref="VsgGymException">A schedule leaves its range, or the horizon does not fit.</exception>
    public WolfPhc(StochasticGame game, Options options, RandomStream random)
        : base("wolf_phc", game, options, random, "epsilon")
    {
        _options = options;
        _q = OwnValues.Draw(game, Places, options.InitialScale, random.Fork("init"));
        _visits = [.. game.ActionCounts.Select(_ => new long[Places])];
        _played = [.. game.ActionCounts.Select(actions => new double[actions])];
        _policies = [.. game.ActionCounts.Select(actions => new double[checked(Places * actions)])];
        var start = random.Fork("policies");
        for (int p = 0; p < _policies.Length; p++)
            for (int place = 0; place < Places; place++) StartPolicy(p, place, ref start);
        _averages = [.. _policies.Select(policy => (double[])policy.Clone())];
    }

    /// <summary>The bytes of the values and policies.</summary>
    /// <param name="game">The table.</param>
    /// <param name="options">The options.</param>
    public static long EstimateBytes(StochasticGame game, Options options)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        return EstimateBytes(game, options, (3.0 * game.ActionCounts.Sum()) + game.PlayerCount);
    }

    private protected override void BeginEpisode(long episode)
    {
        _step = (_options.DeltaW.At(episode), _options.DeltaL.At(episode));
        _epsilon = _options.Epsilon.At(episode);
    }

    private protected override void ReadOwnMetrics(Span<double> own) => own[0] = _epsilon;

    private protected override ReadOnlySpan<double> Policy(int player, int place)
    {
        double[] played = _played[player];
        Span<double> policy = Row(_policies, player, place), q = _q[player][place];
        int legal = Legal(q);
        for (int a = 0; a < played.Length; a++) played[a] = double.IsNegativeInfinity(q[a]) ? 0 : ((1 - _epsilon) * policy[a]) + (_epsilon / legal);
        return played;
    }

    private protected override void Answer(int player, int place, Span<double> policy) => Row(_policies, player, place).CopyTo(policy);

    private protected override double Value(int player, int place)
    {
        var q = _q[player][place];
        return q[ChoiceKernels.Best(q)];
    }

    private protected override double Learn(int player, in TabularMove move, double reward, double later, double learningRate)
    {
        int taken = Game.ActionOf(player, move.JointAction);
        double change = _q[player].Learn(move.Place, taken, reward + later, learningRate); // Q-learning
        Span<double> q = _q[player][move.Place], policy = Row(_policies, player, move.Place), average = Row(_averages, player, move.Place);
        long visits = ++_visits[player][move.Place];
        for (int a = 0; a < average.Length; a++) average[a] += (policy[a] - average[a]) / visits; // the average policy
        double delta = HillKernels.Value(policy, q) > HillKernels.Value(average, q) ? _step.Win : _step.Lose; // win or learn fast
        if (_options.TakenActionOnly) HillKernels.MoveTaken(q, taken, delta, policy);
        else HillKernels.Move(q, delta, policy);
        return change;
    }

    private protected override void Start(int player, int place, EarlierPlaces answer)
    {
        answer.ActionValues(player, place, _q[player][place]);
        int actions = Game.ActionCounts[player];
        var policy = answer.Policies[player].AsSpan(place * actions, actions);
        policy.CopyTo(Row(_policies, player, place));
        policy.CopyTo(Row(_averages, player, place));
    }

    private void StartPolicy(int player, int place, ref RandomStream random)
    {
        Span<double> policy = Row(_policies, player, place), q = _q[player][place];
        Span<double> drawn = _played[player].AsSpan(0, Legal(q));
        if (_options.RandomStart) random.NextSimplex(drawn);
        else drawn.Fill(1.0 / drawn.Length);
        for (int a = 0, next = 0; a < policy.Length; a++)
            if (!double.IsNegativeInfinity(q[a])) policy[a] = drawn[next++];
    }

    private static int Legal(ReadOnlySpan<double> q)
    {
        int legal = 0;
        foreach (double value in q)
            if (!double.IsNegativeInfinity(value)) legal++;
        return legal;
    }

    private Span<double> Row(double[][] tables, int player, int place) =>
        tables[player].AsSpan(place * Game.ActionCounts[player], Game.ActionCounts[player]);

    /// <summary>Options of <see cref="WolfPhc"/>.</summary>
    public sealed record Options() : PlayOptions(Schedule.Constant(0.5), 10_000)
    {
        /// <summary>Step of the policy while winning, by episode, a number or a schedule, in (0, 1].</summary>
        public Schedule DeltaW { get; init; } = Schedule.Constant(0.0025);

        /// <summary>Step of the policy while losing, by episode, a number or a schedule, in (0, 1]; it should exceed delta_w.</summary>
        public Schedule DeltaL { get; init; } = Schedule.Constant(0.005);

        /// <summary>Probability of a random legal action by episode, a number or a schedule, in [0, 1]; at 0 a policy that has become pure stays so, for the values of other actions are never seen again.</summary>
        public Schedule Epsilon { get; init; } = Schedule.Constant(0.1);

        /// <summary>Whether the policies start uniform in the simplex, Dirichlet(1, ..., 1), and not at equal probabilities.</summary>
        public bool RandomStart { get; init; }

        /// <summary>Whether only the action just taken moves, as in the program behind rommeo Fig. 1.</summary>
        public bool TakenActionOnly { get; init; }

        /// <inheritdoc/>
        public override void Validate(string path, FaultList faults)
        {
            base.Validate(path, faults);
            DeltaW.CheckWithin($"{path}.delta_w", Episodes - 1, 0, 1, faults);
            DeltaL.CheckWithin($"{path}.delta_l", Episodes - 1, 0, 1, faults);
            CheckProbability($"{path}.epsilon", Epsilon, faults);
        }
    }
}
