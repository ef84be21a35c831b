using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>ROMMEO-Q step by step by hand and by plain loops, and on games of other shapes.</summary>
public sealed class RommeoQTests
{
    private static readonly StochasticGame Climbing = NormalForm.Create(NormalForm.Climbing, NormalForm.Climbing);

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
