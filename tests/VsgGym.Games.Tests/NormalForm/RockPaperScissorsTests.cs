namespace VsgGym.Games.Tests;

public sealed class RockPaperScissorsTests
{
    [Fact]
    public void Payoffs_FollowTheCircle()
    {
        var table = new RockPaperScissors(new RockPaperScissors.Options()).Table;
        double[] own = [0, -1, 1, 1, 0, -1, -1, 1, 0];
        Assert.Equal(own, table.Rewards(0));
        Assert.Equal(own.Select(reward => 0 - reward), table.Rewards(1).ToArray());
        Assert.Equal(["rock", "paper", "scissors"], table.ActionLabels[0].ToArray());
    }

    [Fact]
    public void Uniform_MakesEveryActionWorthZero()
    {
        var table = new RockPaperScissors(new RockPaperScissors.Options()).Table;
        for (int row = 0; row < 3; row++) Assert.Equal(0, table.Rewards(0).ToArray().Skip(row * 3).Take(3).Sum());
    }
}
