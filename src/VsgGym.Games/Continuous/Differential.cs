using System.ComponentModel.DataAnnotations;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>The differential game, or Max of Two Quadratics: a wide low hill draws two gradient learners away from the narrow high one.</summary>
/// <remarks>
/// <para>Story: both players move on a line; their shared reward is the maximum of two hills over the plane, one around (-5, -5) of
/// height 0 and one around (5, 5) of height 10.</para>
/// <para>Players: player_0 and player_1.</para>
/// <para>Observation: the constant 0, a box [-1, 1]^1.</para>
/// <para>Actions: a box [-10, 10]^1 each.</para>
/// <para>Rewards: both get max(f1, f2) with f2 = 10 - (a1 - 5)^2 - (a2 - 5)^2 and f1 as the option `payoff` says; in [-40, 10] (paper) or
/// [-200/3, 10] (code).</para>
/// <para>End: after `horizon` decisions, terminated.</para>
/// <para>Options: payoff, horizon.</para>
/// <para>Unknown: which f1 the papers ran; the figure of rommeo matches its authors' program, so both forms are here and the printed one
/// is the default.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("differential-v0")]
[Source("wei2018")]
[Source("rommeo", "section 5.2")]
public sealed class Differential(Differential.Options options) : Game
{
    private const float Bound = 10f;
    private const int DrawnCells = 21;

    /// <summary>What can be set.</summary>
    public sealed record Options
    {
        /// <summary>Which form of the hill around (-5, -5): as printed in the paper, or as in its authors' code.</summary>
        public DifferentialPayoff Payoff { get; init; } = DifferentialPayoff.Paper;

        /// <summary>Number of decisions T; every one pays.</summary>
        [Range(1, 10000)]
        public int Horizon { get; init; } = 1;
    }

    /// <inheritdoc/>
    public override Core.Environment CreateEnvironment() => new Simulator(options);

    /// <inheritdoc/>
    public override Drawing Draw(in World world)
    {
        (double, double)? point = null;
        var drawing = new DrawingBuilder().Title("Differential game").Caption($"time {world.Time} of {options.Horizon}");
        if (world.Time > 0)
        {
            double first = world.BoxAction(0)[0], second = world.BoxAction(1)[0];
            drawing.Caption($"played player_0 {Drawing.Number(first)}, player_1 {Drawing.Number(second)}").Caption($"reward {Drawing.Number(world.PaidReward(0))}");
            point = (first, second);
        }

        return drawing
            .HeatMap(new Axis("player_0", -Bound, Bound), new Axis("player_1", -Bound, Bound), DrawnCells, (a, b) => Reward(options.Payoff, a, b), point)
            .Build();
    }

    /// <summary>The shared reward of a joint action.</summary>
    /// <param name="payoff">Which form of f1.</param>
    /// <param name="first">Action of player_0, in [-10, 10].</param>
    /// <param name="second">Action of player_1, in [-10, 10].</param>
    internal static double Reward(DifferentialPayoff payoff, double first, double second)
    {
        double width = payoff == DifferentialPayoff.Paper ? 9 : 3;
        double low = 0.8 * (-Square(first + 5) - Square(second + 5)) / width;
        double high = 10 - Square(first - 5) - Square(second - 5);
        return Math.Max(low, high);
    }

    private static double Square(double x) => x * x;

    private sealed class Simulator(Options options) : Core.Environment(Describe(options), stateSize: 0)
    {
        protected override void ResetCore(ref World world) => Observe(world);

        protected override void StepCore(ref World world)
        {
            double reward = Reward(options.Payoff, world.BoxAction(0)[0], world.BoxAction(1)[0]);
            world.Reward(0, reward);
            world.Reward(1, reward);
            Observe(world);
            if (world.Time + 1 >= options.Horizon) world.Terminate();
        }

        private static void Observe(World world)
        {
            world.BoxObservation(0)[0] = 0;
            world.BoxObservation(1)[0] = 0;
        }

        private static EnvironmentSpec Describe(Options options)
        {
            Space observation = new BoxSpace([-1f], [1f]), action = new BoxSpace([-Bound], [Bound]);
            return new EnvironmentSpec
            {
                Players = ["player_0", "player_1"],
                Observations = [observation, observation],
                Actions = [action, action],
                Horizon = options.Horizon,
                // f2 is the larger one inside a disc and f1 outside, and each falls away from its own top. As printed, the disc's rim passes
                // through (10, 10), the point farthest from both tops. With the code's f1, (10, -10) and (-10, 10) lie outside the disc
                // and farther from (-5, -5) than any point of its rim; the other points inside reach no lower than the rim or (10, 10).
                LowestReward = Math.Min(Reward(options.Payoff, Bound, Bound), Reward(options.Payoff, Bound, -Bound)),
                HighestReward = Reward(options.Payoff, 5, 5),
            };
        }
    }
}
