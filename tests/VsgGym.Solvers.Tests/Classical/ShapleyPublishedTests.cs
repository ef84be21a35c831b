using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers.Tests;

/// <summary>Values of zero-sum stochastic games that other programs print.</summary>
public sealed class ShapleyPublishedTests
{
    // PRISM-games (commit 5c9e3d2b of August 2026), prism-tests/functionality/verify/csgs/zerosum, which states the expected result beside each property. The games have an
    // end after k steps, so that values are exact but for rounding.
    [Fact]
    public void PrismGames_RockPaperScissorsWithinTwoRounds_Is5Ninths() =>
        Assert.Equal(5.0 / 9, Value(ConcurrentGames.RockPaperScissorsUntilWon(2)), 1e-14); // rps2.prism.props, k=2

    // jamming4, after Zhu, Li, Han and Basar, "A Stochastic Game Model for Jamming in Multi-Channel Cognitive Radio Systems".
    [Fact]
    public void PrismGames_Jamming_HasItsExpectedNumberOfMessages() =>
        Assert.Equal(2.726039886476, Value(ConcurrentGames.Jamming(5, null)), 1e-11); // slots=5

    [Fact]
    public void PrismGames_Jamming_HasItsProbabilityOfHalfTheMessages() =>
        Assert.Equal(.632270470262, Value(ConcurrentGames.Jamming(5, 3)), 1e-11); // slots=5, sent >= 2.5

    [Theory]
    [InlineData(5, .7670817482829999, 1e-12)] // robot_coordination2 with l=5, q=0.1, k=5
    [InlineData(60, .957776305552086, 2e-6)] // without a deadline; computed there to a relative 1e-6
    public void PrismGames_RobotCoordination_HasItsProbability(int horizon, double expected, double tolerance) =>
        Assert.Equal(expected, Value(ConcurrentGames.Robots(5, .1, horizon)), tolerance);

    // "Q Bellman equation for a min-max adversarial game", 2026, a text with a program of its own: penalty kicks at discount 0.9 under three rules for when a kicker is rattled,
    // the probabilities to kick and to dive left in both states, to four decimals, and under the first rule the values.
    [Theory]
    [InlineData("guessed", new[] { .3655, .3758 }, new[] { .3655, .3758 })]
    [InlineData("own action", new[] { 1 / 3.0, 1 / 3.0 }, new[] { .2133, .1619 })]
    [InlineData("outcome", new[] { 1 / 3.0, 1 / 3.0 }, new[] { 1 / 3.0, 1 / 3.0 })]
    public void PenaltyKicks_HaveThePrintedPolicies(string rule, double[] kicker, double[] goalie)
    {
        var game = rule == "guessed" ? ConcurrentGames.PenaltyKicks(1, 0, 0, 1) : rule == "own action" ? ConcurrentGames.PenaltyKicks(1, 1, 0, 0)
            : ConcurrentGames.PenaltyKicks(double.NaN, double.NaN, double.NaN, double.NaN);
        var solution = NormalForm.Run(Solver(game, new() { Tolerance = 1e-12 })).Solution;
        for (int s = 0; s < 2; s++)
        {
            Assert.Equal(kicker[s], solution.Policies[0].Row(0, s)[0], .51e-4);
            Assert.Equal(goalie[s], solution.Policies[1].Row(0, s)[0], .51e-4);
        }

        if (rule != "guessed") return;
        Assert.Equal(5.6890, solution.Values[0].Data[0], .51e-4);
        Assert.Equal(5.4896, solution.Values[0].Data[1], .51e-4);
    }

    // Charith-Reddy-Pareddy/soccer-markov-nash, docs/littman.md: Littman's soccer, in which the first goal ends the game, at discount 0.9, solved by an independent program.
    // Of its 760 states 56 have no pure saddle point, with and without the action stand, and the kick-off is worth .147 and .172 to the holder of the ball.
    [Theory]
    [InlineData(4, .147)]
    [InlineData(5, .172)]
    public void LittmansSoccer_HasThePrintedValue_And56MixedStates(int actions, double kickOff)
    {
        var game = LittmanSoccer.Create(.9, new LittmanRules { GoalEnds = true, OwnGoals = false, Actions = actions });
        double[] values = NormalForm.Run(Solver(game, new() { Method = ZeroSumMethod.PolicyIteration, Tolerance = 1e-11 })).Solution.Values[0].Data;
        Assert.Equal(kickOff, values[LittmanSoccer.State(LittmanSoccer.Cell(2, 0), LittmanSoccer.Cell(2, 4), 0)], .51e-3);
        int mixed = 0, states = 0;
        for (int state = 0; state < game.StateCount; state++)
        {
            if (!LittmanSoccer.IsReal(state)) continue;
            states++;
            double[,] stage = LittmanSoccer.Stage(game, state, values);
            double low = Enumerable.Range(0, actions).Max(i => Enumerable.Range(0, actions).Min(j => stage[i, j]));
            double high = Enumerable.Range(0, actions).Min(j => Enumerable.Range(0, actions).Max(i => stage[i, j]));
            if (high - low > 1e-8) mixed++;
        }

        Assert.Equal((760, 56), (states, mixed));
    }

    // The same page draws Littman's Figure 2: the second player carries, the first bars its way at the edge, to whom this is worth -.315; both mix going up and standing
    // evenly; choices that differ leave the carrier .347, and equal ones .284.
    [Fact]
    public void LittmansFigure2_IsMatchingPennies()
    {
        var game = LittmanSoccer.Create(.9, new LittmanRules { GoalEnds = true, OwnGoals = false });
        var solution = NormalForm.Run(Solver(game, new() { Method = ZeroSumMethod.PolicyIteration, Tolerance = 1e-11 })).Solution;
        int state = LittmanSoccer.State(LittmanSoccer.Cell(2, 0), LittmanSoccer.Cell(2, 1), 1);
        double[,] stage = LittmanSoccer.Stage(game, state, solution.Values[0].Data);
        Assert.Equal(-.315, solution.Values[0].Data[state], .51e-3);
        foreach (int own in (int[])[0, 4])
            foreach (int other in (int[])[0, 4]) Assert.Equal(own == other ? -.284 : -.347, stage[own, other], .51e-3);
        double[] defender = solution.Policies[0].Row(0, state).ToArray(), carrier = solution.Policies[1].Row(0, state).ToArray();
        Assert.Equal([.5, .5], ((double[])[defender[0], defender[3] + defender[4]]).Select(probability => Math.Round(probability, 6))); // at the edge west is standing too
        Assert.Equal([.5, .5], ((double[])[carrier[0], carrier[4]]).Select(probability => Math.Round(probability, 6)));
    }

    private static double Value(StochasticGame game)
    {
        double[] values = NormalForm.Run(Solver(game)).Solution.Values[0].Data;
        return Enumerable.Range(0, game.StateCount).Sum(s => game.Initial[s] * values[s]);
    }

    private static ShapleyIteration Solver(StochasticGame game, ShapleyIteration.Options? options = null) => new(game, options ?? new(), WorkCrew.Alone());
}
