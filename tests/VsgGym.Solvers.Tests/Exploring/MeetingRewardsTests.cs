using VsgGym.Core;
using VsgGym.Games;

namespace VsgGym.Solvers.Tests;

/// <summary>What counts as a player's own reward and what as meetings, which the interaction weights multiply.</summary>
public sealed class MeetingRewardsTests
{
    // One place each, one decision; at weight 0 player 0 plays by own alone, at 1 by own and meeting. Row 0: 5 is the usual; row 1: all are as usual as each other, and the
    // largest, 3, is own; row 2: 4 is, whatever the first column says.
    [Fact]
    public void Own_IsTheMostFrequentPay_AndTheLargestOfEquallyFrequentOnes()
    {
        double[,] pays = { { 5, 2, 5 }, { 1, 2, 3 }, { 7, 4, 4 } };
        double[] own = [5, 3, 4], all = [4, 2, 5]; // all: the means, as player 1, who is paid nothing, plays each column alike
        var game = NormalForm.Create(pays, new double[3, 3]);
        foreach (double weight in (double[])[0, 1, .5])
        {
            var solver = new MgeFb(game, new MgeFb.Options { InteractionWeights = [1, weight] });
            solver.Step(CancellationToken.None);
            var policy = solver.ReadSolution().Policies[0].Row(0, 0);
            double[] wanted = [.. own.Select((pay, a) => Math.Exp(pay + (weight * (all[a] - pay))))];
            for (int a = 0; a < 3; a++) Assert.Equal(wanted[a] / wanted.Sum(), policy[a], 12);
        }
    }

    [Fact]
    public void InteractionWeights_MultiplyTheGamesOwn()
    {
        var weighted = NormalForm.Run(new MgeFb(new Driving(new Driving.Options { CarWeight = 1, PedestrianWeight = 1 }).Table, new MgeFb.Options { Damping = .5, InteractionWeights = [4, 4, 4, 8] })).Solution;
        var given = NormalForm.Run(new MgeFb(new Driving(new Driving.Options()).Table, new MgeFb.Options { Damping = .5 })).Solution;
        for (int p = 0; p < 4; p++) Near(given.Policies[p].Probabilities, weighted.Policies[p].Probabilities, 1e-9);
    }

    [Fact]
    public void InteractionWeights_MultiplyMeetingsOnTheWayAndAtTheEnd()
    {
        // mu_j multiplies what others lose where they meet j: player 0 at 3 and player 1 at 1/2 make player 0 lose half, and player 1 three times as much.
        (double First, double Second, double[] Weights)[] cases = [(2, 2, [2, 2]), (.5, 3, [3, .5]), (0, 0, [0, 0])];
        foreach (var (first, second, weights) in cases)
        {
            var expected = NormalForm.Run(new MgeFb(Ring(first, second), new MgeFb.Options { Damping = .5 })).Solution;
            var weighted = NormalForm.Run(new MgeFb(Ring(1, 1), new MgeFb.Options { Damping = .5, InteractionWeights = weights })).Solution;
            for (int p = 0; p < 2; p++)
            {
                Near(expected.Policies[p].Probabilities, weighted.Policies[p].Probabilities, 1e-9);
                Near(expected.Values[p].Data, weighted.Values[p].Data, 1e-9);
            }
        }
    }

    // Two players on three places each, who stay or move on, like some places, and lose something on a place of the same number, on the way and at the end.
    private static StochasticGame Ring(double first, double second)
    {
        var builder = new StochasticGameBuilder(["player_0", "player_1"], 9, [2, 2]);
        for (int s = 0; s < 9; s++)
        {
            int x = s / 3, y = s % 3, meet = x == y ? 1 : 0;
            for (int joint = 0; joint < 4; joint++)
                builder.SetReward(0, s, joint, (.3 * x) + (.2 * (joint / 2)) - (first * meet)).SetReward(1, s, joint, (.4 * y) - (.1 * (joint % 2)) - (second * meet))
                    .AddTransition(s, joint, ((x + (joint / 2)) % 3 * 3) + ((y + (joint % 2)) % 3), 1);
            builder.SetTerminalReward(0, s, (.7 * x) - (first * meet)).SetTerminalReward(1, s, (.2 * y) - (second * meet));
        }

        return builder.BuildFiniteHorizon(2);
    }

    private static void Near(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int k = 0; k < expected.Length; k++) Assert.Equal(expected[k], actual[k], tolerance);
    }
}
