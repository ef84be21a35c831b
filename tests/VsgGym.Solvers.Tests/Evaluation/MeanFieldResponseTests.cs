using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

public sealed class MeanFieldResponseTests
{
    private const int States = 2, Actions = 2, Horizon = 3;

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    [InlineData(4UL)]
    public void Solve_IsTheBestOfAllDeterministicPolicies(ulong seed)
    {
        var random = RandomStream.Create(seed);
        var game = RandomMeanFieldGames.Create(random.Fork("game"), States, Actions, Horizon);
        var flow = MeanFieldFlow.Of(game, RandomMeanFieldGames.Policy(random.Fork("policy"), game));
        double best = double.NegativeInfinity;
        for (int code = 0; code < 1 << (Horizon * States); code++)
        {
            double[] table = [.. Enumerable.Range(0, Horizon * States).SelectMany(row => (double[])(((code >> row) & 1) == 0 ? [1, 0] : [0, 1]))];
            best = Math.Max(best, MeanFieldResponse.Evaluate(game, new TabularPolicy(table, Horizon, States, Actions), flow).FromStart(game));
        }

        var response = MeanFieldResponse.Solve(game, flow);
        Assert.Equal(best, response.FromStart(game), 1e-13);
        Assert.Equal(best, MeanFieldResponse.Evaluate(game, response.Policy, flow).FromStart(game), 1e-13);
        Assert.Equal([Horizon + 1, States], response.Values.Shape.ToArray());
    }

    [Theory]
    [InlineData(5UL)]
    [InlineData(6UL)]
    public void Evaluate_IsTheSumOverAllTrajectories(ulong seed)
    {
        var random = RandomStream.Create(seed);
        var game = RandomMeanFieldGames.Create(random.Fork("game"), 3, 2, 3);
        var flow = MeanFieldFlow.Of(game, RandomMeanFieldGames.Policy(random.Fork("others"), game));
        var policy = RandomMeanFieldGames.Policy(random.Fork("own"), game);
        double expected = 0;
        for (int s = 0; s < 3; s++) expected += game.Initial[s] * Walk(game, policy, flow, 0, s);
        Assert.Equal(expected, MeanFieldResponse.Evaluate(game, policy, flow).FromStart(game), 1e-13);
    }

    [Fact]
    public void EvaluationAlongTheOwnFlow_IsTheMeanRewardOfThePopulation()
    {
        var random = RandomStream.Create(9);
        var game = RandomMeanFieldGames.Create(random.Fork("game"), 5, 3, 6);
        var policy = RandomMeanFieldGames.Policy(random.Fork("policy"), game);
        var flow = MeanFieldFlow.Of(game, policy);
        double sum = 0;
        for (int t = 0; t < 6; t++)
            for (int s = 0; s < 5; s++)
                for (int a = 0; a < 3; a++) sum += flow.Data[(t * 5) + s] * policy.Row(t, s)[a] * game.Reward(t, s, a, flow.Data.AsSpan(t * 5, 5));
        Assert.Equal(sum, MeanFieldResponse.Evaluate(game, policy, flow).FromStart(game), 1e-12);
    }

    [Fact]
    public void AmongEqualActions_TheLowestNumberedIsTaken()
    {
        var game = new Games.LeftRight(new Games.LeftRight.Options()).MeanField;
        var response = MeanFieldResponse.Solve(game, MeanFieldFlow.Of(game, MeanFieldPolicies.Mixed(game, 2.0 / 3, 1.0 / 3)));
        Assert.Equal(1, response.Policy.Row(1, 0)[0]); // the last move changes nothing
    }

    [Fact]
    public void FlowOfAnotherShape_IsRefused()
    {
        var game = new Games.LeftRight(new Games.LeftRight.Options()).MeanField;
        var flow = new ShapedArray(new double[9], 3, 3);
        foreach (var call in (Action[])[() => MeanFieldResponse.Solve(game, flow), () => MeanFieldResponse.Evaluate(game, MeanFieldPolicies.Uniform(game), flow)])
            Assert.Equal("flow = [3, 3]: must have shape [2, 3]", Assert.Throws<VsgGymException>(call).Message);
    }

    [Fact]
    public void Cancelled_Stops()
    {
        var game = new Games.LeftRight(new Games.LeftRight.Options()).MeanField;
        var flow = MeanFieldFlow.Of(game, MeanFieldPolicies.Uniform(game));
        Assert.Throws<OperationCanceledException>(() => MeanFieldResponse.Solve(game, flow, new CancellationToken(canceled: true)));
    }

    private static double Walk(MeanFieldGame game, TabularPolicy policy, ShapedArray flow, int time, int state)
    {
        if (time == game.Horizon) return 0;
        var population = flow.Data.AsSpan(time * game.StateCount, game.StateCount);
        var next = new double[game.StateCount];
        double value = 0;
        for (int a = 0; a < game.ActionCount; a++)
        {
            game.Transition(time, state, a, population, next);
            double q = game.Reward(time, state, a, population);
            for (int z = 0; z < next.Length; z++) q += next[z] * Walk(game, policy, flow, time + 1, z);
            value += policy.Row(time, state)[a] * q;
        }

        return value;
    }
}
