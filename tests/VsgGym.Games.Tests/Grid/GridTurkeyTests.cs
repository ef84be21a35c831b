using VsgGym.Core;
using static VsgGym.Games.Tests.GridRows;

namespace VsgGym.Games.Tests;

public sealed class GridTurkeyTests
{
    private const string Opening = "A (2, 0), B (2, 2), opening";
    private static readonly StochasticGame Table = new GridTurkey(new GridTurkey.Options()).Table;

    [Fact]
    public void Start_IsTheOpening()
    {
        Assert.Equal(57, Table.StateCount);
        Assert.Equal(Opening, Table.FirstState());
    }

    [Theory]
    [InlineData(North, North, 20, 20)]
    [InlineData(East, North, 25, 0)]
    [InlineData(North, West, 0, 25)]
    [InlineData(East, West, -50, -50)]
    [InlineData(East, Stay, 25, 0)]
    [InlineData(North, Stay, 0, 0)]
    [InlineData(Stay, Stay, 0, 0)]
    public void Opening_PaysTheBonuses(int first, int second, double firstReward, double secondReward) =>
        Assert.Equal([firstReward, secondReward], Table.RewardsOf(Opening, first, second));

    [Theory]
    [InlineData(East, West, Opening)]
    [InlineData(Stay, Stay, Opening)]
    [InlineData(North, Stay, "A (1, 0), B (2, 2)")]
    public void Opening_LastsUntilSomebodyHasMoved(int first, int second, string next) => Assert.Equal(next, Table.OnlyNextOf(Opening, first, second));

    [Fact]
    public void Corners_PayNothingAfterTheOpening()
    {
        Assert.Equal("A (2, 0), B (2, 2)", Table.OnlyNextOf("A (1, 0), B (2, 2)", South, Stay));
        Assert.Equal([0, 0], Table.RewardsOf("A (2, 0), B (2, 2)", North, North));
        Assert.Equal([0, 0], Table.RewardsOf("A (2, 0), B (2, 2)", East, North));
    }

    [Fact]
    public void Goal_PaysAndEnds()
    {
        Assert.Equal([100, 100], Table.RewardsOf("A (1, 1), B (0, 2)", North, West));
        Assert.Equal([100, 0], Table.RewardsOf("A (1, 1), B (1, 2)", North, North));
        Assert.Empty(Table.NextOf("A (1, 1), B (1, 2)", North, North));
    }

    // From our rules: three moves, goal_reward 100 and the bonuses. In a public log of the program for Greenwald and Hall's table, republican players score the same 100 and 125 in
    // 3333 games of 10,000 moves.
    [Theory]
    [InlineData(0, 125.0, 100.0)]
    [InlineData(1, 100.0, 125.0)]
    public void OneThroughTheMiddle_IsAnEquilibrium(int middle, double first, double second)
    {
        var certificate = Solving.Nash(Table, Solving.Profile(Table, (player, state) => Walk(state, player, middle == player)));
        Assert.Equal([first, second], certificate.Values.ToArray());
        Assert.Equal(0, certificate.Gap);
    }

    // They report 120, 120 for players that both play safe; it is no equilibrium.
    [Fact]
    public void BothAlongTheSides_Score120_AndEitherGains5ByTheMiddle()
    {
        var certificate = Solving.Nash(Table, Solving.Profile(Table, (player, state) => Walk(state, player, false)));
        Assert.Equal([120, 120], certificate.Values.ToArray());
        Assert.Equal([5, 5], certificate.GapPerPlayer.ToArray());
    }

    // They report 116 for utilitarian correlated equilibria; the one of Chicken, one half both safe and a quarter each of the others, pays 116.25.
    [Fact]
    public void HalfSafeAndAQuarterEachOfTheOthers_IsACorrelatedEquilibriumOfTheFirstMoveWorth11625()
    {
        double Own(bool firstMiddle, bool secondMiddle) =>
            Solving.Nash(Table, Solving.Profile(Table, (player, state) => Walk(state, player, player == 0 ? firstMiddle : secondMiddle))).Values[0];
        double collision = Table.RewardsOf(Opening, East, West)[0] + 116.25; // and then the same choice once more
        double[] own = [Own(false, false), Own(false, true), Own(true, false), collision];
        Assert.Equal(116.25, (.5 * own[0]) + (.25 * own[1]) + (.25 * own[2]));
        Assert.True((.5 * own[0]) + (.25 * own[1]) >= (.5 * own[2]) + (.25 * own[3]), "told to take the side, the middle must not gain");
        Assert.True(.25 * own[2] >= .25 * own[0], "told to take the middle, the side must not gain");
    }

    private static int Walk(int state, int player, bool throughTheMiddle)
    {
        string label = Table.StateLabels[state];
        int at = label.IndexOf("AB"[player], StringComparison.Ordinal) + 3;
        int row = label[at] - '0', column = label[at + 3] - '0', inward = player == 0 ? East : West;
        if (throughTheMiddle) return row == 2 && column != 1 ? inward : North;
        return row > 0 ? North : inward;
    }
}
