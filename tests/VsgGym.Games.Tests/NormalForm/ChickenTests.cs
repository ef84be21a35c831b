using VsgGym.Core;

namespace VsgGym.Games.Tests;

public sealed class ChickenTests
{
    // Greenwald and Hall 2003: the utilitarian and the egalitarian correlated equilibrium.
    private static readonly double[] Best = [0.5, 0.25, 0.25, 0];

    private static StochasticGame Table => new Chicken(new Chicken.Options()).Table;

    [Fact]
    public void Payoffs_AreThePublishedOnes()
    {
        // Greenwald and Hall 2003: (6, 6), (2, 7), (7, 2), (0, 0).
        Assert.Equal([6, 2, 7, 0], Table.Rewards(0));
        Assert.Equal([6, 7, 2, 0], Table.Rewards(1));
        Assert.Equal(["swerve", "straight"], Table.ActionLabels[0].ToArray());
    }

    [Fact]
    public void PureEquilibria_AreThoseWhereOneSwerves() => Assert.Equal(["swerve,straight", "straight,swerve"], Equilibria.Pure(Table));

    [Fact]
    public void MixedEquilibrium_SwervesWithTwoThirds() =>
        Assert.All(Equilibria.Against(Table, 0, 2.0 / 3, 1.0 / 3), worth => Assert.Equal(14.0 / 3, worth, 1e-14));

    [Fact]
    public void BestCorrelatedEquilibrium_KeepsEveryIncentive()
    {
        for (int player = 0; player < 2; player++)
        {
            Assert.Equal(0, Gain(player, told: 0, Best)); // told to swerve: just not worth going straight
            Assert.Equal(-0.25, Gain(player, told: 1, Best)); // told to go straight: the other swerves, and so would turn 7 into 6, a quarter of the time
            Assert.Equal(5.25, Worth(player, Best));
        }
    }

    [Fact]
    public void Welfare_OfNoCorrelatedEquilibrium_IsAboveTheLinearProgramsTenAndAHalf()
    {
        // By hand: the welfare is 12 a + 9 b + 9 c for (a, b, c, d); being told to swerve asks a <= 2 b and a <= 2 c. Three quarters of
        // each, added to the objective, bring every cell to at most 10.5: the dual bound, which (1/2, 1/4, 1/4, 0) reaches.
        for (int joint = 0; joint < 4; joint++)
        {
            var cell = new double[4];
            cell[joint] = 1;
            double lagrangian = Worth(0, cell) + Worth(1, cell) - (0.75 * (Gain(0, 0, cell) + Gain(1, 0, cell)));
            Assert.True(lagrangian <= 10.5, $"joint action {joint}: {lagrangian}");
        }

        Assert.Equal(10.5, Worth(0, Best) + Worth(1, Best));
    }

    /// <summary>What a player gains who takes the other action whenever it is told one.</summary>
    private static double Gain(int player, int told, double[] joint)
    {
        double gain = 0;
        for (int a = 0; a < joint.Length; a++)
        {
            if (Table.ActionOf(player, a) != told) continue;
            int other = a + ((1 - (2 * told)) * Table.Strides[player]);
            gain += joint[a] * (Table.Rewards(player)[other] - Table.Rewards(player)[a]);
        }

        return gain;
    }

    private static double Worth(int player, double[] joint) => joint.Select((p, a) => p * Table.Rewards(player)[a]).Sum();
}
