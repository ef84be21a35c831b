using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers.Tests;

/// <summary>The game of one state where payoffs nearly tie or span many decades, so that rounding tempts its linear program to find no point.</summary>
public sealed class CorrelatedStageTests
{
    // The row player's second action is better by 1e-9, beside which nothing but (second, first) is an equilibrium: phase 1 has to see a gain of 1e-9.
    private static readonly double[] Row = [0, 1 + 1e-9, 1 + 1e-9, 1 + 2e-9], Column = [0, 2 + 2e-9, 1, 2e-9];

    // One of the six in forty thousand random games that still need a gain of 1e-10; 2x2x2, player by player.
    private static readonly double[] Loose =
    [
        -2e-07, 1e-07, 2.0000001, -1e-07, -1e-07, 1.9999999, 2, 2,
        2, 0.9999998, 1.0000002, 0.9999999, 1.0000002, 1.0000001, 0.9999998, 2.0000001,
        2.0000001, 0.9999998, 0.9999999, 1.9999999, -1e-07, 1.9999998, 2.0000002, 0,
    ];

    private enum Payoffs
    {
        Even,
        Tiny, // 1e-9
        Huge, // 1e12
        Mixed, // sizes from 1e-12 to 1e12
        Tied, // 0, 1 or 2
        NearlyTied, // 0, 1 or 2, and up to twice one of 1e-12 to 1e-7 above or below
        ByPlayer, // a player's are a million times smaller than those of the one before
    }

    [Theory]
    [InlineData(CorrelatedObjective.Utilitarian)]
    [InlineData(CorrelatedObjective.Egalitarian)]
    [InlineData(CorrelatedObjective.Republican)]
    [InlineData(CorrelatedObjective.Libertarian)]
    public void GameWithOneEquilibriumByABillionth_IsSolvedWithoutSlack(CorrelatedObjective objective)
    {
        var stage = new CorrelatedStage(NormalForm.Create(new double[2, 2], new double[2, 2]));
        var joint = new double[4];
        Assert.True(stage.Solve(0, [.. Row, .. Column], objective, joint, CancellationToken.None));
        Assert.Equal(0, stage.Slack);
        Assert.Equal([0, 0, 1, 0], joint.Select(probability => Math.Round(probability, 8)));
    }

    // Every game has a Nash equilibrium and so a point. Gains are told in parts of the range of all payoffs.
    [Theory]
    [InlineData("2x2")]
    [InlineData("2x3")]
    [InlineData("3x3")]
    [InlineData("2x2x2")]
    public void RandomGamesOfEveryScale_AreSolved_NoWorseThanTheirPureEquilibria(string shape)
    {
        int[] counts = [.. shape.Split('x').Select(int.Parse)];
        var game = Table(counts);
        var stage = new CorrelatedStage(game);
        var random = RandomStream.Create(5);
        var joint = new double[game.JointActionCount];
        int loosened = 0, known = 0;
        for (int trial = 0; trial < 2000; trial++)
        {
            var kind = (Payoffs)(trial % 7);
            var objective = (CorrelatedObjective)random.NextInt32(4);
            double[][] payoffs = Draw(counts.Length, joint.Length, kind, ref random);
            double range = payoffs.Max(own => own.Max()) - payoffs.Min(own => own.Min());
            Assert.True(stage.Solve(0, [.. payoffs.SelectMany(own => own)], objective, joint, CancellationToken.None));
            Assert.InRange(stage.Slack, 0, 1e-10);
            loosened += stage.Slack > 0 ? 1 : 0;
            if (objective == CorrelatedObjective.Libertarian) continue; // their parts together are no equilibrium in general
            var reference = new CorrelatedReference(game, 0, payoffs);
            string where = $"{shape} {trial} {kind} {objective}";
            Assert.True(reference.Violation(joint) <= 3e-10 * range, $"{where}: {reference.Violation(joint) / range}");
            foreach (double[] pure in Enumerable.Range(0, joint.Length).Select(a => Enumerable.Range(0, joint.Length).Select(b => a == b ? 1.0 : 0).ToArray()))
            {
                if (reference.Violation(pure) > 0) continue;
                known++;
                double lack = Score(objective, reference.Values(pure)) - Score(objective, stage.Values.ToArray());
                Assert.True(lack <= 1e-9 * range, $"{where}: {lack / range} below a pure equilibrium");
            }
        }

        Assert.InRange(loosened, 0, 2);
        Assert.True(known > 1000, $"{known}");
    }

    [Fact]
    public void GameWithoutAPointToRounding_IsSolvedWithLooserConstraints_ForgottenByTheNextSolve()
    {
        var game = Table([2, 2, 2]);
        var stage = new CorrelatedStage(game);
        double[] joint = new double[8], before = new double[8], after = new double[8];
        double[] other = [.. Enumerable.Range(0, 24).Select(k => (double)(k * k % 7))];
        stage.Solve(0, other, CorrelatedObjective.Egalitarian, before, CancellationToken.None);
        Assert.True(stage.Solve(0, Loose, CorrelatedObjective.Egalitarian, joint, CancellationToken.None));
        Assert.Equal(1e-10, stage.Slack);
        Assert.Equal(1, joint.Sum(), 1e-14);
        Assert.InRange(new CorrelatedReference(game, 0, [Loose[..8], Loose[8..16], Loose[16..]]).Violation(joint), 0, 5e-10);
        stage.Solve(0, other, CorrelatedObjective.Egalitarian, after, CancellationToken.None);
        Assert.Equal(0, stage.Slack);
        Assert.Equal(before, after);
    }

    [Fact]
    public void CancelledSolve_LeavesTheAnswerAlone()
    {
        var stage = new CorrelatedStage(NormalForm.Create(new double[2, 2], new double[2, 2]));
        double[] joint = [.1, .2, .3, .4];
        Assert.Throws<OperationCanceledException>(() => stage.Solve(0, [.. Row, .. Column], CorrelatedObjective.Utilitarian, joint, new CancellationToken(canceled: true)));
        Assert.Equal([.1, .2, .3, .4], joint);
    }

    private static StochasticGame Table(int[] counts) =>
        new StochasticGameBuilder([.. counts.Select((_, p) => $"player_{p}")], 1, counts).BuildFiniteHorizon(1);

    private static double Score(CorrelatedObjective objective, double[] values) => objective switch
    {
        CorrelatedObjective.Utilitarian => values.Sum(),
        CorrelatedObjective.Egalitarian => values.Min(),
        _ => values.Max(),
    };

    private static double[][] Draw(int players, int joint, Payoffs kind, ref RandomStream random)
    {
        var payoffs = new double[players][];
        for (int p = 0; p < players; p++)
        {
            payoffs[p] = new double[joint];
            for (int a = 0; a < joint; a++)
            {
                double even = random.NextDouble() - .5;
                payoffs[p][a] = kind switch
                {
                    Payoffs.Tiny => even * 1e-9,
                    Payoffs.Huge => even * 1e12,
                    Payoffs.Mixed => even * Math.Pow(10, random.NextInt32(25) - 12),
                    Payoffs.Tied => random.NextInt32(3),
                    Payoffs.NearlyTied => random.NextInt32(3) + (Math.Pow(10, random.NextInt32(6) - 12) * (random.NextInt32(5) - 2)),
                    Payoffs.ByPlayer => even * Math.Pow(10, -6 * p),
                    _ => even,
                };
            }
        }

        return payoffs;
    }
}
