using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>The special cases among Shapley's games: even stopping, one player without choice, and one state, the rational games of von Neumann.</summary>
/// <remarks>
/// Shapley 1953 ends in a section of examples and applications. Of its text only the opening could be read while this was written, so the cases are taken
/// from memory and the numbers from mathematics: nothing here is quoted. In his games play stops with a probability s(i, j) of at least s and all payments are added up
/// without a discount; here that probability leads to an absorbing state that pays nothing, and the discount is as near 1 as a number can be, or 1 - s itself.
/// </remarks>
public sealed class ShapleyExamplesTests
{
    private static readonly double[,] Payoffs = { { 3, -1 }, { -2, 1 } }; // value 1/7, rows with 3/7 and 4/7, columns with 2/7 and 5/7

    // The same game again and again, each time the last with probability s: val / s, and the strategies of the one game.
    [Theory]
    [InlineData(.5)]
    [InlineData(.1)]
    [InlineData(.01)]
    public void EvenStopping_IsTheRepeatedGame(double stop)
    {
        var solution = Solve(OneState(Payoffs, new[,] { { stop, stop }, { stop, stop } }, .9999), 1e-12);
        double value = 1 / 7.0 / (1 - (.9999 * (1 - stop)));
        Assert.Equal(value, solution.Values[0].Data[0], 1e-9 * value);
        Assert.Equal(3 / 7.0, solution.Policies[0].Row(0, 0)[0], 1e-9);
        Assert.Equal(2 / 7.0, solution.Policies[1].Row(0, 0)[0], 1e-9);
        var discounted = Solve(OneState(Payoffs, new double[2, 2], 1 - stop), 1e-13);
        Assert.Equal(1 / 7.0 / stop, discounted.Values[0].Data[0], 1e-10 / stop);
    }

    // The rows of one pair of actions that surely ends the play lead to the absorbing state or nowhere: the same.
    [Fact]
    public void RowThatEndsTheEpisode_IsTheAbsorbingStateWithoutPay()
    {
        double[,] stops = { { 0, 1 }, { 1, 1 } };
        var absorbed = Solve(OneState(Payoffs, stops, .9), 1e-13);
        var builder = new StochasticGameBuilder(["first", "second"], 1, [2, 2]).AddTransition(0, 0, 0, 1);
        for (int joint = 0; joint < 4; joint++) builder.SetReward(0, 0, joint, Payoffs[joint / 2, joint % 2]).SetReward(1, 0, joint, -Payoffs[joint / 2, joint % 2]);
        var ends = Solve(builder.BuildDiscounted(.9), 1e-13);
        Assert.Equal(ends.Values[0].Data[0], absorbed.Values[0].Data[0], 1e-11);
        Assert.Equal(0, absorbed.Values[0].Data[1]);
        for (int p = 0; p < 2; p++) Assert.Equal(ends.Policies[p].Row(0, 0)[0], absorbed.Policies[p].Row(0, 0)[0], 1e-10);
    }

    // One state: V = val (A + (1 - S) V) means val (A - V S) = 0, the game of x'Ay / x'Sy. By hand: A = ((1, 0), (0, 1)) and S = ((1/2, 1), (1, 1)), so that
    // (1 - V/2)(1 - V) = V^2, V^2/2 + 3V/2 - 1 = 0 and V = (sqrt 17 - 3) / 2.
    [Theory]
    [InlineData(ZeroSumMethod.ValueIteration)]
    [InlineData(ZeroSumMethod.PolicyIteration)]
    public void OneState_ByHand_HasAnIrrationalValue(ZeroSumMethod method)
    {
        double[,] payoffs = { { 1, 0 }, { 0, 1 } }, stops = { { .5, 1 }, { 1, 1 } };
        var solution = Solve(OneState(payoffs, stops, 1 - 1e-15), 1e-14, method);
        double value = (Math.Sqrt(17) - 3) / 2;
        Assert.Equal(value, solution.Values[0].Data[0], 1e-12);
        Assert.Equal(-value, solution.Values[1].Data[0], 1e-12);

        // The rows of ((1 - V/2, -V), (-V, 1 - V)), which is symmetric, are mixed until both columns pay 0: x (1 - V/2) = (1 - x) V.
        double first = value / (1 + (value / 2));
        for (int p = 0; p < 2; p++) Assert.Equal(first, solution.Policies[p].Row(0, 0)[0], 1e-12);
    }

    // By hand: A = ((0, 1), (1, 0)) and S = ((1, 1/4), (1/4, 1)): x = y = 1/2, and V = (1/2) / (5/8) = 4/5.
    [Fact]
    public void OneState_Symmetric_HasTheQuotientOfTheMeans()
    {
        var solution = Solve(OneState(new double[,] { { 0, 1 }, { 1, 0 } }, new[,] { { 1, .25 }, { .25, 1 } }, 1 - 1e-15), 1e-14);
        Assert.Equal(.8, solution.Values[0].Data[0], 1e-12);
        Assert.Equal(.5, solution.Policies[0].Row(0, 0)[0], 1e-12);
        Assert.Equal(.5, solution.Policies[1].Row(0, 0)[0], 1e-12);
    }

    // The root of V -> val (A - V S), which falls by at least s per unit, by bisection with the textbook value of a game of two by two.
    [Fact]
    public void OneState_OnRandomGames_IsTheRootOfARationalGame()
    {
        var random = RandomStream.Create(7);
        int mixed = 0;
        for (int trial = 0; trial < 60; trial++)
        {
            double[,] payoffs = new double[2, 2], stops = new double[2, 2];
            for (int k = 0; k < 4; k++) (payoffs[k / 2, k % 2], stops[k / 2, k % 2]) = ((2 * random.NextDouble()) - 1, .2 + (.8 * random.NextDouble()));
            double low = -5, high = 5;
            for (int k = 0; k < 100; k++)
            {
                double middle = (low + high) / 2;
                if (Value(Less(payoffs, stops, middle)) > 0) low = middle;
                else high = middle;
            }

            var game = OneState(payoffs, stops, 1 - 1e-15);
            var solution = Solve(game, 1e-14);
            Assert.Equal(low, solution.Values[0].Data[0], 1e-12);
            double x = solution.Policies[0].Row(0, 0)[0], y = solution.Policies[1].Row(0, 0)[0];
            mixed += x is > 0 and < 1 ? 1 : 0;
            for (int k = 0; k < 2; k++)
            {
                // x'A / x'S against each column is at least V, and the second's mixture holds each row at most there.
                double column = ((x * payoffs[0, k]) + ((1 - x) * payoffs[1, k])) / ((x * stops[0, k]) + ((1 - x) * stops[1, k]));
                double row = ((y * payoffs[k, 0]) + ((1 - y) * payoffs[k, 1])) / ((y * stops[k, 0]) + ((1 - y) * stops[k, 1]));
                Assert.InRange(column, low - 1e-11, 5);
                Assert.InRange(row, -5, low + 1e-11);
            }

            Assert.InRange(new NashCertificate(game).Measure(solution.Policies, CancellationToken.None).Gap, 0, 1e-11);
        }

        Assert.InRange(mixed, 15, 45);
    }

    // One of the players has no choice: what is left is a decision process, maximized or minimized by a plain loop.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void PlayerWithoutChoice_LeavesDynamicProgramming(int chooser)
    {
        for (ulong seed = 0; seed < 10; seed++)
        {
            var alone = RandomGames.Create(new RandomGameShape(1, 5, 4, null, .95), seed);
            int actions = alone.ActionCounts[0];
            var builder = new StochasticGameBuilder(["first", "second"], 5, chooser == 0 ? [actions, 1] : [1, actions]).WithInitial(alone.Initial);
            for (int row = 0; row < 5 * actions; row++)
            {
                builder.SetReward(0, row / actions, row % actions, alone.Rewards(0)[row]).SetReward(1, row / actions, row % actions, -alone.Rewards(0)[row]);
                for (int k = alone.RowStarts[row]; k < alone.RowStarts[row + 1]; k++) builder.AddTransition(row / actions, row % actions, alone.NextStates[k], alone.Probabilities[k]);
            }

            double[] values = new double[5], best = new double[5];
            for (int sweep = 0; sweep < 1000; sweep++)
            {
                double[] next = new double[5];
                for (int s = 0; s < 5; s++)
                {
                    double[] returns = [.. Enumerable.Range(s * actions, actions).Select(row => alone.Rewards(0)[row]
                        + (.95 * Enumerable.Range(alone.RowStarts[row], alone.RowStarts[row + 1] - alone.RowStarts[row]).Sum(k => alone.Probabilities[k] * values[alone.NextStates[k]])))];
                    next[s] = chooser == 0 ? returns.Max() : returns.Min();
                    best[s] = returns.IndexOf(next[s]);
                }

                values = next;
            }

            var game = builder.BuildDiscounted(.95);
            var solution = Solve(game, 1e-13);
            for (int s = 0; s < 5; s++)
            {
                Assert.Equal(values[s], solution.Values[0].Data[s], 1e-10);
                Assert.Equal(1, solution.Policies[chooser].Row(0, s)[(int)best[s]], 1e-12);
            }

            Assert.InRange(new NashCertificate(game).Measure(solution.Policies, CancellationToken.None).Gap, 0, 1e-9);
        }
    }

    // In the manner of Everett's recursive games, which pay only at the end: a duel of two states in which one who dares alone moves to the other state and there
    // dares from ahead. V0 = val ((0, V1), (1, 0)) and V1 = val ((1, V0), (0, 1)): V0 = V1 / (1 + V1), and V1 = 1 / (2 - V0) = (1 + V1) / (2 + V1),
    // so V1^2 + V1 - 1 = 0: V1 = (sqrt 5 - 1) / 2, the golden section, and V0 = 1 - V1 = (3 - sqrt 5) / 2.
    [Theory]
    [InlineData(ZeroSumMethod.ValueIteration)]
    [InlineData(ZeroSumMethod.PolicyIteration)]
    public void TwoStatesThatPayAtTheEnd_HaveTheGoldenSection(ZeroSumMethod method)
    {
        var builder = new StochasticGameBuilder(["first", "second"], 2, [2, 2]).WithInitial([1, 0]).AddTransition(0, 1, 1, 1).AddTransition(1, 1, 0, 1);
        foreach (var (state, joint) in ((int, int)[])[(0, 2), (1, 0), (1, 3)]) builder.SetReward(0, state, joint, 1).SetReward(1, state, joint, -1);
        var game = builder.BuildDiscounted(1 - 1e-15);
        var solution = Solve(game, 1e-14, method);
        double ahead = (Math.Sqrt(5) - 1) / 2, behind = 1 - ahead;
        Assert.Equal(behind, solution.Values[0].Data[0], 1e-12);
        Assert.Equal(ahead, solution.Values[0].Data[1], 1e-12);

        // State 0: x of row 0 with 1 - x = x V1, the second plays its second column against 1 with y = 1 / (1 + V1). State 1: both columns pay alike at x = (1 - x) + x V0.
        Assert.Equal(1 / (1 + ahead), solution.Policies[0].Row(0, 0)[0], 1e-12);
        Assert.Equal(ahead / (1 + ahead), solution.Policies[1].Row(0, 0)[0], 1e-12);
        Assert.Equal(1 / (2 - behind), solution.Policies[0].Row(0, 1)[0], 1e-12);
        Assert.Equal((1 - behind) / (2 - behind), solution.Policies[1].Row(0, 1)[0], 1e-12);
        Assert.InRange(new NashCertificate(game).Measure(solution.Policies, CancellationToken.None).Gap, 0, 1e-11);
    }

    private static Solution Solve(StochasticGame game, double tolerance, ZeroSumMethod method = ZeroSumMethod.ValueIteration)
    {
        var outcome = NormalForm.Run(new ShapleyIteration(game, new ShapleyIteration.Options { Tolerance = tolerance, Method = method, MaxIterations = 1_000_000 }, WorkCrew.Alone()));
        Assert.Equal(SolveStatus.Converged, outcome.Status);
        return outcome.Solution;
    }

    // A zero-sum game of one state in which a pair of actions ends the play with its probability.
    private static StochasticGame OneState(double[,] payoffs, double[,] stops, double discount)
    {
        var builder = new StochasticGameBuilder(["first", "second"], 2, [2, 2]).WithInitial([1, 0]);
        for (int joint = 0; joint < 4; joint++)
        {
            double payoff = payoffs[joint / 2, joint % 2], stop = stops[joint / 2, joint % 2];
            builder.SetReward(0, 0, joint, payoff).SetReward(1, 0, joint, 0 - payoff);
            builder.AddTransition(0, joint, 0, 1 - stop).AddTransition(0, joint, 1, stop).AddTransition(1, joint, 1, 1);
        }

        return builder.BuildDiscounted(discount);
    }

    private static double[,] Less(double[,] payoffs, double[,] stops, double value) => new[,]
    {
        { payoffs[0, 0] - (value * stops[0, 0]), payoffs[0, 1] - (value * stops[0, 1]) },
        { payoffs[1, 0] - (value * stops[1, 0]), payoffs[1, 1] - (value * stops[1, 1]) },
    };

    private static double Value(double[,] m)
    {
        double low = Math.Max(Math.Min(m[0, 0], m[0, 1]), Math.Min(m[1, 0], m[1, 1])), high = Math.Min(Math.Max(m[0, 0], m[1, 0]), Math.Max(m[0, 1], m[1, 1]));
        return low >= high ? low : ((m[0, 0] * m[1, 1]) - (m[0, 1] * m[1, 0])) / (m[0, 0] + m[1, 1] - m[0, 1] - m[1, 0]);
    }
}
