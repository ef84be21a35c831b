using System.Diagnostics;
using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>MGE-I against a slow reference, by hand, in its limits and at its bound.</summary>
public sealed class MgeITests
{
    private static readonly double[,] First = { { 3, 0 }, { 5, 1 } };
    private static readonly double[,] Second = { { 3, 5 }, { 0, 1 } };

    [Fact]
    public void RandomGames_AgreeWithTheSlowReference()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var shape = new RandomGameShape(2 + (int)(seed % 2), 3, 3, null, Discount: .8, RewardScale: .3, IllegalActions: seed % 4 >= 2);
            var game = RandomGames.Create(shape, seed + 100);
            double damping = seed % 3 == 0 ? 1 : .6;
            foreach (string kind in (string[])["expectation", "max", "log_sum_exp"])
            {
                var reference = new SlowReference(game);
                var q = reference.SolveDiscounted(kind, 1.5, damping, 1e-12, 20_000);
                Assert.NotNull(q);
                double[][,] policies = reference.Policies(q, 1.5);
                double[][] values = reference.Values(kind, q, 1.5);
                var options = new MgeI.Options { InverseTemperature = 1.5, Damping = damping, Tolerance = 1e-12, ValueOperator = MgeFTests.Operator(kind) };
                var outcome = NormalForm.Run(new MgeI(game, options));
                Assert.Equal(SolveStatus.Converged, outcome.Status);
                for (int p = 0; p < game.PlayerCount; p++)
                    for (int s = 0; s < 3; s++)
                    {
                        Assert.Equal(values[p][s], outcome.Solution.Values[p].Data[s], 1e-9);
                        for (int a = 0; a < game.ActionCounts[p]; a++)
                            Assert.Equal(policies[p][s, a], outcome.Solution.Policies[p].Row(0, s)[a], 1e-9);
                    }
            }
        }
    }

    // Gambit's logit correspondence of A = [[1,1],[0,1]], B = [[1,1],[2,1]] (gambit-logit): probabilities of row 1 and column 1 at lambda. Repeated for ever, every
    // action is worth the same more, which changes no choice.
    [Theory]
    [InlineData(1, .642979, .588319)]
    [InlineData(2, .772677, .611743)]
    [InlineData(3, .859537, .603816)]
    public void RepeatedGame_AtGambitsLambda_IsTheLogitEquilibrium(double lambda, double row, double column)
    {
        var game = NormalForm.Create(new double[,] { { 1, 1 }, { 0, 1 } }, new double[,] { { 1, 1 }, { 2, 1 } }, .5);
        foreach (var kind in Enum.GetValues<ValueOperator>())
        {
            var outcome = NormalForm.Run(new MgeI(game, new MgeI.Options { InverseTemperature = lambda, Damping = .5, ValueOperator = kind }));
            Assert.Equal(SolveStatus.Converged, outcome.Status);
            Assert.Equal(row, outcome.Solution.Policies[0].Probabilities[0], 1e-6);
            Assert.Equal(column, outcome.Solution.Policies[1].Probabilities[0], 1e-6);
        }
    }

    [Fact]
    public void TwoSteps_OfTheRepeatedDilemma_AreAsByHand()
    {
        var solver = new MgeI(NormalForm.Create(First, Second, .5), new MgeI.Options());
        Assert.Equal(3, solver.Step(CancellationToken.None).Residual, 12); // Q = (3/2, 3) against uniform play
        double defect = 1 / (1 + Math.Exp(-1.5)), value = (1.5 * (1 - defect)) + (3 * defect);
        Assert.Equal(defect, solver.ReadSolution().Policies[0].Probabilities[1], 12);
        Assert.Equal(value, solver.ReadSolution().Values[0].Data[0], 12);
        solver.Step(CancellationToken.None);
        double cooperateValue = (3 * (1 - defect)) + (.5 * value), defectValue = (5 * (1 - defect)) + defect + (.5 * value);
        double next = 1 / (1 + Math.Exp(cooperateValue - defectValue));
        Assert.Equal(next, solver.ReadSolution().Policies[0].Probabilities[1], 12);
        Assert.Equal(((1 - next) * cooperateValue) + (next * defectValue), solver.ReadSolution().Values[0].Data[0], 12);
    }

    [Fact]
    public void OnePlayer_WithLogSumExp_IsSoftValueIteration()
    {
        // V = log(e^(1 + V/2) + e^(V/2)), so V = 2 log(1 + e).
        var game = new StochasticGameBuilder(["player_0"], 1, [2]).SetReward(0, 0, 0, 1).AddTransition(0, 0, 0, 1).AddTransition(0, 1, 0, 1).BuildDiscounted(.5);
        var outcome = NormalForm.Run(new MgeI(game, new MgeI.Options { ValueOperator = ValueOperator.LogSumExp }));
        Assert.Equal(2 * Math.Log(1 + Math.E), outcome.Solution.Values[0].Data[0], 1e-9);
    }

    [Fact]
    public void OnePlayer_Cold_IsValueIteration()
    {
        // Rewards 1 and 0 for ever at discount 0.9: V = 10.
        var game = new StochasticGameBuilder(["player_0"], 1, [2]).SetReward(0, 0, 0, 1).AddTransition(0, 0, 0, 1).AddTransition(0, 1, 0, 1).BuildDiscounted(.9);
        var outcome = NormalForm.Run(new MgeI(game, new MgeI.Options { InverseTemperature = 1e6 }));
        Assert.Equal(10, outcome.Solution.Values[0].Data[0], 1e-8);
    }

    [Fact]
    public void Step_AllocatesNothing() => Allocation.Check(new MgeI(
        RandomGames.Create(new RandomGameShape(3, 4, 3, null, IllegalActions: true), 1), new MgeI.Options { Damping = .5, ValueOperator = ValueOperator.Max }));

    [Fact]
    public void Theorem1_HoldsUpToItsBound()
    {
        Bound Of(double scale, ValueOperator valueOperator = ValueOperator.Expectation) => new MgeI(
            NormalForm.Create(new double[,] { { scale, 0 }, { 0, 0 } }, new double[,] { { 0, 0 }, { 0, 0 } }, .5),
            new MgeI.Options { InverseTemperature = 2, ValueOperator = valueOperator }).ReadBounds()["mge_theorem_1"];
        Assert.Equal(.0625, Of(.1).Value, 15); // (1 - 1/2)^2 / (2 * 1/2 * 2 * 2)
        Assert.True(Of(.0625).PremiseHolds);
        Assert.False(Of(.0626).PremiseHolds);
        Assert.Equal(.0626, Of(.0626).Measured);
        Assert.False(Of(.01, ValueOperator.LogSumExp).PremiseHolds);
    }

    [Theory]
    [InlineData(.3, true, false)] // 3 gamma <= 1: the printed proof does not cover rewards of the joint action
    [InlineData(.3, false, true)]
    [InlineData(1.0 / 3, true, false)]
    [InlineData(.34, true, true)]
    public void Theorem1_AtASmallDiscount_NeedsRewardsOfTheOwnAction(double discount, bool joint, bool holds)
    {
        // 0.01 is far below the bound of every row.
        double other = joint ? 0 : .01;
        var game = NormalForm.Create(new double[,] { { .01, other }, { 0, 0 } }, new double[,] { { .01, 0 }, { other, 0 } }, discount);
        var bound = new MgeI(game, new MgeI.Options { InverseTemperature = 1 }).ReadBounds()["mge_theorem_1"];
        Assert.Equal((1 - discount) * (1 - discount) / (4 * discount), bound.Value, 12);
        Assert.Equal((.01, holds), (bound.Measured, bound.PremiseHolds));
        Assert.Contains("exactly one fixed point, which a converged answer approximates", bound.Statement, StringComparison.Ordinal);
    }

    [Fact]
    public void Residual_IsTheDefectWhateverTheDamping()
    {
        var solver = new MgeI(NormalForm.Create(First, Second, .5), new MgeI.Options { Damping = 1e-6, MaxIterations = 3 });
        Assert.Equal(3, solver.Step(CancellationToken.None).Residual, 12); // U(0) = (3/2, 3) and Q = 0
        Assert.Equal("max_iterations", NormalForm.Run(solver).StopReason);
    }

    [Fact]
    public void Diverging_KeepsTheLastFiniteAnswer()
    {
        // V grows toward 1e308 / (1 - 0.9), which no number holds.
        var game = new StochasticGameBuilder(["player_0"], 1, [1]).SetReward(0, 0, 0, 1e308).AddTransition(0, 0, 0, 1).BuildDiscounted(.9);
        var outcome = NormalForm.Run(new MgeI(game, new MgeI.Options()));
        Assert.Equal((SolveStatus.Diverged, "diverged"), (outcome.Status, outcome.StopReason));
        Assert.True(outcome.Solution.Values[0].Data[0] is >= 1e308 and <= double.MaxValue);
    }

    [Fact]
    public void HorizonGame_IsRefusedAndNamesTheOther()
    {
        var error = Assert.Throws<VsgGymException>(() => new MgeI(NormalForm.Create(First, Second), new MgeI.Options()));
        Assert.Contains("use mge_f", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WarmStart_AtTheAnswer_EndsAtOnceAtTheSameAnswer()
    {
        var game = RandomGames.Create(new RandomGameShape(2, 5, 3, null, Discount: .9, RewardScale: .3, IllegalActions: true), 7);
        var cold = NormalForm.Run(new MgeI(game, new MgeI.Options()));
        foreach (var earlier in (Solution[])[cold.Solution, cold.Solution with { Values = [] }]) // without values they are those of the policies
        {
            var solver = new MgeI(game, new MgeI.Options { Tolerance = 1e-8 });
            solver.Start(earlier);
            var warm = NormalForm.Run(solver);
            Assert.Equal((SolveStatus.Converged, 1L), (warm.Status, warm.Iterations));
            for (int p = 0; p < 2; p++)
                Assert.All(cold.Solution.Policies[p].Probabilities.ToArray().Zip(warm.Solution.Policies[p].Probabilities.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-8));
        }
    }

    [Fact]
    public void WarmStart_WithValuesOfAnotherShape_NamesThem()
    {
        var game = NormalForm.Create(First, Second, .5);
        var earlier = new Solution { Policies = PolicyProfile.Uniform(game), Values = [new ShapedArray([1, 2], 2), new ShapedArray([1, 2], 2)] };
        var error = Assert.Throws<VsgGymException>(() => new MgeI(game, new MgeI.Options()).Start(earlier));
        Assert.Equal(["start.values.player_0 = [2]: must have shape [1]", "start.values.player_1 = [2]: must have shape [1]"], error.Faults.Select(fault => fault.ToString()));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Threads_DoNotChangeTheBits(int players)
    {
        var game = RandomGames.Create(new RandomGameShape(players, 3000, 3, null, Discount: .9, IllegalActions: true), 5);
        var answers = new List<Solution>();
        foreach (int threads in (int[])[1, 2, 5])
        {
            var solver = new MgeI(game, new MgeI.Options { Damping = .7 }, new WorkCrew(threads));
            for (int k = 0; k < 20; k++) solver.Step(CancellationToken.None);
            answers.Add(solver.ReadSolution());
        }

        foreach (var answer in answers)
            for (int p = 0; p < players; p++)
            {
                Assert.Equal(answers[0].Policies[p].Probabilities.ToArray(), answer.Policies[p].Probabilities.ToArray());
                Assert.Equal(answers[0].Values[p].Data, answer.Values[p].Data);
            }
    }

    [Fact]
    public void Sweep_OverAMillionEntries_CanBeCancelledWithin100Milliseconds()
    {
        var builder = new StochasticGameBuilder(["player_0", "player_1"], 10_000, [10, 10]);
        for (int s = 0; s < 10_000; s++)
            for (int j = 0; j < 100; j++) builder.AddTransition(s, j, (s + j) % 10_000, 1);
        var solver = new MgeI(builder.BuildDiscounted(.9), new MgeI.Options { Tolerance = 1e-300 });
        double best = double.PositiveInfinity;
        for (int k = 0; k < 5; k++) // the machine may be busy; the sweep must be quick once
        {
            using var source = new CancellationTokenSource();
            var running = Task.Factory.StartNew(() => { while (true) solver.Step(source.Token); }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            Thread.Sleep(50);
            long start = Stopwatch.GetTimestamp();
            source.Cancel();
            Assert.ThrowsAny<OperationCanceledException>(() => running.GetAwaiter().GetResult());
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        Assert.InRange(best, 0, 100);
    }
}
