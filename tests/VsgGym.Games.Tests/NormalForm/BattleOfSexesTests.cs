namespace VsgGym.Games.Tests;

public sealed class BattleOfSexesTests
{
    [Fact]
    public void Payoffs_AreOsborneAndRubinsteins()
    {
        // Osborne and Rubinstein 1994, Example 15.3: (2, 1), (0, 0), (0, 0), (1, 2).
        var table = new BattleOfSexes(new BattleOfSexes.Options()).Table;
        Assert.Equal([2, 0, 0, 1], table.Rewards(0));
        Assert.Equal([1, 0, 0, 2], table.Rewards(1));
        Assert.Equal(["fight", "ballet"], table.ActionLabels[0].ToArray());
    }

    [Fact]
    public void PureEquilibria_AreTheEventsTogether() =>
        Assert.Equal(["fight,fight", "ballet,ballet"], Equilibria.Pure(new BattleOfSexes(new BattleOfSexes.Options()).Table));

    [Fact]
    public void MixedEquilibrium_PaysTwoThirds()
    {
        var table = new BattleOfSexes(new BattleOfSexes.Options()).Table;
        Assert.All(Equilibria.Against(table, 0, 1.0 / 3, 2.0 / 3), worth => Assert.Equal(2.0 / 3, worth, 1e-15));
        Assert.All(Equilibria.Against(table, 1, 2.0 / 3, 1.0 / 3), worth => Assert.Equal(2.0 / 3, worth, 1e-15));
    }
}
