namespace VsgGym.Games.Tests;

public sealed class MatchingPenniesTests
{
    [Fact]
    public void Payoffs_GiveTheMatchToTheFirstPlayer()
    {
        var table = new MatchingPennies(new MatchingPennies.Options()).Table;
        Assert.Equal([1, -1, -1, 1], table.Rewards(0));
        Assert.Equal([-1, 1, 1, -1], table.Rewards(1));
        Assert.Equal(["heads", "tails"], table.ActionLabels[0].ToArray());
    }

    [Fact]
    public void Horizon_RepeatsTheGame() =>
        Assert.Equal(25, new MatchingPennies(new MatchingPennies.Options { Horizon = 25 }).Table.Horizon);
}
