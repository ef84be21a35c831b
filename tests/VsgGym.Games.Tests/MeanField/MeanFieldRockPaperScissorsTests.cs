using VsgGym.Core;

namespace VsgGym.Games.Tests;

public sealed class MeanFieldRockPaperScissorsTests
{
    // Cui and Koeppl 2021: r(R) = 2 mu(S) - mu(P), r(P) = 4 mu(R) - 2 mu(S), r(S) = 6 mu(P) - 3 mu(R).
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, (2 * 0.5) - 0.3)]
    [InlineData(2, (4 * 0.2) - (2 * 0.5))]
    [InlineData(3, (6 * 0.3) - (3 * 0.2))]
    public void Reward_IsThatOfTheSource(int state, double reward)
    {
        var game = new MeanFieldRockPaperScissors(new MeanFieldRockPaperScissors.Options()).MeanField;
        Assert.Equal(reward, game.Reward(1, state, 0, [0, 0.2, 0.3, 0.5]), 1e-15);
        Assert.Equal((2, 4, 3), (game.Horizon, game.StateCount, game.ActionCount));
    }

    [Fact]
    public void SixAgents_MeetEachOther()
    {
        var play = Play.Start(new MeanFieldRockPaperScissors(new MeanFieldRockPaperScissors.Options { Agents = 6 }));
        play.Step(0, 0, 0, 1, 1, 2);
        Assert.Equal([0, 0, 0, 0, 0, 0], play.Rewards());
        play.Step(0, 0, 0, 0, 0, 0);
        double rock = (2.0 / 6) - (2.0 / 6), paper = (4 * 3.0 / 6) - (2 * 1.0 / 6), scissors = (6 * 2.0 / 6) - (3 * 3.0 / 6);
        double[] expected = [rock, rock, rock, paper, paper, scissors];
        for (int i = 0; i < 6; i++) Assert.Equal(expected[i], play.Rewards()[i], 1e-15);
        Assert.True(play.Worlds.Terminated(0)[0]);
    }

    [Fact]
    public void Bounds_AreReached()
    {
        var game = new MeanFieldRockPaperScissors(new MeanFieldRockPaperScissors.Options()).MeanField;
        Assert.Equal(game.HighestReward, game.Reward(1, 3, 0, [0, 0, 1, 0]));
        Assert.Equal(game.LowestReward, game.Reward(1, 3, 0, [0, 1, 0, 0]));
    }

    [Fact]
    public void Stakes_ArePaidWhereTheyAreSet()
    {
        var game = new MeanFieldRockPaperScissors(new MeanFieldRockPaperScissors.Options
        {
            RockWin = 7,
            RockLoss = 0.5,
            PaperWin = 0.25,
            PaperLoss = 8,
            ScissorsWin = 3,
            ScissorsLoss = 0,
        }).MeanField;
        double[] population = [0, 0.2, 0.3, 0.5];
        double[] expected = [0, (7 * 0.5) - (0.5 * 0.3), (0.25 * 0.2) - (8 * 0.5), 3 * 0.3];
        for (int s = 0; s < 4; s++) Assert.Equal(expected[s], game.Reward(1, s, 0, population), 1e-15);
        Assert.Equal((-8, 7), (game.LowestReward, game.HighestReward));
        Assert.False(double.IsNegative(game.Reward(1, 3, 0, [0, 1, 0, 0])));
    }

    [Fact]
    public void Types_PlayForTheirOwnStakesAgainstEverybody()
    {
        var game = new MeanFieldRockPaperScissors(new MeanFieldRockPaperScissors.Options
        {
            ScissorsWin = 100, // a type's own number stands in its place
            Types = [new() { Name = "even", Share = 0.75, RockWin = 1, PaperWin = 1, PaperLoss = 1, ScissorsWin = 1, ScissorsLoss = 1 }, new() { Name = "bold", Share = 0.25 }],
        }).MeanField;
        Assert.Equal<string>(["even start", "even rock", "even paper", "even scissors", "bold start", "bold rock", "bold paper", "bold scissors"], game.StateLabels);
        Assert.Equal<double>([0.75, 0, 0, 0, 0.25, 0, 0, 0], game.Initial);
        double[] population = [0, 0.1, 0.4, 0.25, 0, 0.05, 0, 0.2], next = new double[8]; // rock 0.15, paper 0.4, scissors 0.45
        double[] expected = [0, 0.45 - 0.4, 0.15 - 0.45, 0.4 - 0.15, 0, 0.9 - 0.4, 0.6 - 0.9, 2.4 - 0.45];
        for (int s = 0; s < 8; s++) Assert.Equal(expected[s], game.Reward(1, s, 2, population), 1e-15);
        game.Transition(0, 4, 1, population, next);
        Assert.Equal([0, 0, 0, 0, 0, 0, 1, 0], next);
        Assert.Equal((-3, 6), (game.LowestReward, game.HighestReward));
    }

    [Fact]
    public void FaultyTypes_AreReportedTogether()
    {
        var catalog = Catalog.Scan([typeof(MeanFieldRockPaperScissors).Assembly]);
        var error = Assert.Throws<VsgGymException>(() => catalog.CreateGame(
            "mf_rock_paper_scissors-v0", """{"types": [{"name": "a", "share": 0.5}, {"name": "", "share": 0.4}]}"""));
        Assert.Equal(["game.options.types[1].name", "game.options.types"], error.Faults.Select(fault => fault.Path));
        error = Assert.Throws<VsgGymException>(() => catalog.CreateGame(
            "mf_rock_paper_scissors-v0", """{"rock_win": -1, "types": [{"name": "a", "share": 1, "paper_loss": 1e7, "stake": 1}]}"""));
        Assert.Equal(["game.options.rock_win", "game.options.types[0].paper_loss", "game.options.types[0].stake"], error.Faults.Select(fault => fault.Path).Order());
    }
}
