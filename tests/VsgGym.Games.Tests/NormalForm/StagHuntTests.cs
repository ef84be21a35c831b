namespace VsgGym.Games.Tests;

public sealed class StagHuntTests
{
    [Fact]
    public void Payoffs_AreSkyrmsNumbers()
    {
        var table = new StagHunt(new StagHunt.Options()).Table;
        Assert.Equal([4, 0, 3, 3], table.Rewards(0));
        Assert.Equal([4, 3, 0, 3], table.Rewards(1));
        Assert.Equal(["stag", "hare"], table.ActionLabels[1].ToArray());
    }

    [Fact]
    public void PureEquilibria_AreStagTogetherAndHareTogether() =>
        Assert.Equal(["stag,stag", "hare,hare"], Equilibria.Pure(new StagHunt(new StagHunt.Options()).Table));

    [Fact]
    public void MixedEquilibrium_HuntsTheStagWithThreeQuarters() =>
        Assert.Equal([3, 3], Equilibria.Against(new StagHunt(new StagHunt.Options()).Table, 0, 0.75, 0.25));

    [Fact]
    public void Hare_RisksLess()
    {
        double[] uniform = Equilibria.Against(new StagHunt(new StagHunt.Options()).Table, 1, 0.5, 0.5);
        Assert.True(uniform[1] > uniform[0]);
    }
}
