using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>Zero-sum inference against plain loops, closed forms and its premise.</summary>
public sealed class ZeroSumInferenceTests
{
    private static readonly double[,] Pennies = { { 1, -1 }, { -1, 1 } }, MinusPennies = { { -1, 1 }, { 1, -1 } };

    [Theory]
    [InlineData(.5)]
    [InlineData(1)]
    [InlineData(3)]
    public void MatchingPennies_IsWorthNothingAloneAndLessAgainstAReactingOpponent(double b)
    {
        var game = NormalForm.Create(Pennies, MinusPennies);
        var options = new ZeroSumInference.Options { InverseTemperature = b, OpponentInverseTemperature = b };
        Assert.Equal(0, Solve(game, options).Solution.Values[0].Data[0], 1e-12);
        var reacting = Solve(game, options with { Form = ZeroSumForm.Reacting }).Solution;
        Assert.Equal(-Math.Log(Math.Cosh(b)) / b, reacting.Values[0].Data[0], 1e-12);
        Assert.Equal(Math.Log(Math.Cosh(b)) / b, reacting.Values[1].Data[0], 1e-12);
        double avoids = 1 / (1 + Math.Exp(-2 * b));
        Assert.Equal([1 - avoids, avoids, avoids, 1 - avoids], reacting.Arrays["conditional_policy.player_1"].Data, (x, y) => Math.Abs(x - y) < 1e-12);
        Assert.Equal(.5, reacting.Policies[1].Row(0, 0)[0], 1e-12);
    }

    [Fact]
    public void Independent_IsTheLogitEquilibriumOfAZeroSumGame()
    {
        // Gambit's constant-sum 2x2 with 1 taken from each payoff is zero-sum: at lambda 1, 2, 3 P(row 1) = .642979, .772677, .859537 and P(column 1) = .588319, .611743, .603816.
        var game = NormalForm.Create(new double[,] { { 0, 0 }, { -1, 0 } }, new double[,] { { 0, 0 }, { 1, 0 } });
        foreach (var (lambda, row, column) in ((double, double, double)[])[(1, .642979, .588319), (2, .772677, .611743), (3, .859537, .603816)])
        {
            var solution = Solve(game, new ZeroSumInference.Options { InverseTemperature = lambda, OpponentInverseTemperature = lambda }).Solution;
            Assert.Equal(row, solution.Policies[0].Row(0, 0)[0], 1e-6);
            Assert.Equal(column, solution.Policies[1].Row(0, 0)[0], 1e-6);
        }
    }

    [Fact]
    public void Cold_ComesToTheMinimaxValue()
    {
        // Big Match, discounted and normalized, has the value 1/2 for every discount: absorbed at 1 or 0 for ever, or 0 and 1 now and again.
        double gamma = .8, now = 1 - gamma;
        var builder = new StochasticGameBuilder(["player_0", "player_1"], 3, [2, 2]);
        void Pay(int state, int joint, double reward) => builder.SetReward(0, state, joint, reward).SetReward(1, state, joint, -reward);
        (int Next, double Reward)[] rows = [(1, now), (2, 0), (0, 0), (0, now)];
        for (int j = 0; j < 4; j++)
        {
            Pay(0, j, rows[j].Reward);
            Pay(1, j, now);
            builder.AddTransition(0, j, rows[j].Next, 1).AddTransition(1, j, 1, 1).AddTransition(2, j, 2, 1);
        }

        var options = new ZeroSumInference.Options { InverseTemperature = 200, OpponentInverseTemperature = 200, InnerIterations = 1000 };
        var game = builder.BuildDiscounted(gamma);
        Assert.Equal(.5, Solve(game, options).Solution.Values[0].Data[0], 1e-2);
        var proximal = Solve(game, new ZeroSumInference.Options { InverseTemperature = 20, OpponentInverseTemperature = 20, Prior = OpponentPrior.LastPolicy, Tolerance = 1e-9 });
        Assert.Equal(SolveStatus.Converged, proximal.Status);
        Assert.Equal(.5, proximal.Solution.Values[0].Data[0], 1e-6);
        Assert.Equal((1 - gamma) / (2 - gamma), proximal.Solution.Policies[0].Row(0, 0)[0], 1e-5);
        Assert.Equal(.5, proximal.Solution.Policies[1].Row(0, 0)[0], 1e-5);
    }

    [Fact]
    public void Reacting_AgreesWithTwoTemperatureSoftQLearningByPlainLoops()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var game = ZeroSum(seed, seed % 2 == 0 ? 4 : null);
            int agent = (int)(seed / 2 % 2);
            var outcome = Solve(game, new ZeroSumInference.Options { Form = ZeroSumForm.Reacting, InverseTemperature = 2, OpponentInverseTemperature = .7, Agent = $"player_{agent}", Tolerance = 1e-12 });
            var values = game.Horizon is null ? new double[3] : game.TerminalRewards(agent).ToArray();
            for (int k = 0; k < (game.Horizon ?? 300); k++)
            {
                double[] later = values;
                values = [.. Enumerable.Range(0, 3).Select(s => Math.Log(Mean(game, agent, s, a => Math.Exp(2 * Math.Log(Mean(game, 1 - agent, s, b => Math.Exp(-.7 * Payoff(game, agent, s, a, b, later)))) / -.7))) / 2)];
            }

            for (int s = 0; s < 3; s++) Assert.Equal(values[s], outcome.Solution.Values[agent].Data[s], 1e-9);
        }
    }

    [Fact]
    public void Independent_AnswersEachOtherAndHasTheSaddleValue()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var game = ZeroSum(seed, seed % 2 == 0 ? 4 : null);
            var outcome = Solve(game, new ZeroSumInference.Options { InverseTemperature = 2, OpponentInverseTemperature = .7, Tolerance = 1e-11, InnerIterations = 1000 });
            Assert.Equal(SolveStatus.Converged, outcome.Status);
            double[] values = outcome.Solution.Values[0].Data;
            double[] later = game.Horizon is null ? values : values[3..6];
            for (int s = 0; s < 3; s++)
            {
                double[] x = outcome.Solution.Policies[0].Row(0, s).ToArray(), y = outcome.Solution.Policies[1].Row(0, s).ToArray();
                double value = 0;
                for (int a = 0; a < x.Length; a++)
                    for (int b = 0; b < y.Length; b++) value += x[a] * y[b] * Payoff(game, 0, s, a, b, later);
                double[] toX = Answer(game, 0, s, 2, a => Enumerable.Range(0, y.Length).Sum(b => y[b] * Payoff(game, 0, s, a, b, later)));
                double[] toY = Answer(game, 1, s, -.7, b => Enumerable.Range(0, x.Length).Sum(a => x[a] * Payoff(game, 0, s, a, b, later)));
                Assert.Equal(toX, x, (first, second) => Math.Abs(first - second) < 1e-8);
                Assert.Equal(toY, y, (first, second) => Math.Abs(first - second) < 1e-8);
                double saddle = value - (Divergence(x) / 2) + (Divergence(y) / .7);
                Assert.Equal(saddle, values[s], 1e-8);
            }
        }
    }

    [Fact]
    public void OtherGames_AreRefusedWithStateJointActionAndSum()
    {
        var game = new StochasticGameBuilder(["player_0", "player_1"], 2, [2, 2]).SetReward(0, 1, 2, 3).SetReward(1, 1, 2, -2.5).BuildDiscounted(.9);
        var error = Assert.Throws<VsgGymException>(() => Solve(game, new ZeroSumInference.Options()));
        Assert.Equal(("rewards[1, 1, 0]", "0.5", "not_zero_sum"), (error.Faults[0].Path, error.Faults[0].Value, Assert.Single(error.Faults).Reason));
        var three = RandomGames.Create(new RandomGameShape(3, 2, 2, null), 1);
        Assert.Equal("wrong_players", Assert.Throws<VsgGymException>(() => Solve(three, new ZeroSumInference.Options())).Faults[0].Reason);
        var unknown = Assert.Throws<VsgGymException>(() => Solve(NormalForm.Create(Pennies, MinusPennies), new ZeroSumInference.Options { Agent = "nobody" }));
        Assert.Equal("options.agent", unknown.Faults[0].Path);
    }

    [Theory]
    [InlineData(ZeroSumForm.Independent)]
    [InlineData(ZeroSumForm.Reacting)]
    public void Answer_StartedFrom_EndsAtOnceAndStepsAllocateNothing(ZeroSumForm form)
    {
        var options = new ZeroSumInference.Options { Form = form, InnerIterations = 1000 };
        foreach (int? horizon in (int?[])[null, 4])
        {
            var game = ZeroSum(7, horizon);
            var outcome = Solve(game, options);
            var again = new ZeroSumInference(game, options, WorkCrew.Alone());
            again.Start(outcome.Solution);
            Assert.Equal(1, NormalForm.Run(again).Iterations);
            Assert.Equal(outcome.Solution.Policies[0].Row(0, 0)[0], again.ReadSolution().Policies[0].Row(0, 0)[0], 1e-9);
            Allocation.Check(new ZeroSumInference(game, options with { Prior = OpponentPrior.LastPolicy, InnerIterations = 3 }, WorkCrew.Alone()));
        }
    }

    [Fact]
    public void Diverging_IsSeen()
    {
        var game = new StochasticGameBuilder(["a", "b"], 1, [1, 1]).SetReward(0, 0, 0, 1e308).SetReward(1, 0, 0, -1e308).AddTransition(0, 0, 0, 1).BuildDiscounted(.9);
        var outcome = Solve(game, new ZeroSumInference.Options());
        Assert.Equal(SolveStatus.Diverged, outcome.Status);
        Assert.True(double.IsFinite(outcome.Solution.Values[0].Data[0]));
    }

    private static SolveOutcome Solve(StochasticGame game, ZeroSumInference.Options options) => NormalForm.Run(new ZeroSumInference(game, options, WorkCrew.Alone()));

    // A random game whose second player's rewards are minus the first's.
    private static StochasticGame ZeroSum(ulong seed, int? horizon)
    {
        var drawn = RandomGames.Create(new RandomGameShape(2, 3, 3, horizon, Discount: .8, IllegalActions: seed % 4 >= 2), seed + 300);
        var builder = new StochasticGameBuilder(drawn.Players, 3, drawn.ActionCounts);
        for (int p = 0; p < 2; p++)
            for (int s = 0; s < 3; s++)
            {
                for (int a = 0; a < drawn.ActionCounts[p]; a++)
                    if (!drawn.IsLegal(p, s, a)) builder.Forbid(p, s, a);
                if (horizon is not null) builder.SetTerminalReward(p, s, p == 0 ? drawn.TerminalRewards(0)[s] : -drawn.TerminalRewards(0)[s]);
            }

        for (int row = 0; row < 3 * drawn.JointActionCount; row++)
        {
            int s = row / drawn.JointActionCount, j = row % drawn.JointActionCount;
            builder.SetReward(0, s, j, drawn.Rewards(0)[row]).SetReward(1, s, j, -drawn.Rewards(0)[row]);
            for (int k = drawn.RowStarts[row]; k < drawn.RowStarts[row + 1]; k++) builder.AddTransition(s, j, drawn.NextStates[k], drawn.Probabilities[k]);
        }

        return builder.Build(drawn.Horizon, horizon is null ? .8 : null);
    }

    // To the agent; its action and the opponent's.
    private static double Payoff(StochasticGame game, int agent, int s, int a, int b, double[] later)
    {
        int row = (s * game.JointActionCount) + (a * game.Strides[agent]) + (b * game.Strides[1 - agent]);
        double payoff = game.Rewards(agent)[row];
        for (int k = game.RowStarts[row]; k < game.RowStarts[row + 1]; k++) payoff += game.Discount * game.Probabilities[k] * later[game.NextStates[k]];
        return payoff;
    }

    private static int[] Legal(StochasticGame game, int p, int s) => [.. Enumerable.Range(0, game.ActionCounts[p]).Where(a => game.IsLegal(p, s, a))];

    private static double Mean(StochasticGame game, int p, int s, Func<int, double> value) => Legal(game, p, s).Average(value);

    private static double[] Answer(StochasticGame game, int p, int s, double beta, Func<int, double> value)
    {
        double sum = Legal(game, p, s).Sum(a => Math.Exp(beta * value(a)));
        return [.. Enumerable.Range(0, game.ActionCounts[p]).Select(a => game.IsLegal(p, s, a) ? Math.Exp(beta * value(a)) / sum : 0)];
    }

    private static double Divergence(double[] policy) => policy.Where(x => x > 0).Sum(x => x * Math.Log(x * policy.Count(y => y > 0)));

    [Theory]
    [InlineData(ZeroSumForm.Independent)]
    [InlineData(ZeroSumForm.Reacting)]
    public void OpponentWithoutAChoice_LeavesSoftValueIteration(ZeroSumForm form)
    {
        // V = (1 / beta) log of the mean of exp(beta (r + gamma V)), the uniform prior's soft value.
        for (ulong seed = 0; seed < 5; seed++)
        {
            var random = RandomStream.Create(seed).Fork("alone");
            var builder = new StochasticGameBuilder(["player_0", "player_1"], 3, [3, 1]);
            var rewards = new double[9];
            var next = new double[9][];
            for (int row = 0; row < 9; row++)
            {
                (rewards[row], next[row]) = ((2 * random.NextDouble()) - 1, new double[3]);
                random.NextSimplex(next[row]);
                builder.SetReward(0, row / 3, row % 3, rewards[row]).SetReward(1, row / 3, row % 3, -rewards[row]);
                for (int to = 0; to < 3; to++) builder.AddTransition(row / 3, row % 3, to, next[row][to]);
            }

            var outcome = Solve(builder.BuildDiscounted(.8), new ZeroSumInference.Options { Form = form, InverseTemperature = 2, OpponentInverseTemperature = .3 });
            double[] values = new double[3];
            for (int k = 0; k < 300; k++)
                values = [.. Enumerable.Range(0, 3).Select(s => Math.Log(Enumerable.Range(3 * s, 3).Average(row => Math.Exp(2 * (rewards[row] + (.8 * next[row].Zip(values, (p, v) => p * v).Sum()))))) / 2)];
            for (int s = 0; s < 3; s++) Assert.Equal(values[s], outcome.Solution.Values[0].Data[s], 1e-8);
        }
    }
}
