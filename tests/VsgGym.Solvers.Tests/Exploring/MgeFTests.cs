using VsgGym.Core;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>MGE-F against Gambit, the published pursuit table, a slow reference, and by hand.</summary>
public sealed class MgeFTests
{
    private static readonly string[] Kinds = ["expectation", "max", "log_sum_exp"];

    // Gambit's logit correspondence of A = [[1,1],[0,1]], B = [[1,1],[2,1]] (gambit-logit): probabilities of row 1 and column 1 at lambda.
    [Theory]
    [InlineData(1, .642979, .588319)]
    [InlineData(2, .772677, .611743)]
    [InlineData(3, .859537, .603816)]
    public void OneShot_AtGambitsLambda_IsTheLogitEquilibrium(double lambda, double row, double column)
    {
        var game = NormalForm.Create(new double[,] { { 1, 1 }, { 0, 1 } }, new double[,] { { 1, 1 }, { 2, 1 } });
        var outcome = NormalForm.Run(new MgeF(game, new MgeF.Options { InverseTemperature = lambda, Damping = .5 }));
        Assert.Equal("tolerance", outcome.StopReason);
        Assert.Equal(row, outcome.Solution.Policies[0].Probabilities[0], 1e-6);
        Assert.Equal(column, outcome.Solution.Policies[1].Probabilities[0], 1e-6);
    }

    // The first moves of hunter 1 (to 1, stay, to 3) and of the prey; Etesami and Straehle 2020, Fig. 4, print .366 .268 .366, .197 for
    // the first state and .466 .287 .247, .327 .346 .327 for the second, which the largest action value gives and Eq. (7) does not.
    [Theory]
    [InlineData(ValueOperator.Expectation, 3, 4200, new[] { .351295, .297410, .351295, .197964 }, new[] { .450262, .300547, .249190, .327040, .345919, .327040 })]
    [InlineData(ValueOperator.Max, 3, 1600, new[] { .365237, .269525, .365237, .197255 }, new[] { .465846, .287038, .247116, .327188, .345625, .327188 })]
    [InlineData(ValueOperator.Max, 4, 4200, new[] { .366002, .267996, .366002, .197213 }, new[] { .467455, .286126, .246419, .327482, .345035, .327482 })]
    public void TwoHunters_GiveThePublishedFirstMoves(ValueOperator valueOperator, int horizon, int sweeps, double[] first, double[] second)
    {
        // In states far from these a mirrored position is an unstable answer that rounding leaves in the end, after which sweeps may go on
        // for ever: hence the tolerance, and a limit that is met at time 0.
        var options = new MgeF.Options { ValueOperator = valueOperator, Damping = .3, Tolerance = 1e-6, MaxIterations = sweeps };
        var solver = new MgeF(PursuitHunters.Create(horizon), options);
        var outcome = NormalForm.Run(solver);
        Assert.Equal(("max_iterations", 0.0), (outcome.StopReason, Time(solver)));
        var policies = outcome.Solution.Policies;
        double Hunter(int state, int action) => policies[0].Row(0, state)[action];
        double Prey(int state, int action) => policies[2].Row(0, state)[action];
        int one = PursuitHunters.State(0, 8, 4), two = PursuitHunters.State(0, 8, 2);
        Near(first, [Hunter(one, PursuitHunters.Right), Hunter(one, 0), Hunter(one, PursuitHunters.Down), Prey(one, PursuitHunters.Up)]);
        Near(second, [Hunter(two, PursuitHunters.Right), Hunter(two, 0), Hunter(two, PursuitHunters.Down), Prey(two, PursuitHunters.Left), Prey(two, 0), Prey(two, PursuitHunters.Down)]);
    }

    [Fact]
    public void TwoHunters_WithOneStep_AllPreferToStay()
    {
        var options = new MgeF.Options { Damping = .6, Tolerance = 1e-8, MaxIterations = 2000 };
        var solver = new MgeF(PursuitHunters.Create(1), options);
        var outcome = NormalForm.Run(solver);
        Assert.Equal(("tolerance", 0.0), (outcome.StopReason, Time(solver)));
        var policies = outcome.Solution.Policies;
        int state = PursuitHunters.State(1, 5, 2);
        double[] hunter = policies[0].Row(0, state).ToArray(), prey = policies[2].Row(0, state).ToArray();
        Near([.396335, .192811, .149357, .261497], [hunter[0], hunter[PursuitHunters.Right], hunter[PursuitHunters.Down], hunter[PursuitHunters.Left]]);
        Near([.334665, .332668, .332668], [prey[0], prey[PursuitHunters.Down], prey[PursuitHunters.Left]]);
    }

    [Fact]
    public void RandomGames_AgreeWithTheSlowReference()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var shape = new RandomGameShape(2 + (int)(seed % 2), 3, 3, 3, RewardScale: .5, IllegalActions: seed % 4 >= 2);
            var game = RandomGames.Create(shape, seed);
            double damping = seed % 3 == 0 ? 1 : .6;
            foreach (string kind in Kinds)
            {
                var expected = new SlowReference(game).SolveHorizon(kind, 1.5, damping, 1e-11, 10_000);
                var options = new MgeF.Options { InverseTemperature = 1.5, Damping = damping, Tolerance = 1e-11, ValueOperator = Operator(kind) };
                var outcome = NormalForm.Run(new MgeF(game, options));
                Assert.Equal(SolveStatus.Converged, outcome.Status);
                for (int t = 0; t < 3; t++)
                    for (int p = 0; p < game.PlayerCount; p++)
                        for (int s = 0; s < 3; s++)
                        {
                            Assert.Equal(expected!.Value.Values[t][p][s], outcome.Solution.Values[p].Data[(t * 3) + s], 1e-9);
                            for (int a = 0; a < game.ActionCounts[p]; a++)
                                Assert.Equal(expected.Value.Policies[t][p][s, a], outcome.Solution.Policies[p].Row(t, s)[a], 1e-9);
                        }
            }
        }
    }

    [Fact]
    public void Step_AtAnEquilibrium_IsAFixedPoint()
    {
        double[,] pennies = { { 1, -1 }, { -1, 1 } }, minus = { { -1, 1 }, { 1, -1 } };
        var report = new MgeF(NormalForm.Create(pennies, minus), new MgeF.Options()).Step(CancellationToken.None);
        Assert.Equal(new IterationReport(1, 0, IterationState.Converged), report);
    }

    [Fact]
    public void OnePlayer_WithLogSumExp_IsSoftValueIteration()
    {
        // One state, rewards 1 and 0, terminal reward 2, T = 3: each step back adds log(1 + e).
        var game = new StochasticGameBuilder(["player_0"], 1, [2]).SetReward(0, 0, 0, 1).SetTerminalReward(0, 0, 2)
            .AddTransition(0, 0, 0, 1).AddTransition(0, 1, 0, 1).BuildFiniteHorizon(3);
        var solver = new MgeF(game, new MgeF.Options { ValueOperator = ValueOperator.LogSumExp });
        var values = NormalForm.Run(solver).Solution.Values[0];
        double step = Math.Log(1 + Math.E);
        Near([2 + (3 * step), 2 + (2 * step), 2 + step, 2], values.Data);
        Assert.Equal([4, 1], values.Shape.ToArray());
        Assert.Equal(double.PositiveInfinity, solver.ReadBounds()["mge_theorem_2"].Value);
        Assert.True(solver.ReadBounds()["mge_theorem_2"].PremiseHolds);
    }

    [Fact]
    public void Temperature_AtItsLimits_GivesUniformAndDominantPlay()
    {
        double[,] first = { { 3, 0 }, { 5, 1 } }, second = { { 3, 5 }, { 0, 1 } };
        double Defect(double beta) => NormalForm.Run(new MgeF(NormalForm.Create(first, second), new MgeF.Options { InverseTemperature = beta })).Solution.Policies[0].Probabilities[1];
        Assert.Equal(.5, Defect(1e-9), 1e-8);
        Assert.Equal(1, Defect(1e3), 1e-12);
        Assert.Equal(1, Defect(1e12), 1e-12);
    }

    [Fact]
    public void Step_AllocatesNothing() => Allocation.Check(new MgeF(
        RandomGames.Create(new RandomGameShape(3, 4, 3, 5, IllegalActions: true), 1), new MgeF.Options { Damping = .5, ValueOperator = ValueOperator.LogSumExp }));

    [Fact]
    public void Bounds_OfTheTwoHunters_AreNotMet()
    {
        var bound = new MgeF(PursuitHunters.Create(3), new MgeF.Options()).ReadBounds()["mge_theorem_2"];
        Assert.Equal((1.0 / 16, 15.0 / 4, false), (bound.Value, bound.Measured, bound.PremiseHolds));
    }

    [Theory]
    [InlineData(2, .25)] // 1 / (2 beta (M - 1)(1 + T)) with beta = 1, T = 1
    [InlineData(3, .125)]
    public void Theorem2_HoldsUpToItsBound(int players, double expected)
    {
        Bound Of(double reward, double terminal, ValueOperator valueOperator = ValueOperator.Expectation)
        {
            var builder = new StochasticGameBuilder([.. Enumerable.Range(0, players).Select(p => $"player_{p}")], 1, [.. Enumerable.Repeat(2, players)]);
            builder.SetReward(1, 0, 1, -reward).SetTerminalReward(0, 0, terminal).AddTransition(0, 0, 0, 1);
            return new MgeF(builder.BuildFiniteHorizon(1), new MgeF.Options { ValueOperator = valueOperator }).ReadBounds()["mge_theorem_2"];
        }

        Assert.Equal(expected, Of(0, 0).Value, 15);
        Assert.True(Of(expected, expected).PremiseHolds);
        Assert.True(Of(expected, 0, ValueOperator.Max).PremiseHolds);
        Assert.False(Of(expected + 1e-6, 0).PremiseHolds);
        Assert.False(Of(0, expected + 1e-6).PremiseHolds);
        Assert.False(Of(expected, 0, ValueOperator.LogSumExp).PremiseHolds);
    }

    [Fact]
    public void Diverging_KeepsTheLastFiniteAnswer()
    {
        var game = new StochasticGameBuilder(["player_0"], 1, [1]).SetReward(0, 0, 0, 1e308).AddTransition(0, 0, 0, 1).BuildFiniteHorizon(4);
        var outcome = NormalForm.Run(new MgeF(game, new MgeF.Options()));
        Assert.Equal((SolveStatus.Diverged, "diverged"), (outcome.Status, outcome.StopReason));
        Assert.All(outcome.Solution.Values[0].Data, value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void DiscountedGame_IsRefusedAndNamesTheOther()
    {
        var game = NormalForm.Create(NormalForm.Climbing, NormalForm.Climbing, .9);
        var error = Assert.Throws<VsgGymException>(() => new MgeF(game, new MgeF.Options()));
        Assert.Contains("use mge_i", error.Message, StringComparison.Ordinal);
    }

    internal static ValueOperator Operator(string kind) =>
        kind == "expectation" ? ValueOperator.Expectation : kind == "max" ? ValueOperator.Max : ValueOperator.LogSumExp;

    /// <summary>The time of the last sweep.</summary>
    private static double Time(MgeF solver)
    {
        var metrics = new double[1];
        solver.ReadMetrics(metrics);
        return metrics[0];
    }

    private static void Near(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int k = 0; k < expected.Length; k++) Assert.Equal(expected[k], actual[k], 2e-6);
    }

    [Fact]
    public void WarmStart_AtTheAnswer_TakesOneSweepATime()
    {
        var game = RandomGames.Create(new RandomGameShape(2, 4, 3, 5, RewardScale: .3), 11);
        var cold = NormalForm.Run(new MgeF(game, new MgeF.Options()));
        var solver = new MgeF(game, new MgeF.Options { Tolerance = 1e-8 });
        solver.Start(cold.Solution);
        var warm = NormalForm.Run(solver);
        Assert.Equal((SolveStatus.Converged, 5L), (warm.Status, warm.Iterations));
        Assert.True(cold.Iterations > 5);
        for (int p = 0; p < 2; p++)
            Assert.All(cold.Solution.Values[p].Data.Zip(warm.Solution.Values[p].Data), pair => Assert.Equal(pair.First, pair.Second, 1e-8));
    }

    [Fact]
    public void TwoSteps_OfTheDilemma_AreAsByHand() => DilemmaByHand.Check(
        game => new MgeF(game, new MgeF.Options { InverseTemperature = 2, Damping = .5 }),
        (cooperate, defect, probability) => ((1 - probability) * cooperate) + (probability * defect));
}
