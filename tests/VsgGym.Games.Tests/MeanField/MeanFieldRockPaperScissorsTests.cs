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
}
