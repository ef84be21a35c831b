using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>The differential game, or Max of Two Quadratics: a wide low hill draws gradient learners away from the narrow high one.</summary>
/// <remarks>
/// <para>Story: every player moves on a line; their shared reward is the maximum of two hills over the plane of both actions (with N
/// players over N dimensions), one around (-5, -5) of height 0 and one around (5, 5) of height 10.</para>
/// <para>Players: player_0 and player_1, or as many as `players` says.</para>
/// <para>Observation: the constant 0, a box [-1, 1]^1. Discretized: what `observation` says, `index`, the number 0 of the only state, `one_hot`
/// of it, or `features`, the constant 0 in a box.</para>
/// <para>Actions: a box [-10, 10]^1 each. With `discretize` k: the numbers 0 to k - 1 for k evenly spaced values from -10 to 10.</para>
/// <para>Rewards: all get max(f1, f2) with f2 = 10 - sum_k (a_k - 5)^2 and f1 = 0.8 [-sum_k ((a_k + 5) / 3)^2] or as the option `payoff`
/// says; with two players in [-40, 10] (paper) or [-200/3, 10] (code).</para>
/// <para>End: after `horizon` decisions, terminated.</para>
/// <para>Options: payoff, players, horizon, discretize, observation.</para>
/// <para>Unknown: which f1 the papers ran; the figure of rommeo matches its authors' program, so both forms are here and the printed one
/// is the default. The papers have two players; the form for N adds the same terms for every further player.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("differential-v0")]
[Source("wei2018")]
[Source("rommeo", "section 5.2")]
public sealed class Differential : BoxGame
{
    private const int DrawnCells = 21;
    private const int MostPlayers = 64;

    private readonly Options _options;
    private readonly DifferentialHills _hills;

    /// <summary>Makes the game.</summary>
    /// <param name="options">What can be set.</param>
    /// <exception cref="VsgGymException">Options that do not fit together.</exception>
    public Differential(Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = new FaultList();
        options.Validate("options", faults);
        faults.ThrowIfAny();
        _options = options;
        _hills = new DifferentialHills(options.Payoff, options.Players);
        Players = [.. Enumerable.Range(0, options.Players).Select(p => $"player_{p}")];
        Grid = options.Discretize is { } k ? ActionGrid.Line(-DifferentialHills.Bound, DifferentialHills.Bound, k) : null;
    }

    /// <summary>What can be set.</summary>
    public sealed record Options : IValidatedOptions
    {
        /// <summary>Which form of the hill around (-5, -5): as printed in the paper, or as in its authors' code.</summary>
        public DifferentialPayoff Payoff { get; init; } = DifferentialPayoff.Paper;

        /// <summary>Number of players N.</summary>
        [Range(2, MostPlayers)]
        public int Players { get; init; } = 2;

        /// <summary>Number of decisions T; every one pays.</summary>
        [Range(1, 10000)]
        public int Horizon { get; init; } = 1;

        /// <summary>Evenly spaced values k that an action may take, which makes the game tabular; absent: any number of the box.</summary>
        [Range(2, 1001)]
        public int? Discretize { get; init; }

        /// <summary>With discretize, what the seats see: the number of the state (the default), a one-hot vector of it, or the features; else the features.</summary>
        public ObservationForm? Observation { get; init; }

        /// <inheritdoc/>
        public void Validate(string path, FaultList faults)
        {
            ArgumentNullException.ThrowIfNull(faults);
            CheckObservation(Observation, Discretize, path, faults);
            if (Discretize is { } k) ActionGrid.CheckRows($"{path}.discretize", k, k, Players, 1, faults);
        }
    }

    /// <inheritdoc/>
    private protected override ImmutableArray<string> Players { get; }

    /// <inheritdoc/>
    private protected override int Horizon => _options.Horizon;

    /// <inheritdoc/>
    private protected override ActionGrid? Grid { get; }

    /// <inheritdoc/>
    private protected override ObservationForm? Observation => _options.Observation;

    /// <inheritdoc/>
    private protected override ImmutableArray<string> FeatureLabels => ["constant"];

    /// <inheritdoc/>
    public override Drawing Draw(in World world)
    {
        var drawing = new DrawingBuilder().Title("Differential game").Caption($"time {world.Time} of {_options.Horizon}");
        double[] actions = new double[Players.Length];
        bool acted = world.Time > 0;
        for (int p = 0; p < actions.Length && acted; p++) actions[p] = Played(world, p)[0];
        if (acted)
            drawing.Caption("played " + string.Join(", ", Players.Select((player, p) => $"{player} {Drawing.Number(actions[p])}")))
                .Caption($"reward {Drawing.Number(world.PaidReward(0))}");
        if (actions.Length > 2) drawing.Caption(acted ? "the plane of two players, where the others play as they did" : "the plane of two players, where the others play 0");
        return drawing
            .HeatMap(
                new Axis(Players[0], -DifferentialHills.Bound, DifferentialHills.Bound), new Axis(Players[1], -DifferentialHills.Bound, DifferentialHills.Bound),
                DrawnCells, (a, b) => _hills.Reward([a, b, .. actions.AsSpan(2)]), acted ? (actions[0], actions[1]) : null)
            .Build();
    }

    /// <inheritdoc/>
    private protected override Core.Environment CreateSimulator() => new DifferentialSimulator(_hills, Players, _options.Horizon);

    /// <inheritdoc/>
    private protected override void WriteFeatures(int state, Span<float> features) => features[0] = 0;

    /// <inheritdoc/>
    private protected override void Rewards(int state, ImmutableArray<double>[] points, Span<double> rewards) =>
        rewards.Fill(_hills.Reward([.. points.Select(point => point[0])]));
}
