using VsgGym.Core;

namespace VsgGym.Games.Tests;

public sealed class LeftRightTests
{
    // Cui and Koeppl 2021: r(left) = -mu(left), r(right) = -2 mu(right), r(center) = 0; the action is the next state.
    [Fact]
    public void Rules_AreThoseOfTheSource()
    {
        var game = new LeftRight(new LeftRight.Options()).MeanField;
        double[] population = [0.5, 0.2, 0.3], next = new double[3];
        Assert.Equal((0, -0.2, -0.6), (game.Reward(0, 0, 0, population), game.Reward(0, 1, 0, population), game.Reward(1, 2, 1, population)));
        for (int s = 0; s < 3; s++)
        {
            game.Transition(0, s, 0, population, next);
            Assert.Equal([0, 1, 0], next);
            game.Transition(0, s, 1, population, next);
            Assert.Equal([0, 0, 1], next);
        }

        Assert.Equal((2, 3, 2, -2, 0), (game.Horizon, game.StateCount, game.ActionCount, game.LowestReward, game.HighestReward));
        Assert.Equal<double>([1, 0, 0], game.Initial);
    }

    [Fact]
    public void FourAgents_PayForTheirCompany()
    {
        var play = Play.Start(new LeftRight(new LeftRight.Options { Agents = 4 }));
        play.Step(0, 1, 1, 1);
        Assert.Equal([0, 0, 0, 0], play.Rewards());
        Assert.All(play.Rewards(), reward => Assert.False(double.IsNegative(reward)));
        play.Step(0, 0, 0, 0);
        Assert.Equal([-0.25, -1.5, -1.5, -1.5], play.Rewards());
        Assert.True(play.Worlds.Terminated(3)[0]);
    }

    [Fact]
    public void EmptyPlace_CostsZeroAndNotMinusZero()
    {
        var game = new LeftRight(new LeftRight.Options()).MeanField;
        Assert.False(double.IsNegative(game.Reward(0, 1, 0, [1, 0, 0])));
        Assert.False(double.IsNegative(game.Reward(0, 2, 0, [1, 0, 0])));
    }

    [Fact]
    public void Types_PayTheirOwnCostsForAllTheCompany()
    {
        var game = new LeftRight(new LeftRight.Options
        {
            Types = [new() { Name = "calm", Share = 0.25 }, new() { Name = "shy", Share = 0.75, LeftCost = 5 }],
        }).MeanField;
        Assert.Equal<string>(["calm center", "calm left", "calm right", "shy center", "shy left", "shy right"], game.StateLabels);
        Assert.Equal<double>([0.25, 0, 0, 0.75, 0, 0], game.Initial);
        double[] population = [0, 0.1, 0.15, 0, 0.3, 0.45], next = new double[6];
        Assert.Equal(-0.4, game.Reward(1, 1, 0, population), 1e-15);
        Assert.Equal(-2.0, game.Reward(1, 4, 0, population), 1e-15);
        game.Transition(0, 3, 1, population, next);
        Assert.Equal([0, 0, 0, 0, 0, 1], next);
        Assert.Equal(-5, game.LowestReward);
    }

    [Fact]
    public void FaultyTypes_AreReportedTogether()
    {
        var catalog = Catalog.Scan([typeof(LeftRight).Assembly]);
        var error = Assert.Throws<VsgGymException>(() => catalog.CreateGame(
            "mf_left_right-v0", """{"types": [{"name": "a", "share": 0.5}, {"name": "a", "share": 0.4}, {"share": 0}]}"""));
        Assert.Equal(["game.options.types[2].name", "game.options.types"], error.Faults.Select(fault => fault.Path).Distinct());
        Assert.Equal("must sum", error.Faults[^1].Rule.Substring("the shares ".Length, 8));
        error = Assert.Throws<VsgGymException>(() => catalog.CreateGame("mf_left_right-v0", """{"types": [{"name": "a", "share": 2, "left_cost": -1}]}"""));
        Assert.Equal(["game.options.types[0].left_cost", "game.options.types[0].share"], error.Faults.Select(fault => fault.Path).Order());
    }
}
