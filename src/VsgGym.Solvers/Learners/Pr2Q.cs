using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>PR2-Q, probabilistic recursive reasoning in tables: every player asks how the others would answer each of its own actions.</summary>
/// <remarks>
/// <para>Notation: Q_i(s, a) of joint actions, N(s, a) how often a was played in s, rho_i(a_-i | s, a_i) = N(s, a) / (N(s, a_i) + smoothing) = how the
/// others answer a_i, EV_i(s, a_i) = sum over a_-i of rho_i(a_-i | s, a_i) Q_i(s, a), gamma = discount.</para>
/// <para>One Step is one episode: every player plays the softmax of EV_i / temperature; after each transition the counts and then
/// Q_i(s, a) ← Q_i(s, a) + learning_rate (r_i + gamma max EV_i(s') - Q_i(s, a)) are renewed.</para>
/// <para>Deviations from the paper: the conditional model is the frequency above, as the authors' tabular program has it, not proportional to
/// exp(Q_i(s, a) - Q_i(s, a_i)). It sums to less than 1, so an action never tried is worth 0. The program at hand also has a variant that divides the
/// whole table rho by its sum once more; it is not followed. The joint action of several others is one action here.</para>
/// <para>Residual: the largest change of Q.</para>
/// </remarks>
[Solver("pr2_q")]
[Source("wen2019", "tabular PR2-Q")]
[Source("rommeo", "section 5.1, Figure 1")]
public sealed class Pr2Q : PlayedSolver
{
    private readonly Options _options;
    private readonly QTable[] _q; // [N] of [places, J]
    private readonly double[] _counts; // [places * J]
    private readonly double[][] _seen; // [N][A], N(s, a_i) of the place last asked for
    private readonly double[][] _expected; // [N][A]
    private readonly double[][] _policy; // [N][A]
    private double _temperature;

    /// <summary>Draws the start.</summary>
    /// <param name="game">A table that is discounted or has a horizon of at most 100000.</param>
    /// <param name="options">The options.</param>
    /// <param name="random">The run's stream; its forks "init" and "play" are used.</param>
    /// <param name="cancellationToken">Checked while the tables are filled.</param>
    /// <exception cref="VsgGymException">A schedule leaves its range, or the horizon does not fit.</exception>
    public Pr2Q(StochasticGame game, Options options, RandomStream random, CancellationToken cancellationToken = default)
        : base("pr2_q", game, options, random, "temperature")
    {
        _options = options;
        var init = random.Fork("init");
        _q = [.. Enumerable.Range(0, game.PlayerCount).Select(_ => new QTable(Places, game.JointActionCount))];
        foreach (var table in _q) table.Draw(options.InitialScale, ref init, cancellationToken);
        _counts = new double[checked(Places * game.JointActionCount)];
        (_seen, _expected, _policy) = (Rows(), Rows(), Rows());
        _temperature = options.Temperature.At(0);
        double[][] Rows() => [.. game.ActionCounts.Select(actions => new double[actions])];
    }

    /// <summary>The bytes of the values and counts.</summary>
    /// <param name="game">The table.</param>
    /// <param name="options">The options.</param>
    public static long EstimateBytes(StochasticGame game, Options options)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(options);
        return EstimateBytes(game, options, (game.PlayerCount + 1.0) * game.JointActionCount);
    }

    private protected override void BeginEpisode(long episode) => _temperature = _options.Temperature.At(episode);

    private protected override void ReadOwnMetrics(Span<double> own) => own[0] = _temperature;

    private protected override ReadOnlySpan<double> Policy(int player, int place)
    {
        BoltzmannKernels.Policy(Expect(player, place), 1 / _temperature, _policy[player]);
        return _policy[player];
    }

    private protected override double Value(int player, int place)
    {
        double[] values = Expect(player, place);
        return values[ChoiceKernels.Best(values)];
    }

    private protected override void Observe(in TabularMove move) => Counts(move.Place)[move.JointAction]++;

    private protected override double Learn(int player, in TabularMove move, double reward, double later, double learningRate) =>
        _q[player].Learn(move.Place, move.JointAction, reward + later, learningRate);

    private protected override void Start(int player, int place, EarlierPlaces answer)
    {
        answer.Fill(player, place);
        answer.JointValues.CopyTo(_q[player][place]);
        JointWeights.Fill(Game, -1, place, answer.Policies, Counts(place)); // everyone's policies count as one visit
    }

    private protected override ImmutableArray<ShapedArray> OpponentModels() => [.. Enumerable.Range(0, Game.PlayerCount).Select(Model)];

    private Span<double> Counts(int place) => _counts.AsSpan(place * Game.JointActionCount, Game.JointActionCount);

    // EV_i, minus infinity where illegal.
    private double[] Expect(int player, int place)
    {
        double[] values = _expected[player], seen = _seen[player];
        Span<double> q = _q[player][place], counts = Counts(place);
        Array.Clear(values);
        Array.Clear(seen);
        for (int joint = 0; joint < counts.Length; joint++)
        {
            int own = Game.ActionOf(player, joint);
            seen[own] += counts[joint];
            values[own] += counts[joint] * q[joint];
        }

        for (int a = 0; a < values.Length; a++)
            values[a] = Game.IsLegal(player, place % Game.StateCount, a) ? values[a] / (seen[a] + _options.Smoothing) : double.NegativeInfinity;
        return values;
    }

    // What the others were seen to do in each place, whatever the own action; uniform over the joint actions where nothing was seen.
    private ShapedArray Model(int player)
    {
        int others = Game.JointActionCount / Game.ActionCounts[player], stride = Game.Strides[player], states = Game.StateCount;
        var model = new double[Places * others];
        for (int place = 0; place < Places; place++)
        {
            var row = model.AsSpan(place * others, others);
            for (int joint = 0; joint < Game.JointActionCount; joint++)
                row[(joint / (stride * Game.ActionCounts[player]) * stride) + (joint % stride)] += Counts(place)[joint];
            double sum = 0;
            foreach (double count in row) sum += count;
            foreach (ref double count in row) count = sum > 0 ? count / sum : 1.0 / others;
        }

        var shape = Game.ActionCounts.RemoveAt(player);
        return new ShapedArray(model, Places == states ? [states, .. shape] : [Places / states, states, .. shape]);
    }

    /// <summary>Options of <see cref="Pr2Q"/>.</summary>
    public sealed record Options() : PlayOptions(Schedule.Hyperbolic(10_000), 300)
    {
        /// <summary>Temperature of the softmax by episode, a number or a schedule, above 0 and at most 1e12, in reward units.</summary>
        public Schedule Temperature { get; init; } = Schedule.Constant(1);

        /// <summary>What is added to the count of an own action before it divides, above 0.</summary>
        [Range(0d, 1e12, MinimumIsExclusive = true)]
        public double Smoothing { get; init; } = 0.1;

        /// <inheritdoc/>
        public override void Validate(string path, FaultList faults)
        {
            base.Validate(path, faults);
            Temperature.CheckWithin($"{path}.temperature", Episodes - 1, 0, 1e12, faults);
        }
    }
}
