using VsgGym.Core;

namespace VsgGym.Games.Tests;

public sealed class ActionGridTests
{
    [Fact]
    public void Line_HasBothEndsAndEvenSteps()
    {
        var grid = ActionGrid.Line(-10, 10, 5);
        Assert.Equal([-10, -5, 0, 5, 10], Enumerable.Range(0, grid.Count).Select(i => grid[i][0]));
        Assert.Equal(["-10", "-5", "0", "5", "10"], grid.Labels.ToArray());
    }

    [Fact]
    public void Simplex_IsAllCompositions()
    {
        var grid = ActionGrid.Simplex(3, 3);
        Assert.Equal(["1, 0, 0", "0.5, 0.5, 0", "0.5, 0, 0.5", "0, 1, 0", "0, 0.5, 0.5", "0, 0, 1"], grid.Labels.ToArray());
    }

    [Theory]
    [InlineData(1, 9, 1)]
    [InlineData(2, 9, 9)]
    [InlineData(3, 4, 10)]
    [InlineData(5, 7, 210)]
    public void SimplexCount_IsTheNumberOfDifferentPoints(int parts, int k, int expected)
    {
        var grid = ActionGrid.Simplex(parts, k);
        Assert.Equal(expected, grid.Count);
        Assert.Equal(expected, ActionGrid.SimplexCount(parts, k, 1000));
        Assert.Equal(expected, grid.Labels.Distinct().Count());
        for (int i = 0; i < grid.Count; i++) Assert.Equal(1, grid[i].Sum(), 1e-15);
    }

    [Fact]
    public void SimplexCount_StopsAtTheLimit() => Assert.Equal(1 << 26, ActionGrid.SimplexCount(16, 1001, 1 << 26));

    [Theory]
    [InlineData(8192, 2, 1, 0)]
    [InlineData(8192, 2, 2, 1)]
    [InlineData(1001, 64, 1, 1)]
    public void CheckRows_RefusesMoreRowsThanATableMayHave(long actions, int players, long states, int expected)
    {
        var faults = new FaultList();
        ActionGrid.CheckRows("options.discretize", 5, actions, players, states, faults);
        Assert.Equal(expected, faults.Count);
    }
}
