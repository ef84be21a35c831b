using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;
using Xunit.Abstractions;

namespace VsgGym.Solvers.Tests;

/// <summary>ROMMEO-Q against the published climbing curves, its closed forms by hand, and games of other shapes.</summary>
public sealed class RommeoQTests(ITestOutputHelper output)
{
    private static readonly int[] Marks = [10, 30, 40, 50, 60, 100, 300];
    private static readonly StochasticGame Climbing = NormalForm.Create(NormalForm.Climbing, NormalForm.Climbing);

    // Tian et al. 2019, Fig. 1b: 100 trials of the climbing game, read off the curve.
    [Fact]
    public void Climbing_OverHundredSeeds_FollowsThePublishedCurve()
    {
        double[] curve = Curve(new RommeoQ.Options());
        double[] published = [.11, .09, .11, .66, .94, .97, .98];
        output.WriteLine($"ROMMEO-Q P(A,A) at {string.Join("/", Marks)}: {string.Join(" ", curve.Select(p => $"{p:F3}"))}");
        Assert.True(curve[^1] >= .96, $"P(A,A) at episode 300 is {curve[^1]}");
        for (int k = 0; k < Marks.Length; k++) Assert.InRange(curve[k], published[k] - .1, published[k] + .1);
    }

    [Fact]
    public void Climbing_WithTheEmpiricalModel_StaysBelowOneFifth()
    {
        double[] curve = Curve(new RommeoQ.Options { RhoMode = RhoMode.Empirical });
        double[] published = [.11, .10, .11, .13, .12, .12, .12];
        output.WriteLine($"ROMMEO-Q-EMP P(A,A) at {string.Join("/", Marks)}: {string.Join(" ", curve.Select(p => $"{p:F3}"))}");
        Assert.True(curve[^1] < .2, $"P(A,A) at episode 300 is {curve[^1]}");
        for (int k = 0; k < Marks.Length; k++) Assert.InRange(curve[k], published[k] - .08, published[k] + .08);
    }

    [Fact]
    public void Climbing_WithoutTheHotPhase_MostlyMissesTheOptimum()
    {
        double[] curve = Curve(new RommeoQ.Options { Temperature = Schedule.Constant(1) }, seeds: 1000);
        output.WriteLine($"temperature 1, P(A,A): {string.Join(" ", curve.Select(p => $"{p:F3}"))}");
        Assert.InRange(curve[^1], .15, .25);
    }

    [Fact]
    public void Kernels_OnTwoByTwo_GiveTheHandComputedNumbers()
    {
        // Q[o, a] = log of ((1, 3), (4, 12)), alpha = 1, P = (1/2, 1/2): the inner sums are 4 and 16.
        double[] q = [0, Math.Log(3), Math.Log(4), Math.Log(12)], prior = [.5, .5], scratch = new double[2], rho = new double[2], policy = new double[2];
        Assert.Equal(Math.Log(10), RommeoKernels.Value(q, prior, 1, scratch, rho), 12);
        RommeoKernels.OpponentModel(q, prior, 1, scratch, rho);
        Assert.Equal([.2, .8], rho.Select(p => Math.Round(p, 12)));
        RommeoKernels.ConditionalPolicy(q.AsSpan(0, 2), 1, policy);
        Assert.Equal([.25, .75], policy.Select(p => Math.Round(p, 12)));

        // alpha = 2: the inner sums are (1 + sqrt 3)^2 and (2 + 2 sqrt 3)^2, one fourth and four fourths.
        RommeoKernels.OpponentModel(q, prior, 2, scratch, rho);
        Assert.Equal([.2, .8], rho.Select(p => Math.Round(p, 12)));
        RommeoKernels.MarginalPolicy(q, rho, 2, scratch, policy);
        Assert.Equal(1 / (1 + Math.Sqrt(3)), policy[0], 12);
    }

    [Fact]
    public void Kernels_AtExtremeTemperatures_StayFinite()
    {
        double[] q = [-1e300, 5, 7, double.NegativeInfinity], prior = [.3, .7], scratch = new double[2], rho = new double[2], policy = new double[2];
        foreach (double temperature in (double[])[1e-300, 1e-3, 1, 1e6])
        {
            RommeoKernels.OpponentModel(q, prior, temperature, scratch, rho);
            RommeoKernels.MarginalPolicy(q, rho, temperature, scratch, policy);
            Assert.True(Simplex.IsDistribution(rho) && Simplex.IsDistribution(policy));
            Assert.True(double.IsFinite(RommeoKernels.Value(q, prior, temperature, scratch, rho)));
        }

        RommeoKernels.OpponentModel(q, prior, 1e-300, scratch, rho);
        Assert.Equal(.7 * Math.E * Math.E / ((.7 * Math.E * Math.E) + .3), rho[1], 12); // P(o) exp(max Q)
    }

    [Fact]
    public void ValueUnderPrior_OnTwoByTwo_IsTheMeanOfTheInnerSums()
    {
        // As above the inner sums are 4 and 16; the mean of their logarithms is log 8.
        double[] q = [0, Math.Log(3), Math.Log(4), Math.Log(12)], scratch = new double[2];
        Assert.Equal(Math.Log(8), RommeoKernels.ValueUnderPrior(q, [.5, .5], 1, scratch), 12);
        Assert.Equal(Math.Log(16), RommeoKernels.ValueUnderPrior(q, [0, 1], 1, scratch), 12);
        Assert.Equal(2 * Math.Log(1 + Math.Sqrt(3)), RommeoKernels.ValueUnderPrior(q, [1, 0], 2, scratch), 12);
    }

    [Theory]
    [InlineData(RhoMode.Rommeo)]
    [InlineData(RhoMode.Empirical)]
    public void Values_OfALearnedMatrix_AreThoseOfTheMode(RhoMode mode)
    {
        // player_0 has one action and is paid 0 or log 3 by what player_1 does; with full steps Q is that payment.
        var game = NormalForm.Create(new double[,] { { 0, Math.Log(3) } }, new double[,] { { 0, 0 } });
        var options = new RommeoQ.Options { Temperature = Schedule.Constant(1), LearningRate = Schedule.Constant(1), Episodes = 50, RhoMode = mode };
        var solution = NormalForm.Run(new RommeoQ(game, options, RandomStream.Create(4))).Solution;
        double rho = solution.OpponentModels[0].Data[1];
        double prior = mode == RhoMode.Empirical ? rho : rho / (3 - (2 * rho)); // (11): rho = 3 P / (1 - P + 3 P)
        Assert.Equal(Math.Round(50 * prior), 50 * prior, 10);
        Assert.InRange(prior, .02, .98);
        double value = mode == RhoMode.Empirical ? prior * Math.Log(3) : Math.Log(1 + (2 * prior));
        Assert.Equal(value, solution.Values[0].Data[0], 12);
    }

    [Theory]
    [InlineData(RhoMode.Rommeo)]
    [InlineData(RhoMode.Empirical)]
    public void Step_OfTwoStates_MovesQTowardRewardAndNextValue(RhoMode mode)
    {
        // In state 0 each player has one legal action, so its value is Q itself; state 1 is a full two by two game.
        var builder = new StochasticGameBuilder(["player_0", "player_1"], 2, [2, 2]).Forbid(0, 0, 1).Forbid(1, 0, 1)
            .SetReward(0, 0, 0, 2).SetReward(1, 0, 0, -3).AddTransition(0, 0, 1, 1);
        var options = new RommeoQ.Options { Temperature = Schedule.Constant(1), LearningRate = Schedule.Constant(.25), RhoMode = mode, MaxSteps = 1 };
        var solver = new RommeoQ(builder.BuildDiscounted(.8), options, RandomStream.Create(6));
        var before = solver.ReadSolution().Values;
        double residual = solver.Step(CancellationToken.None).Residual;
        var after = solver.ReadSolution().Values;
        double[] rewards = [2, -3], changes = new double[2];
        for (int p = 0; p < 2; p++)
        {
            double q = before[p].Data[0], next = before[p].Data[1];
            changes[p] = .25 * (rewards[p] + (.8 * next) - q);
            Assert.Equal(q + changes[p], after[p].Data[0], 12);
            Assert.Equal(next, after[p].Data[1]); // the episode ended before state 1 was played
        }

        Assert.Equal(changes.Max(Math.Abs), residual, 12);
    }

    [Fact]
    public void Step_AtTheHorizon_AddsTheTerminalRewardToTheTarget()
    {
        var game = new StochasticGameBuilder(["player_0"], 2, [1]).SetReward(0, 0, 0, 2).AddTransition(0, 0, 1, 1)
            .SetTerminalReward(0, 0, 100).SetTerminalReward(0, 1, 7).BuildFiniteHorizon(1);
        var options = new RommeoQ.Options { Temperature = Schedule.Constant(1), LearningRate = Schedule.Constant(.5) };
        var solver = new RommeoQ(game, options, RandomStream.Create(6));
        double q = solver.ReadSolution().Values[0].Data[0];
        solver.Step(CancellationToken.None);
        Assert.Equal((.5 * q) + (.5 * (2 + 7)), solver.ReadSolution().Values[0].Data[0], 12);
        var metrics = new double[solver.MetricNames.Count];
        solver.ReadMetrics(metrics);
        Assert.Equal(9, metrics[0]);
    }

    [Fact]
    public void Diverging_KeepsTheLastFiniteAnswer()
    {
        // V grows toward 1e308 / (1 - 0.9), which no number holds.
        var game = new StochasticGameBuilder(["player_0"], 1, [2]).SetReward(0, 0, 0, 1e308).SetReward(0, 0, 1, 1e308).AddTransition(0, 0, 0, 1).AddTransition(0, 1, 0, 1).BuildDiscounted(.9);
        var outcome = NormalForm.Run(new RommeoQ(game, new RommeoQ.Options { LearningRate = Schedule.Constant(1) }, RandomStream.Create(0)));
        Assert.Equal((SolveStatus.Diverged, "diverged"), (outcome.Status, outcome.StopReason));
        Assert.True(outcome.Solution.Values[0].Data[0] is >= 1e308 and <= double.MaxValue);
    }

    [Theory]
    [InlineData(RhoMode.Rommeo)]
    [InlineData(RhoMode.Empirical)]
    public void Step_AllocatesNothing(RhoMode mode) => Allocation.Check(new RommeoQ(
        RandomGames.Create(new RandomGameShape(3, 4, 3, 5, IllegalActions: true), 1), new RommeoQ.Options { PriorWindow = 5, RhoMode = mode }, RandomStream.Create(0)));

    [Fact]
    public void LongEpisodes_AreRefused()
    {
        StochasticGame Of(int horizon) => new StochasticGameBuilder(["player_0"], 1, [1]).BuildFiniteHorizon(horizon);
        Assert.Equal(300, new RommeoQ(Of(100_000), new RommeoQ.Options(), RandomStream.Create(0)).Limit.Iterations);
        var error = Assert.Throws<VsgGymException>(() => new RommeoQ(Of(100_001), new RommeoQ.Options(), RandomStream.Create(0)));
        Assert.Equal((ErrorKind.ResourceExhausted, "horizon", "over_limit"), (error.Kind, error.Faults[0].Path, error.Faults[0].Reason));
    }

    [Fact]
    public void Step_AfterOneEpisode_HasTheObservedPriorAndQ()
    {
        var solver = new RommeoQ(Climbing, new RommeoQ.Options { Temperature = Schedule.Constant(1), RhoMode = RhoMode.Empirical }, RandomStream.Create(3));
        var metrics = new double[solver.MetricNames.Count];
        solver.Step(CancellationToken.None);
        solver.ReadMetrics(metrics);
        var models = solver.ReadSolution().OpponentModels;
        int column = Array.IndexOf(models[0].Data, 1.0), row = Array.IndexOf(models[1].Data, 1.0);
        Assert.Equal(NormalForm.Climbing[row, column], metrics[0]);
        Assert.Equal([1, 3], models[0].Shape.ToArray());
    }

    [Fact]
    public void PriorWindow_OfOne_SeesOnlyTheLastVisit()
    {
        var options = new RommeoQ.Options { Temperature = Schedule.Constant(50), RhoMode = RhoMode.Empirical, PriorWindow = 1, Episodes = 40 };
        var solver = new RommeoQ(Climbing, options, RandomStream.Create(1));
        var seen = new HashSet<int>();
        for (int k = 0; k < 40; k++)
        {
            solver.Step(CancellationToken.None);
            double[] model = solver.ReadSolution().OpponentModels[0].Data;
            Assert.Equal([0, 0, 1], model.Order());
            seen.Add(Array.IndexOf(model, 1.0));
        }

        Assert.Equal(3, seen.Count);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, 4)]
    [InlineData(3, 3)]
    [InlineData(3, null)]
    public void AnyTable_WithIllegalActions_GivesASoundSolution(int players, int? horizon)
    {
        var game = RandomGames.Create(new RandomGameShape(players, 4, 3, horizon, IllegalActions: true), 5);
        var outcome = NormalForm.Run(new RommeoQ(game, new RommeoQ.Options { Episodes = 50, MaxSteps = 30 }, RandomStream.Create(0)));
        Assert.Equal(("episodes", 50L), (outcome.StopReason, outcome.Iterations));
        for (int p = 0; p < players; p++)
        {
            Assert.Equal([4, .. game.ActionCounts.RemoveAt(p)], outcome.Solution.OpponentModels[p].Shape.ToArray());
            Assert.All(outcome.Solution.Values[p].Data, value => Assert.True(double.IsFinite(value)));
        }
    }

    [Fact]
    public void OnePlayer_WithAFullStep_LearnsItsSoftValue()
    {
        // One state, one player, rewards 1 and 0, discount 1/2: V = log(e^(1 + V/2) + e^(V/2)) = 2 log(1 + e).
        var builder = new StochasticGameBuilder(["player_0"], 1, [2]).SetReward(0, 0, 0, 1).AddTransition(0, 0, 0, 1).AddTransition(0, 1, 0, 1);
        var options = new RommeoQ.Options { Temperature = Schedule.Constant(1), LearningRate = Schedule.Constant(1), Episodes = 1, MaxSteps = 500 };
        var outcome = NormalForm.Run(new RommeoQ(builder.BuildDiscounted(.5), options, RandomStream.Create(2)));
        Assert.Equal(2 * Math.Log(1 + Math.E), outcome.Solution.Values[0].Data[0], 10);
    }

    [Fact]
    public void SameSeed_GivesTheSameBits()
    {
        double[] Learned(ulong seed) => NormalForm.Run(new RommeoQ(Climbing, new RommeoQ.Options(), RandomStream.Create(seed))).Solution.Policies[0].Probabilities.ToArray();
        Assert.Equal(Learned(7), Learned(7));
        Assert.NotEqual(Learned(7), Learned(8));
    }

    [Fact]
    public void Schedules_OutOfRange_AreReportedTogether()
    {
        var options = new RommeoQ.Options { Temperature = Schedule.Linear(1, -1, 10), LearningRate = Schedule.Constant(2) };
        var error = Assert.Throws<VsgGymException>(() => new RommeoQ(Climbing, options, RandomStream.Create(0)));
        Assert.Equal(["options.temperature", "options.learning_rate"], error.Faults.Select(fault => fault.Path));
    }

    [Fact]
    public void Theorem3_NeedsASymmetricGameWithOneOptimum()
    {
        Bound Of(StochasticGame game, RhoMode mode = RhoMode.Rommeo) =>
            new RommeoQ(game, new RommeoQ.Options { RhoMode = mode }, RandomStream.Create(0)).ReadBounds()["rommeo_theorem_3"];
        // The printed payoffs are not symmetric in (B, C) and (C, B): 6 against 0.
        Assert.False(Of(Climbing).PremiseHolds);
        Assert.Equal(1, Of(Climbing).Measured);
        double[,] symmetric = { { 11, -30, 0 }, { -30, 7, 6 }, { 0, 6, 5 } }, tied = { { 1, 0 }, { 0, 1 } }, pennies = { { 1, -1 }, { -1, 1 } }, minus = { { -1, 1 }, { 1, -1 } };
        Assert.True(Of(NormalForm.Create(symmetric, symmetric)).PremiseHolds);
        Assert.False(Of(NormalForm.Create(symmetric, symmetric), RhoMode.Empirical).PremiseHolds);
        Assert.Equal(2, Of(NormalForm.Create(tied, tied)).Measured);
        Assert.Equal(0, Of(NormalForm.Create(pennies, minus)).Measured);
        Assert.False(Of(NormalForm.Create(tied, tied, .9)).PremiseHolds);
    }

    private static double[] Curve(RommeoQ.Options options, int seeds = 100)
    {
        var mean = new double[Marks.Length];
        for (ulong seed = 0; seed < (ulong)seeds; seed++)
        {
            var solver = new RommeoQ(Climbing, options, RandomStream.Create(seed));
            int first = solver.MetricNames.ToList().IndexOf("policy.player_0.A"), second = solver.MetricNames.ToList().IndexOf("policy.player_1.A");
            var metrics = new double[solver.MetricNames.Count];
            for (int episode = 1; episode <= Marks[^1]; episode++)
            {
                solver.Step(CancellationToken.None);
                int mark = Array.IndexOf(Marks, episode);
                if (mark < 0) continue;
                solver.ReadMetrics(metrics);
                mean[mark] += metrics[first] * metrics[second] / seeds;
            }
        }

        return mean;
    }

    [Fact]
    public void WarmStart_TakesOverPoliciesModelsAndValues()
    {
        var game = NormalForm.Create(NormalForm.Climbing, NormalForm.Climbing);
        var earlier = NormalForm.Run(new RommeoQ(game, new RommeoQ.Options(), RandomStream.Create(1))).Solution;
        var solver = new RommeoQ(game, new RommeoQ.Options { Temperature = Schedule.Constant(.1), Episodes = 50 }, RandomStream.Create(2));
        solver.Start(earlier);
        Assert.Equal(earlier.Policies[0].Probabilities.ToArray(), solver.ReadSolution().Policies[0].Probabilities.ToArray());
        Assert.Equal(earlier.OpponentModels[1].Data, solver.ReadSolution().OpponentModels[1].Data);
        // In a one-shot game Q is the payoff, so no update changes anything.
        Assert.Equal(0, NormalForm.Run(solver).LastResidual);
    }

    [Theory]
    [InlineData(RhoMode.Rommeo, 0)]
    [InlineData(RhoMode.Rommeo, 3)]
    [InlineData(RhoMode.Empirical, 0)]
    public void Play_OnTwentyRandomGames_IsThatOfPlainLoops(RhoMode mode, int window)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(1 + (int)(seed % 3), 3, 3, seed % 2 == 0 ? 4 : null, Discount: .7, IllegalActions: seed % 4 >= 2), seed);
            Schedule temperature = Schedule.Linear(2, .5, 20), rate = Schedule.Linear(.9, .3, 30);
            var options = new RommeoQ.Options { Temperature = temperature, LearningRate = rate, RhoMode = mode, PriorWindow = window, Episodes = 25, MaxSteps = 6 };
            var solution = NormalForm.Run(new RommeoQ(game, options, RandomStream.Create(seed))).Solution;
            var slow = new SlowRommeo(game, seed, mode == RhoMode.Empirical, window);
            slow.Run(25, 6, k => Math.Max(.3, .9 - (.6 * k / 30)), k => Math.Max(.5, 2 - (1.5 * k / 20)));
            for (int p = 0; p < game.PlayerCount; p++)
                for (int s = 0; s < 3; s++)
                {
                    Assert.Equal(slow.Value(p, s), solution.Values[p].Data[s], 1e-9);
                    Assert.Equal(slow.Policy(p, s), solution.Policies[p].Row(0, s).ToArray(), (x, y) => Math.Abs(x - y) < 1e-9);
                    double[] model = [.. slow.Model(p, s).Where((_, joint) => game.ActionOf(p, joint) == 0)];
                    Assert.Equal(model, solution.OpponentModels[p].Data.AsSpan(s * model.Length, model.Length).ToArray(), (x, y) => Math.Abs(x - y) < 1e-9);
                }
        }
    }

    [Fact]
    public void Start_AtTheGamesBestEquilibrium_StaysThere()
    {
        // Both play A and expect A: the prior stays at A, rho with it, and a cold answer to A is A. Values are those of 11 once.
        var earlier = new Solution { Policies = new PolicyProfile(Climbing, new TabularPolicy([1, 0, 0], 1, 1, 3), new TabularPolicy([1, 0, 0], 1, 1, 3)) };
        foreach (var mode in Enum.GetValues<RhoMode>())
        {
            var solver = new RommeoQ(Climbing, new RommeoQ.Options { Temperature = Schedule.Constant(.1), RhoMode = mode }, RandomStream.Create(2));
            solver.Start(earlier);
            for (int k = 0; k < 50; k++) Assert.Equal(0, solver.Step(CancellationToken.None).Residual);
            Assert.All(solver.ReadSolution().Policies.Policies, policy => Assert.Equal(1, policy.Row(0, 0)[0], 12));
            Assert.All(solver.ReadSolution().OpponentModels, model => Assert.Equal([1, 0, 0], model.Data));
            Assert.All(solver.ReadSolution().Values, values => Assert.Equal(11, values.Data[0], 12));
        }
    }

    [Fact]
    public void ColdTemperature_GivesTheHardChoice()
    {
        // One player learns the optimal values, and plays what is best alone: V = 1 / (1 - 1/2) for ever at reward 1.
        var game = new StochasticGameBuilder(["player_0"], 1, [2]).SetReward(0, 0, 0, 1).AddTransition(0, 0, 0, 1).AddTransition(0, 1, 0, 1).BuildDiscounted(.5);
        var options = new RommeoQ.Options { Temperature = Schedule.Constant(1e-9), LearningRate = Schedule.Constant(1), Episodes = 20, MaxSteps = 100 };
        var solution = NormalForm.Run(new RommeoQ(game, options, RandomStream.Create(5))).Solution;
        Assert.Equal([1, 0], solution.Policies[0].Row(0, 0).ToArray());
        Assert.Equal(2, solution.Values[0].Data[0], 1e-8);
    }
}
