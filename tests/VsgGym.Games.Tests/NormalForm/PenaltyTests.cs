using VsgGym.Core;

namespace VsgGym.Games.Tests;

public sealed class PenaltyTests
{
    [Theory]
    [InlineData(-30)]
    [InlineData(-100)]
    [InlineData(0)]
    public void Payoffs_AreThePublishedOnes_ForBothPlayers(double k)
    {
        // Claus and Boutilier 1998, the penalty game: 10 on the two corners of the diagonal, 2 in its middle, k on the other corners.
        var table = new Penalty(new Penalty.Options { K = k }).Table;
        double[] published = [10, 0, k, 0, 2, 0, k, 0, 10];
        Assert.Equal(published, table.Rewards(0));
        Assert.Equal(published, table.Rewards(1));
        Assert.Equal(["A", "B", "C"], table.ActionLabels[0].ToArray());
    }

    [Fact]
    public void PureEquilibria_AreTheDiagonal() =>
        Assert.Equal(["A,A", "B,B", "C,C"], Equilibria.Pure(new Penalty(new Penalty.Options()).Table));

    [Fact]
    public void HeavyPenalty_MakesTheMiddleBestAgainstAUniformPartner()
    {
        Assert.Equal([10.0 / 3, 2.0 / 3, 10.0 / 3], Equilibria.Against(new Penalty(new Penalty.Options { K = 0 }).Table, 0, 1.0 / 3, 1.0 / 3, 1.0 / 3), Close);
        Assert.Equal([-20.0 / 3, 2.0 / 3, -20.0 / 3], Equilibria.Against(new Penalty(new Penalty.Options()).Table, 1, 1.0 / 3, 1.0 / 3, 1.0 / 3), Close);
    }

    [Fact]
    public void MinusZero_IsWrittenAsZero() =>
        Assert.All(new Penalty(new Penalty.Options { K = -0.0 }).Table.Rewards(0).ToArray(), reward => Assert.False(double.IsNegative(reward)));

    [Fact]
    public void Reward_AboveZero_IsNoPenalty()
    {
        var error = Assert.Throws<VsgGymException>(() => Catalog.Scan([typeof(Penalty).Assembly]).CreateGame("penalty-v0", """{"k": 0.5}"""));
        Assert.Equal("game.options.k", Assert.Single(error.Faults).Path);
    }

    private static bool Close(double expected, double actual) => Math.Abs(expected - actual) < 1e-12;
}
