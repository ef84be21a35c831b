using VsgGym.Core;
using VsgGym.Games;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>Nash Q-learning by hand, beside plain loops, and on games with known equilibria.</summary>
public sealed class NashQTests
{
    private static readonly double[,] Row = { { 2, 0 }, { 0, 1 } }, Column = { { 1, 0 }, { 0, 2 } };

    [Fact]
    public void Step_MovesQByTheHandComputedNumbers()
    {
        // Two states of one action: Q_i(0) = 1/2 * 2 = 1 and 1/2 * 4 = 2, then Q_i(1) = 1/2 (3 + 0.8 * 1) = 1.9 and 1/2 (0 + 0.8 * 2) = 0.8.
        var game = new StochasticGameBuilder(["a", "b"], 2, [1, 1]).SetReward(0, 0, 0, 2).SetReward(1, 0, 0, 4).SetReward(0, 1, 0, 3)
            .AddTransition(0, 0, 1, 1).AddTransition(1, 0, 0, 1).BuildDiscounted(.8);
        var solver = new NashQ(game, new() { LearningRate = Schedule.Constant(.5), InitialScale = 0, MaxSteps = 2 }, RandomStream.Create(0));
        solver.Step(CancellationToken.None);
        Assert.Equal([1, 1.9], solver.ReadSolution().Values[0].Data.Select(value => Math.Round(value, 12)));
        Assert.Equal([2, .8], solver.ReadSolution().Values[1].Data.Select(value => Math.Round(value, 12)));
    }

    // The battle of the sexes: pure equilibria paying (2, 1) and (1, 2), and a mixed one.
    [Theory]
    [InlineData(NashSelection.First, 1, 1, 2, 1)]
    [InlineData(NashSelection.Second, 0, 0, 1, 2)]
    [InlineData(NashSelection.Best, 1, 0, 2, 2)] // each insists on its own
    public void Selection_SaysWhichEquilibriumIsMeant(NashSelection selection, double row, double column, double first, double second)
    {
        var solution = NormalForm.Run(new NashQ(NormalForm.Create(Row, Column), Exact(selection), RandomStream.Create(0))).Solution;
        Assert.Equal(row, solution.Policies[0].Row(0, 0)[0], 1e-12);
        Assert.Equal(column, solution.Policies[1].Row(0, 0)[0], 1e-12);
        Assert.Equal(first, solution.Values[0].Data[0], 1e-12);
        Assert.Equal(second, solution.Values[1].Data[0], 1e-12);
    }

    [Fact]
    public void OneEquilibrium_IsFoundByEverySelection()
    {
        double[,] pennies = { { 1, -1 }, { -1, 1 } }, minus = { { -1, 1 }, { 1, -1 } };
        foreach (var selection in Enum.GetValues<NashSelection>())
        {
            var solution = NormalForm.Run(new NashQ(NormalForm.Create(pennies, minus), Exact(selection), RandomStream.Create(0))).Solution;
            Assert.Equal(.5, solution.Policies[0].Row(0, 0)[0], 1e-12);
            Assert.Equal(0, solution.Values[1].Data[0], 1e-12);
        }
    }

    [Fact]
    public void Play_OnTwentyRandomGames_IsThatOfPlainLoops()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            // Zero-sum games, where every Nash equilibrium pays the value, which kernels give.
            var game = ZeroSumReference.Of(RandomGames.Create(new RandomGameShape(2, 3, 3, seed % 2 == 0 ? 4 : null, IllegalActions: seed % 3 == 0), seed));
            var options = new NashQ.Options { Selection = (NashSelection)(seed % 3), LearningRate = Schedule.Hyperbolic(3), InitialScale = 0, Episodes = 30, MaxSteps = 7 };
            var solution = NormalForm.Run(new NashQ(game, options, RandomStream.Create(seed))).Solution;
            double[] Solve(int state, double[][] payoffs)
            {
                int[] rows = [.. Enumerable.Range(0, game.ActionCounts[0]).Where(a => game.IsLegal(0, state, a))], columns = [.. Enumerable.Range(0, game.ActionCounts[1]).Where(a => game.IsLegal(1, state, a))];
                var matrix = new double[rows.Length, columns.Length];
                for (int i = 0; i < rows.Length; i++)
                    for (int j = 0; j < columns.Length; j++) matrix[i, j] = payoffs[0][(rows[i] * game.ActionCounts[1]) + columns[j]];
                double value = ZeroSumReference.Value(matrix);
                return [value, -value];
            }

            double[][,] q = StageReference.Learn(game, RandomStream.Create(seed), 30, 7, visit => 3 / (3.0 + visit), Solve);
            for (int s = 0; s < 3; s++)
            {
                double[] expected = StageReference.Values(game, q, s, Solve);
                for (int p = 0; p < 2; p++) Assert.Equal(expected[p], solution.Values[p].Data[s], 1e-9);
            }
        }
    }

    [Fact]
    public void GeneralSumGames_PerTime_LearnAnEquilibrium()
    {
        for (ulong seed = 0; seed < 10; seed++)
        {
            var game = StageReference.WithoutChance(RandomGames.Create(new RandomGameShape(2, 2, 3, 2), seed));
            var options = new NashQ.Options { LearningRate = Schedule.Constant(1), PerTime = true, Episodes = 1000 };
            var outcome = NormalForm.Run(new NashQ(game, options, RandomStream.Create(seed)));
            Assert.Equal(0, outcome.LastResidual);
            Assert.InRange(new NashCertificate(game).Measure(outcome.Solution.Policies, CancellationToken.None).Gap, 0, 1e-10);
        }
    }

    // Hu and Wellman 2003 tell that grid game 1 has one equilibrium Q-function, which learning finds. With 100 at the goal and discount .99 it is worth
    // 100 * .99^3 = 97.03 at the start: both arrive with the fourth move.
    [Fact]
    public void GridGame1_LearnsItsOneEquilibriumValue()
    {
        var game = new GridCrossing(new GridCrossing.Options { Horizon = null, Discount = .99, GoalReward = 100 }).Table;
        var options = new NashQ.Options { Selection = NashSelection.Best, LearningRate = Schedule.Constant(1), Episodes = 1500, MaxSteps = 30 };
        var solution = NormalForm.Run(new NashQ(game, options, RandomStream.Create(1))).Solution;
        int start = game.StateLabels.IndexOf("A (2, 0), B (2, 2)");
        Assert.All(solution.Values, values => Assert.Equal(100 * Math.Pow(.99, 3), values.Data[start], 1e-9));
    }

    // "Q Bellman equation for a min-max adversarial game", 2026, prints the values 5.6890 (fresh) and 5.4896 (rattled) of penalty kicks and .3655, .3758 for left (see ShapleyPublishedTests).
    [Fact]
    public void PenaltyKicks_LearnThePrintedValues()
    {
        var options = new NashQ.Options { LearningRate = Schedule.Constant(1), Episodes = 100, MaxSteps = 50 };
        var solution = NormalForm.Run(new NashQ(ConcurrentGames.PenaltyKicks(1, 0, 0, 1), options, RandomStream.Create(1))).Solution;
        double[] values = [5.6890, 5.4896], left = [.3655, .3758];
        for (int s = 0; s < 2; s++)
        {
            Assert.Equal(values[s], solution.Values[0].Data[s], .51e-4);
            Assert.Equal(-values[s], solution.Values[1].Data[s], .51e-4);
            for (int p = 0; p < 2; p++) Assert.Equal(left[s], solution.Policies[p].Row(0, s)[0], .51e-4);
        }
    }

    [Fact]
    public void OnePlayerWithAChoice_LearnsItsBest()
    {
        double[,] first = { { 1 }, { 0 } }, second = { { 5 }, { 7 } };
        var solution = NormalForm.Run(new NashQ(NormalForm.Create(first, second, .5), new() { LearningRate = Schedule.Constant(1), Episodes = 1, MaxSteps = 300 }, RandomStream.Create(2))).Solution;
        Assert.Equal([1, 0], solution.Policies[0].Probabilities.ToArray());
        Assert.Equal(2, solution.Values[0].Data[0], 1e-10);
        Assert.Equal(10, solution.Values[1].Data[0], 1e-9);
    }

    [Fact]
    public void Start_AtAnEquilibriumOfADeterministicGame_MovesNothing()
    {
        var game = StageReference.WithoutChance(ZeroSumReference.Of(RandomGames.Create(new RandomGameShape(2, 3, 3, null, Discount: .7), 2)));
        var earlier = NormalForm.Run(new ShapleyIteration(game, new() { Tolerance = 1e-14 }, WorkCrew.Alone())).Solution;
        var solver = new NashQ(game, new() { MaxSteps = 20 }, RandomStream.Create(0));
        solver.Start(earlier);
        for (int k = 0; k < 20; k++) Assert.InRange(solver.Step(CancellationToken.None).Residual, 0, 1e-12);
        Assert.InRange(new NashCertificate(game).Measure(solver.ReadSolution().Policies, CancellationToken.None).Gap, 0, 1e-10);
    }

    [Fact]
    public void SameSeed_GivesTheSameBits()
    {
        var game = RandomGames.Create(new RandomGameShape(2, 3, 3, null, IllegalActions: true), 4);
        double[] Learned(ulong seed) => NormalForm.Run(new NashQ(game, new() { Episodes = 20, MaxSteps = 20, Epsilon = Schedule.Constant(.3) }, RandomStream.Create(seed))).Solution.Values[0].Data;
        Assert.Equal(Learned(7), Learned(7));
        Assert.NotEqual(Learned(7), Learned(8));
    }

    [Fact]
    public void Step_AllocatesNothing() => Allocation.Check(new NashQ(
        RandomGames.Create(new RandomGameShape(2, 4, 3, null, IllegalActions: true), 2), new() { Selection = NashSelection.Best, MaxSteps = 10, Epsilon = Schedule.Constant(.5) }, RandomStream.Create(0)));

    [Fact]
    public void ThreePlayersOrTooManyActions_AreRefused()
    {
        var three = RandomGames.Create(new RandomGameShape(3, 1, 2, 1), 0);
        Assert.Contains("this one has 3 players", Assert.Throws<VsgGymException>(() => new NashQ(three, new(), RandomStream.Create(0))).Message, StringComparison.Ordinal);
        var wide = new StochasticGameBuilder(["a", "b"], 1, [12, 12]).BuildFiniteHorizon(1);
        Assert.Equal("game_too_large", Assert.Single(Assert.Throws<VsgGymException>(() => new NashQ(wide, new(), RandomStream.Create(0))).Faults).Reason);
    }

    private static NashQ.Options Exact(NashSelection selection) => new() { Selection = selection, LearningRate = Schedule.Constant(1), Episodes = 100 };
}
