using VsgGym.Core;
using VsgGym.Games;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>MCE against an independent program's scores, Gambit, a slow reference, MGE-F, and by hand.</summary>
public sealed class MceTests
{
    // 29.613 and 29.619 by an independent program for beta = 1 and T = 6; Etesami and Straehle 2020, Fig. 5, print 29.6 for both. Who gets
    // which, and the third decimal, hang on damping and rounding: where both want the middle, even chances are an unstable fixed point.
    [Theory]
    [InlineData(.5)]
    [InlineData(.1)]
    public void GridCrossing_Scores29613And29619(double damping)
    {
        var game = new GridCrossing(new GridCrossing.Options()).Table;
        Assert.Equal(6, game.Horizon);
        var solution = NormalForm.Run(new Mce(game, new Mce.Options { Damping = damping, Tolerance = 1e-9, MaxIterations = 5000 })).Solution;
        double[] scores = [.. new NashCertificate(game).Measure(solution.Policies, CancellationToken.None).Values.Order()];
        Assert.Equal(29.613, scores[0], .01);
        Assert.Equal(29.619, scores[1], .01);
    }

    [Fact]
    public void OneShot_AtGambitsLambda_IsTheLogitEquilibrium()
    {
        var game = NormalForm.Create(new double[,] { { 1, 1 }, { 0, 1 } }, new double[,] { { 1, 1 }, { 2, 1 } });
        var policies = NormalForm.Run(new Mce(game, new Mce.Options { InverseTemperature = 2, Damping = .5 })).Solution.Policies;
        Assert.Equal(.772677, policies[0].Probabilities[0], 1e-6);
        Assert.Equal(.611743, policies[1].Probabilities[0], 1e-6);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(null)]
    public void RandomGames_AgreeWithTheSlowReference(int? horizon)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(2 + (int)(seed % 2), 3, 3, horizon, .8, .5, seed % 4 >= 2), seed);
            double damping = seed % 3 == 0 ? 1 : .6;
            var outcome = NormalForm.Run(new Mce(game, new Mce.Options { InverseTemperature = 1.5, Damping = damping, Tolerance = 1e-11 }));
            Assert.Equal(SolveStatus.Converged, outcome.Status);
            var slow = new SlowReference(game);
            double[][,] expected = horizon is null
                ? slow.Policies(slow.SolveDiscounted("log_sum_exp", 1.5, damping, 1e-11, 10_000)!, 1.5)
                : slow.SolveHorizon("log_sum_exp", 1.5, damping, 1e-11, 10_000)!.Value.Policies[0];
            for (int p = 0; p < game.PlayerCount; p++)
                for (int s = 0; s < 3; s++)
                    for (int a = 0; a < game.ActionCounts[p]; a++) Assert.Equal(expected[p][s, a], outcome.Solution.Policies[p].Row(0, s)[a], 1e-9);
        }
    }

    [Fact]
    public void OnePlayer_IsSoftValueIteration()
    {
        // One state, rewards 1 and 0, terminal reward 2, T = 3: each step back adds log(1 + e).
        var game = new StochasticGameBuilder(["player_0"], 1, [2]).SetReward(0, 0, 0, 1).SetTerminalReward(0, 0, 2)
            .AddTransition(0, 0, 0, 1).AddTransition(0, 1, 0, 1).BuildFiniteHorizon(3);
        double step = Math.Log(1 + Math.E);
        double[] values = NormalForm.Run(new Mce(game, new Mce.Options())).Solution.Values[0].Data;
        double[] expected = [2 + (3 * step), 2 + (2 * step), 2 + step, 2];
        for (int t = 0; t < 4; t++) Assert.Equal(expected[t], values[t], 1e-9);
    }

    [Fact]
    public void Temperature_AtItsLimits_GivesUniformAndDominantPlay()
    {
        double[,] first = { { 3, 0 }, { 5, 1 } }, second = { { 3, 5 }, { 0, 1 } };
        double Defect(double beta) => NormalForm.Run(new Mce(NormalForm.Create(first, second), new Mce.Options { InverseTemperature = beta })).Solution.Policies[0].Probabilities[1];
        Assert.Equal(.5, Defect(1e-9), 1e-8);
        Assert.Equal(1, Defect(1e3), 1e-12);
    }

    [Fact]
    public void Step_AtAnEquilibrium_IsAFixedPoint()
    {
        double[,] pennies = { { 1, -1 }, { -1, 1 } }, minus = { { -1, 1 }, { 1, -1 } };
        Assert.Equal(new IterationReport(1, 0, IterationState.Converged), new Mce(NormalForm.Create(pennies, minus), new Mce.Options()).Step(CancellationToken.None));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(null)]
    public void Start_FromItsAnswer_EndsSoonAndThere(int? horizon)
    {
        var game = RandomGames.Create(new RandomGameShape(2, 4, 3, horizon, .9, 1), 3);
        var options = new Mce.Options { Damping = .6, Tolerance = 1e-8 };
        var cold = NormalForm.Run(new Mce(game, options));
        var again = new Mce(game, options);
        again.Start(cold.Solution);
        var warm = NormalForm.Run(again);
        Assert.InRange(warm.Iterations, 1, cold.Iterations / 2);
        for (int k = 0; k < cold.Solution.Values[0].Data.Length; k++) Assert.Equal(cold.Solution.Values[0].Data[k], warm.Solution.Values[0].Data[k], 1e-6);
    }

    [Fact]
    public void TwoThreads_GiveTheSameBits_AndAStepAllocatesNothing()
    {
        var game = new GridCrossing(new GridCrossing.Options()).Table;
        double[] Run(int threads) => NormalForm.Run(new Mce(game, new Mce.Options { Damping = .5, MaxIterations = 40 }, new WorkCrew(threads))).Solution.Policies[0].Probabilities.ToArray();
        Assert.Equal(Run(1), Run(2));
        Allocation.Check(new Mce(RandomGames.Create(new RandomGameShape(3, 4, 3, 5, IllegalActions: true), 1), new Mce.Options { Damping = .5 }));
    }

    [Fact]
    public void TwoSteps_OfTheDilemma_AreAsByHand() => DilemmaByHand.Check(
        game => new Mce(game, new Mce.Options { InverseTemperature = 2, Damping = .5 }),
        (cooperate, defect, _) => Math.Log(Math.Exp(2 * cooperate) + Math.Exp(2 * defect)) / 2);

    [Fact]
    public void RandomGames_HaveTheSlowReferencesPoliciesAndValuesAtEveryTime()
    {
        for (ulong seed = 20; seed < 40; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(2 + (int)(seed % 2), 3, 3, 3, RewardScale: .5, IllegalActions: seed % 4 >= 2), seed);
            var solution = NormalForm.Run(new Mce(game, new Mce.Options { InverseTemperature = 1.3, Damping = .7, Tolerance = 1e-12 })).Solution;
            var (policies, values) = new SlowReference(game).SolveHorizon("log_sum_exp", 1.3, .7, 1e-12, 10_000)!.Value;
            for (int t = 0; t < 3; t++)
                for (int p = 0; p < game.PlayerCount; p++)
                    for (int s = 0; s < 3; s++)
                    {
                        Assert.Equal(values[t][p][s], solution.Values[p].Data[(t * 3) + s], 1e-9);
                        for (int a = 0; a < game.ActionCounts[p]; a++) Assert.Equal(policies[t][p][s, a], solution.Policies[p].Row(t, s)[a], 1e-9);
                    }
        }
    }
}
