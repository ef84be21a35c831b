namespace VsgGym.Games.Tests;

public sealed class PrisonersDilemmaTests
{
    [Fact]
    public void Payoffs_AreAxelrodsNumbers()
    {
        // Axelrod 1984, Figure 1: R = 3, S = 0, T = 5, P = 1.
        var table = new PrisonersDilemma(new PrisonersDilemma.Options()).Table;
        Assert.Equal([3, 0, 5, 1], table.Rewards(0));
        Assert.Equal([3, 5, 0, 1], table.Rewards(1));
        Assert.Equal(["cooperate", "defect"], table.ActionLabels[1].ToArray());
    }

    [Fact]
    public void Payoffs_MakeADilemma()
    {
        var own = new PrisonersDilemma(new PrisonersDilemma.Options()).Table.Rewards(0);
        Assert.True(own[2] > own[0] && own[0] > own[3] && own[3] > own[1]); // T > R > P > S
        Assert.True(2 * own[0] > own[2] + own[1]); // taking turns does not beat cooperation
    }
}
