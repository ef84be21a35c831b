using VsgGym.Core;
using VsgGym.Games;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>Zero-sum stochastic games: the Big Match, soccer, one-shot games, a slow reference, and by hand.</summary>
public sealed class ShapleyIterationTests
{
    private static readonly double[,] Pennies = { { 1, -1 }, { -1, 1 } }, MinusPennies = { { -1, 1 }, { 1, -1 } };

    // Value 1/2 for every discount; the predictor dares with probability (1 - discount) / (2 - discount), the chooser mixes evenly.
    [Theory]
    [InlineData(.5, ZeroSumMethod.ValueIteration)]
    [InlineData(.9, ZeroSumMethod.ValueIteration)]
    [InlineData(.99, ZeroSumMethod.ValueIteration)]
    [InlineData(.9, ZeroSumMethod.PolicyIteration)]
    [InlineData(.999, ZeroSumMethod.PolicyIteration)]
    public void BigMatch_Discounted_HasValueOneHalf(double discount, ZeroSumMethod method)
    {
        var game = new BigMatch(new BigMatch.Options { Discount = discount }).Table;
        var outcome = NormalForm.Run(Solver(game, new() { Method = method, Tolerance = 1e-13 }));
        Assert.Equal(SolveStatus.Converged, outcome.Status);
        Assert.Equal(.5, outcome.Solution.Values[0].Data[0], 1e-9);
        Assert.Equal(-.5, outcome.Solution.Values[1].Data[0], 1e-9);
        Assert.Equal((1 - discount) / (2 - discount), outcome.Solution.Policies[0].Row(0, 0)[1], 1e-8);
        Assert.Equal(.5, outcome.Solution.Policies[1].Row(0, 0)[0], 1e-7);
    }

    [Fact]
    public void BigMatch_WithAHorizon_DaresOnceInAllDecisionsLeft()
    {
        var game = new BigMatch(new BigMatch.Options { Horizon = 20, Discount = null }).Table;
        var outcome = NormalForm.Run(Solver(game));
        Assert.Equal(("tolerance", 20L, 0.0), (outcome.StopReason, outcome.Iterations, outcome.LastResidual));
        for (int t = 0; t < 20; t++)
        {
            Assert.Equal(.5 * (20 - t) / 20, outcome.Solution.Values[0].Data[t * 3], 1e-14);
            Assert.Equal(1.0 / (1 + (20 - t)), outcome.Solution.Policies[0].Row(t, 0)[1], 1e-14);
        }
    }

    [Theory]
    [InlineData(ZeroSumMethod.ValueIteration)]
    [InlineData(ZeroSumMethod.PolicyIteration)]
    public void Soccer_GivesAnEquilibrium(ZeroSumMethod method)
    {
        var game = new Soccer(new Soccer.Options()).Table;
        var outcome = NormalForm.Run(Solver(game, new() { Method = method, Tolerance = 1e-8 }));
        Assert.Equal(SolveStatus.Converged, outcome.Status);
        var certificate = new NashCertificate(game).Measure(outcome.Solution.Policies, CancellationToken.None);
        Assert.InRange(certificate.Gap, 0, 4e-7);
        Assert.Equal(certificate.Values[0], FromStart(game, outcome.Solution.Values[0].Data), 1e-6);
        // Littman: no deterministic policy is safe in soccer, so some state has a mixed equilibrium.
        Assert.Contains(outcome.Solution.Policies[0].Probabilities.ToArray(), probability => probability is > .01 and < .99);
    }

    // Derived here: V = val [[1 + g V, 0], [0, 1]] = (1 + g V) / (2 + g V), as only (0, 0) goes on; so g V^2 + (2 - g) V - 1 = 0 and
    // V = (g - 2 + sqrt(4 + g^2)) / (2 g), which is irrational though all data are rational; row 0 is played with 1 / (2 + g V).
    [Theory]
    [InlineData(.5, ZeroSumMethod.ValueIteration)]
    [InlineData(.8, ZeroSumMethod.PolicyIteration)]
    [InlineData(.99, ZeroSumMethod.ValueIteration)]
    public void GameThatGoesOnFromOneEntry_HasItsQuadraticValue(double discount, ZeroSumMethod method)
    {
        var game = new StochasticGameBuilder(["a", "b"], 1, [2, 2]).SetReward(0, 0, 0, 1).SetReward(1, 0, 0, -1).SetReward(0, 0, 3, 1).SetReward(1, 0, 3, -1)
            .AddTransition(0, 0, 0, 1).BuildDiscounted(discount);
        var solution = NormalForm.Run(Solver(game, new() { Method = method, Tolerance = 1e-13 })).Solution;
        double value = (discount - 2 + Math.Sqrt(4 + (discount * discount))) / (2 * discount);
        Assert.Equal(value, solution.Values[0].Data[0], 1e-10);
        Assert.Equal(1 / (2 + (discount * value)), solution.Policies[0].Row(0, 0)[0], 1e-10);
        Assert.Equal(1 / (2 + (discount * value)), solution.Policies[1].Row(0, 0)[0], 1e-10);
    }

    [Fact]
    public void TwoGamesInTurn_HaveTheDiscountedSumOfTheirValues()
    {
        // val [[3, -1], [-2, 1]] = 1/7 and val [[4, 1], [0, 2]] = 8/5, one after the other whatever is played: V_0 = (1/7 + g 8/5) / (1 - g^2).
        double[] first = [3, -1, -2, 1, 4, 1, 0, 2];
        var builder = new StochasticGameBuilder(["a", "b"], 2, [2, 2]);
        for (int k = 0; k < 8; k++) builder.SetReward(0, k / 4, k % 4, first[k]).SetReward(1, k / 4, k % 4, 0 - first[k]).AddTransition(k / 4, k % 4, 1 - (k / 4), 1);
        var solution = NormalForm.Run(Solver(builder.BuildDiscounted(.9), new() { Tolerance = 1e-13 })).Solution;
        Assert.Equal(((1.0 / 7) + (.9 * 1.6)) / (1 - .81), solution.Values[0].Data[0], 1e-10);
        Assert.Equal((1.6 + (.9 / 7)) / (1 - .81), solution.Values[0].Data[1], 1e-10);
        Assert.Equal(.4, solution.Policies[0].Row(0, 1)[0], 1e-12); // 4 x = x + 2 (1 - x)
    }

    [Fact]
    public void Soccer_Mirrored_HasTheNegativeValue()
    {
        // Mirroring the field and swapping the players gives the same game: V(A at x, B at y) = -V(A at y', B at x'), the ball with the other.
        var game = new Soccer(new Soccer.Options()).Table;
        double[] values = NormalForm.Run(Solver(game, new() { Method = ZeroSumMethod.PolicyIteration, Tolerance = 1e-10 })).Solution.Values[0].Data;
        static string Label(int first, int second, char ball) => $"A ({first / 4}, {first % 4}), B ({second / 4}, {second % 4}), ball {ball}";
        static int Mirror(int cell) => (cell / 4 * 4) + 3 - (cell % 4);
        for (int first = 0; first < 8; first++)
            for (int second = 0; second < 8; second++)
                if (first != second)
                    Assert.Equal(values[game.StateLabels.IndexOf(Label(first, second, 'A'))], -values[game.StateLabels.IndexOf(Label(Mirror(second), Mirror(first), 'B'))], 1e-8);
        Assert.Equal(-27.206344, FromStart(game, values), 1e-5); // ball with B; found by another program too, in the game's own tests
    }

    [Fact]
    public void LittmansSoccer_IsFairAtItsKickOff()
    {
        // Littman 1994 prints results of play only. Half a turn with the players swapped maps his game onto itself: so V(x, y, ball) = -V(y', x', other ball), and
        // with the ball to either the kick-off is worth 0, to the holder something.
        var game = LittmanSoccer.Create(.9);
        var solution = NormalForm.Run(Solver(game, new() { Method = ZeroSumMethod.PolicyIteration, Tolerance = 1e-9 })).Solution;
        double[] values = solution.Values[0].Data;
        for (int first = 0; first < 20; first++)
            for (int second = 0; second < 20; second++)
                if (first != second) Assert.Equal(values[LittmanSoccer.State(first, second, 0)], -values[LittmanSoccer.State(19 - second, 19 - first, 1)], 1e-7);
        var (a, b) = LittmanSoccer.KickOff;
        Assert.Equal(0, values[LittmanSoccer.State(a, b, 0)] + values[LittmanSoccer.State(a, b, 1)], 1e-7);
        Assert.InRange(values[LittmanSoccer.State(a, b, 0)], .05, .5);
        Assert.Contains(solution.Policies[0].Probabilities.ToArray(), probability => probability is > .01 and < .99);
    }

    [Fact]
    public void RockPaperScissors_AndPennies_AreMixedEvenly()
    {
        var rps = NormalForm.Run(Solver(new RockPaperScissors(new RockPaperScissors.Options()).Table)).Solution;
        Assert.All(rps.Policies[0].Probabilities.ToArray().Concat(rps.Policies[1].Probabilities.ToArray()), probability => Assert.Equal(1.0 / 3, probability, 1e-15));
        Assert.Equal([0, 0], rps.Values[0].Data);
        var pennies = NormalForm.Run(Solver(NormalForm.Create(Pennies, MinusPennies, .9))).Solution;
        Assert.Equal(0, pennies.Values[0].Data[0]);
        Assert.Equal([.5, .5], pennies.Policies[0].Probabilities.ToArray());
    }

    [Fact]
    public void Step_ByHand_IsTheMatrixGameOverTheFirstValues()
    {
        // val [[3, -1], [-2, 1]] = 1/7, then again with every entry raised by .5 / 7.
        double[,] first = { { 3, -1 }, { -2, 1 } }, second = { { -3, 1 }, { 2, -1 } };
        var solver = Solver(NormalForm.Create(first, second, .5));
        Assert.Equal(1.0 / 7, solver.Step(CancellationToken.None).Residual, 1e-15);
        Assert.Equal(.5 / 7, solver.Step(CancellationToken.None).Residual, 1e-15);
        Assert.Equal(1.5 / 7, solver.ReadSolution().Values[0].Data[0], 1e-15);
        Assert.Equal(3.0 / 7, solver.ReadSolution().Policies[0].Probabilities[0], 1e-14);
        Bound bound = solver.ReadBounds()["shapley_contraction"];
        Assert.True(bound.PremiseHolds);
        Assert.Equal(.5 / 7, bound.Value, 1e-15); // and V = 2/7 is exactly as far away
    }

    [Theory]
    [InlineData(null, ZeroSumMethod.ValueIteration)]
    [InlineData(null, ZeroSumMethod.PolicyIteration)]
    [InlineData(4, ZeroSumMethod.ValueIteration)]
    public void RandomGames_AgreeWithTheSlowReference(int? horizon, ZeroSumMethod method)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var game = ZeroSumReference.Of(RandomGames.Create(new RandomGameShape(2, 3, 4, horizon, Discount: .6, IllegalActions: seed % 2 == 0), seed));
            var outcome = NormalForm.Run(Solver(game, new() { Method = method, Tolerance = 1e-13 }));
            Assert.Equal(SolveStatus.Converged, outcome.Status);
            double[] values = horizon is null ? new double[3] : game.TerminalRewards(0).ToArray();
            for (int t = horizon ?? 80; t > 0; t--)
            {
                if (horizon is not null) Near(values, outcome.Solution.Values[0].Data.AsSpan(t * 3, 3));
                values = ZeroSumReference.Sweep(game, values);
            }

            Near(values, outcome.Solution.Values[0].Data.AsSpan(0, 3));
            Assert.InRange(new NashCertificate(game).Measure(outcome.Solution.Policies, CancellationToken.None).Gap, 0, 1e-10);
        }
    }

    // Shapley's games stop with a probability s > 0 or more at every step, so that the value is at most M / s, his Eq. (1), where no payment exceeds M.
    [Fact]
    public void StopProbability_IsADiscount()
    {
        const double Stop = .3, Discount = .9;
        for (ulong seed = 0; seed < 5; seed++)
        {
            var whole = ZeroSumReference.Of(RandomGames.Create(new RandomGameShape(2, 3, 3, null, Discount: Discount * (1 - Stop)), seed));
            int joint = whole.JointActionCount;
            var builder = new StochasticGameBuilder(["a", "b"], 4, whole.ActionCounts);
            for (int row = 0; row < 3 * joint; row++)
            {
                builder.SetReward(0, row / joint, row % joint, whole.Rewards(0)[row]).SetReward(1, row / joint, row % joint, whole.Rewards(1)[row]);
                if (whole.RowStarts[row] == whole.RowStarts[row + 1]) continue;
                for (int k = whole.RowStarts[row]; k < whole.RowStarts[row + 1]; k++) builder.AddTransition(row / joint, row % joint, whole.NextStates[k], (1 - Stop) * whole.Probabilities[k]);
                builder.AddTransition(row / joint, row % joint, 3, Stop);
            }

            double[] discounted = NormalForm.Run(Solver(whole, new() { Tolerance = 1e-13 })).Solution.Values[0].Data;
            double[] stopped = NormalForm.Run(Solver(builder.BuildDiscounted(Discount), new() { Tolerance = 1e-13 })).Solution.Values[0].Data;
            Near(discounted, stopped.AsSpan(0, 3));
            double most = whole.Rewards(0).ToArray().Max(Math.Abs);
            Assert.All(discounted, value => Assert.InRange(Math.Abs(value), 0, most / (1 - (Discount * (1 - Stop)))));
        }
    }

    [Fact]
    public void OnePlayerWithAChoice_IsValueIteration()
    {
        // The second player has one action: V = max(1 + V/2, 0 + V/2) = 2.
        double[,] first = { { 1 }, { 0 } }, second = { { -1 }, { 0 } };
        var outcome = NormalForm.Run(Solver(NormalForm.Create(first, second, .5)));
        Assert.Equal(2, outcome.Solution.Values[0].Data[0], 1e-9);
        Assert.Equal([1, 0], outcome.Solution.Policies[0].Probabilities.ToArray());
    }

    [Fact]
    public void Start_AtTheAnswer_EndsAtOnce()
    {
        var game = new Soccer(new Soccer.Options()).Table;
        var earlier = NormalForm.Run(Solver(game));
        var solver = Solver(game, new() { Tolerance = 1e-9 });
        solver.Start(earlier.Solution);
        var again = NormalForm.Run(solver);
        Assert.Equal((SolveStatus.Converged, 1L), (again.Status, again.Iterations));
        Near(earlier.Solution.Values[0].Data, again.Solution.Values[0].Data);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public void AnyNumberOfThreads_GivesTheSameBits(int? horizon)
    {
        var game = ZeroSumReference.Of(RandomGames.Create(new RandomGameShape(2, 500, 4, horizon, Discount: .7), 1));
        double[] Values(int threads) => NormalForm.Run(new ShapleyIteration(game, new() { Tolerance = 1e-6 }, new WorkCrew(threads))).Solution.Values[0].Data;
        Assert.Equal(Values(1), Values(4));
    }

    [Theory]
    [InlineData(ZeroSumMethod.ValueIteration)]
    [InlineData(ZeroSumMethod.PolicyIteration)]
    public void Step_AllocatesNothing(ZeroSumMethod method) => Allocation.Check(Solver(
        ZeroSumReference.Of(RandomGames.Create(new RandomGameShape(2, 5, 4, null, IllegalActions: true), 2)), new() { Method = method, Tolerance = 1e-300 }));

    [Fact]
    public void GameThatIsNotZeroSum_IsRefusedWhereItFails()
    {
        var error = Assert.Throws<VsgGymException>(() => Solver(NormalForm.Create(new double[,] { { 1, 0 }, { 2, 3 } }, new double[,] { { -1, 0 }, { -2, -1 } })));
        var fault = Assert.Single(error.Faults);
        Assert.Equal(("rewards[0, 1, 1]", "2", "not_zero_sum"), (fault.Path, fault.Value, fault.Reason));
        Assert.Contains("joint action (1, 1) pays 3 and -1", fault.Rule, StringComparison.Ordinal);
        var three = RandomGames.Create(new RandomGameShape(3, 1, 2, 1), 0);
        Assert.Contains("this one has 3 players", Assert.Throws<VsgGymException>(() => Solver(three)).Message, StringComparison.Ordinal);
        var terminal = new StochasticGameBuilder(["a", "b"], 2, [1, 1]).AddTransition(0, 0, 1, 1).SetTerminalReward(0, 1, 5).BuildFiniteHorizon(1);
        Assert.Equal("terminal_rewards[1]", Assert.Single(Assert.Throws<VsgGymException>(() => Solver(terminal)).Faults).Path);
    }

    [Fact]
    public void Diverging_KeepsTheLastFiniteAnswer()
    {
        double[,] huge = { { 1e308, 0 }, { 0, 1e308 } }, minus = { { -1e308, 0 }, { 0, -1e308 } };
        var outcome = NormalForm.Run(Solver(NormalForm.Create(huge, minus, .9)));
        Assert.Equal(SolveStatus.Diverged, outcome.Status);
        Assert.True(double.IsFinite(outcome.Solution.Values[0].Data[0]));
    }

    [Fact]
    public void Cancellation_EndsASweep()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Solver(new Soccer(new Soccer.Options()).Table).Step(source.Token));
    }

    private static ShapleyIteration Solver(StochasticGame game, ShapleyIteration.Options? options = null) => new(game, options ?? new(), WorkCrew.Alone());

    private static double FromStart(StochasticGame game, double[] values) => Enumerable.Range(0, values.Length).Sum(s => game.Initial[s] * values[s]);

    private static void Near(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int k = 0; k < expected.Length; k++) Assert.Equal(expected[k], actual[k], 1e-8);
    }

    [Fact]
    public void PolicyIteration_ByHand_KeepsTheStrategiesOfASweep()
    {
        // To end play pays 1, to go on .9 for ever: at V = 0 ending looks better and guarantees 1; then going on, .9 + .9 * 1, looks better and guarantees .9 / (1 - .9) = 9.
        var game = new StochasticGameBuilder(["player_0", "player_1"], 1, [2, 1]).SetReward(0, 0, 0, 1).SetReward(1, 0, 0, -1).SetReward(0, 0, 1, .9).SetReward(1, 0, 1, -.9).AddTransition(0, 1, 0, 1).BuildDiscounted(.9);
        var solver = Solver(game, new() { Method = ZeroSumMethod.PolicyIteration, Tolerance = 1e-9 });
        Assert.Equal(1, solver.Step(CancellationToken.None).Residual, 1e-15);
        Assert.Equal(1, solver.ReadSolution().Values[0].Data[0], 1e-12);
        Assert.Equal(.8, solver.Step(CancellationToken.None).Residual, 1e-12);
        Assert.InRange(solver.ReadSolution().Values[0].Data[0], 8.99, 9); // to a part of the residual
        Assert.Equal([0, 1], solver.ReadSolution().Policies[0].Probabilities.ToArray());
    }
}
