using VsgGym.Core;
using VsgGym.Solvers;
using static VsgGym.Games.Tests.GridRows;

namespace VsgGym.Games.Tests;

public sealed class GridCrossingTests
{
    private static readonly StochasticGame Table = new GridCrossing(new GridCrossing.Options()).Table;

    [Fact]
    public void States_AreEveryPairOfPlacesBetweenTwoMoves()
    {
        // 8 cells and gone each: 9 * 9, less 7 cells that both could stand on (neither's goal), less both gone.
        Assert.Equal(73, Table.StateCount);
        Assert.Equal("A (2, 0), B (2, 2)", Table.FirstState());
    }

    [Fact]
    public void Goal_PaysAndTheAgentLeaves()
    {
        Assert.Equal([30, 0], Table.RewardsOf("A (1, 2), B (2, 0)", North, East));
        Assert.Equal("A gone, B (2, 1)", Table.OnlyNextOf("A (1, 2), B (2, 0)", North, East));
        Assert.Equal([false, false, false, false, true], Table.LegalActions(0, Table.State("A gone, B (2, 1)")));
        Assert.Equal([0, 0], Table.RewardsOf("A gone, B (2, 1)", Stay, North));
    }

    [Fact]
    public void LastArrival_EndsTheGame()
    {
        Assert.Equal([0, 30], Table.RewardsOf("A gone, B (0, 1)", Stay, West));
        Assert.Empty(Table.NextOf("A gone, B (0, 1)", Stay, West));
        Assert.Equal([30, 30], Table.RewardsOf("A (1, 2), B (1, 0)", North, North));
        Assert.Empty(Table.NextOf("A (1, 2), B (1, 0)", North, North));
    }

    [Theory]
    [InlineData("A (2, 0), B (2, 2)", East, West)] // into one cell
    [InlineData("A (1, 0), B (1, 1)", East, West)] // changing places
    [InlineData("A (1, 0), B (1, 1)", East, Stay)] // into a standing agent
    public void Collision_CostsBothAndMovesNobody(string label, int first, int second)
    {
        Assert.Equal([-1, -1], Table.RewardsOf(label, first, second));
        Assert.Equal(label, Table.OnlyNextOf(label, first, second));
    }

    [Fact]
    public void Follower_DoesNotCollide()
    {
        Assert.Equal([0, 0], Table.RewardsOf("A (1, 0), B (1, 1)", East, North));
        Assert.Equal("A (1, 1), B (0, 1)", Table.OnlyNextOf("A (1, 0), B (1, 1)", East, North));
    }

    [Fact]
    public void OtherAgentsGoal_IsAnOrdinaryCell() =>
        Assert.Equal("A (0, 0), B (2, 2)", Table.OnlyNextOf("A (1, 0), B (2, 2)", North, Stay));

    [Fact]
    public void Swap_IsAllowedByOption()
    {
        var table = new GridCrossing(new GridCrossing.Options { SwapCollides = false }).Table;
        Assert.Equal([0, 0], table.RewardsOf("A (1, 0), B (1, 1)", East, West));
        Assert.Equal("A (1, 1), B (1, 0)", table.OnlyNextOf("A (1, 0), B (1, 1)", East, West));
        Assert.Equal([-1, -1], table.RewardsOf("A (1, 0), B (1, 2)", East, West));
    }

    [Fact]
    public void Shape_MovesStartsAndGoals()
    {
        var table = new GridCrossing(new GridCrossing.Options { Rows = 2, Columns = 4, GoalReward = 5, CollisionCost = 3 }).Table;
        Assert.Equal("A (1, 0), B (1, 3)", table.FirstState());
        Assert.Equal([5, 0], table.RewardsOf("A (1, 3), B (1, 0)", North, Stay));
        Assert.Equal([-3, -3], table.RewardsOf("A (1, 0), B (1, 1)", Stay, West));
    }

    [Fact]
    public void WayAroundEachOther_IsAnEquilibriumWorth30Each()
    {
        // A along the bottom and up, B first up and along the top: they never meet. 30 is the most there is.
        var policy = Solving.Profile(Table, (player, state) =>
        {
            string label = Table.StateLabels[state];
            if (player == 0) return label.StartsWith("A (2, 0)", StringComparison.Ordinal) || label.StartsWith("A (2, 1)", StringComparison.Ordinal) ? East : North;
            return label.EndsWith("B (2, 2)", StringComparison.Ordinal) || label.EndsWith("B (1, 2)", StringComparison.Ordinal) ? North : West;
        });
        var certificate = Solving.Nash(Table, policy);
        Assert.Equal([30, 30], certificate.Values.ToArray());
        Assert.Equal(0, certificate.Gap);
    }

    // The maximum-causal-entropy form (log-sum-exp values) with beta = 1 and T = 6 scores 29.613 and 29.619 (computed by an independent
    // program; Etesami and Straehle 2020, Fig. 5, print 29.6 for both). The game is symmetric and these scores are not: where both want the
    // middle, even chances are an unstable fixed point that rounding leaves for one side or the other, so that who gets which, and the third
    // decimal, hang on damping and rounding. Hence the unordered pair and 0.01.
    [Theory]
    [InlineData(.5)]
    [InlineData(.1)]
    public void CausalEntropy_StartedAfreshAtEachTime_Scores29613And29619(double damping)
    {
        var options = new MgeF.Options { ValueOperator = ValueOperator.LogSumExp, Damping = damping, Tolerance = 1e-9, MaxIterations = 5000 };
        double[] scores = [.. Solving.Nash(Table, Solving.ExploreAfresh(Table, options)).Values.Order()];
        Assert.Equal(29.613, scores[0], .01);
        Assert.Equal(29.619, scores[1], .01);
    }

    [Fact]
    public void CausalEntropy_StartedFromTheLaterTime_Scores296()
    {
        var options = new MgeF.Options { ValueOperator = ValueOperator.LogSumExp, Damping = .5, Tolerance = 1e-9, MaxIterations = 5000 };
        Assert.All(Solving.Nash(Table, Solving.Explore(Table, options).Policies).Values, score => Assert.Equal(29.6, score, .05));
    }
}
