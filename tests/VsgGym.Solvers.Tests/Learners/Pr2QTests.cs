using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;
using Xunit.Abstractions;

namespace VsgGym.Solvers.Tests;

/// <summary>PR2-Q by hand, beside plain loops, and on the published climbing curve.</summary>
public sealed class Pr2QTests(ITestOutputHelper output)
{
    // Tian et al. 2019, Fig. 1, PR2-Q: P(A,A) .21 .22 .22 .22 .22 .22 .22 at episodes 10 to 300, reward 6.23 at 300 (digitised; 100 trials).
    [Fact]
    public void Climbing_OverHundredSeeds_FollowsThePublishedCurve()
    {
        var curve = ClimbingCurve.Of(seed => new Pr2Q(ClimbingCurve.Game, new Pr2Q.Options(), RandomStream.Create(seed)));
        output.WriteLine(curve.ToString());
        Assert.All(curve.Optimum, p => Assert.InRange(p, .12, .32));
        Assert.InRange(curve.Rewards[^1], 5.5, 7.5);
    }

    [Fact]
    public void Step_WeighsByTheAnswersToTheOwnAction()
    {
        // player_0 chooses among rewards 2 and 5, player_1 has one action. After n0 and n1 plays at full steps EV is 2 n0 / (n0 + 0.1) and 5 n1 / (n1 + 0.1).
        var game = NormalForm.Create(new double[,] { { 2 }, { 5 } }, new double[,] { { 0 }, { 0 } });
        var solver = new Pr2Q(game, new Pr2Q.Options { LearningRate = Schedule.Constant(1), Temperature = Schedule.Constant(3) }, RandomStream.Create(0));
        int[] plays = new int[2];
        var metrics = new double[solver.MetricNames.Count];
        for (int k = 0; k < 20; k++)
        {
            solver.Step(CancellationToken.None);
            solver.ReadMetrics(metrics);
            plays[metrics[0] == 5 ? 1 : 0]++;
            double first = Math.Exp(2 * plays[0] / (plays[0] + .1) / 3), second = Math.Exp(5 * plays[1] / (plays[1] + .1) / 3);
            Assert.Equal(first / (first + second), solver.ReadSolution().Policies[0].Row(0, 0)[0], 12);
            Assert.Equal(plays[0] / (k + 1.0), solver.ReadSolution().OpponentModels[1].Data[0], 12);
        }

        Assert.True(plays[0] > 0 && plays[1] > 0);
    }

    [Fact]
    public void Play_OnTwentyRandomGames_IsThatOfPlainLoops()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(1 + (int)(seed % 3), 3, 3, seed % 2 == 0 ? 4 : null, IllegalActions: true), seed);
            var options = new Pr2Q.Options { LearningRate = Schedule.Constant(.3), Temperature = Schedule.Constant(.7), Smoothing = .2, Episodes = 40, MaxSteps = 7 };
            var solution = NormalForm.Run(new Pr2Q(game, options, RandomStream.Create(seed))).Solution;
            var slow = new SlowJointLearner(game, seed, (counts, visits) => counts / (visits + .2), conditional: true);
            slow.Run(40, 7, .3, .7);
            for (int p = 0; p < game.PlayerCount; p++)
                for (int s = 0; s < 3; s++)
                    for (int a = 0; a < game.ActionCounts[p]; a++) Assert.Equal(slow.Policy(p, s)[a], solution.Policies[p].Row(0, s)[a], 9);
        }
    }

    [Fact]
    public void ColdTemperature_GivesTheHardChoice()
    {
        var options = new Pr2Q.Options { Temperature = Schedule.Constant(1e-6), Episodes = 200 };
        var solution = NormalForm.Run(new Pr2Q(ClimbingCurve.Game, options, RandomStream.Create(5))).Solution;
        Assert.All(solution.Policies.Policies, policy => Assert.Equal(1, policy.Row(0, 0).ToArray().Max()));
    }
}
