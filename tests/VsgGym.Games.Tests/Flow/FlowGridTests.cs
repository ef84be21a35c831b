using VsgGym.Core;

namespace VsgGym.Games.Tests;

public sealed class FlowGridTests
{
    private static readonly Catalog Entries = Catalog.Scan([typeof(FlowGrid).Assembly]);

    [Fact]
    public void DefaultGrid_HasFourPeaksNearItsCorners()
    {
        // Bengio et al. 2021 with cells over [-1, 1]: 0.1, + 0.5 where |x| > 0.5 on all axes, + 2 where 0.6 < |x| < 0.8 on all axes.
        var graph = new FlowGrid(new FlowGrid.Options()).Flow;
        for (int cell = 0; cell < 64; cell++)
        {
            double x = (2 * (cell / 8) / 7.0) - 1, y = (2 * (cell % 8) / 7.0) - 1, nearest = Math.Min(Math.Abs(x), Math.Abs(y)), farthest = Math.Max(Math.Abs(x), Math.Abs(y));
            double expected = 0.1 + (nearest > 0.5 ? 0.5 : 0) + (nearest > 0.6 && farthest < 0.8 ? 2 : 0);
            Assert.Equal(expected, graph.Returns(0)[64 + cell], 1e-15);
            Assert.Equal(0, graph.Returns(0)[cell]);
        }

        Assert.Equal([9, 14, 49, 54], Enumerable.Range(0, 64).Where(cell => graph.Returns(0)[64 + cell] > 2));
    }

    [Theory]
    [InlineData(5, 1, 0.1)] // |1 / 4 - 0.5| is 0.25, not more
    [InlineData(11, 1, 0.6)] // |1 / 10 - 0.5| is 0.4, not less
    [InlineData(11, 2, 0.6)] // |2 / 10 - 0.5| is 0.3, not more
    [InlineData(11, 3, 0.1)] // |3 / 10 - 0.5| is 0.2
    [InlineData(21, 3, 2.6)] // |3 / 20 - 0.5| is 0.35
    public void Limits_AreExact(int side, int coordinate, double expected)
    {
        var graph = new FlowGrid(new FlowGrid.Options { Dimensions = 1, Side = side }).Flow;
        Assert.Equal(expected, graph.Returns(0)[side + coordinate], 1e-15);
    }

    [Fact]
    public void Moves_RaiseOneCoordinate_UntilTheStop()
    {
        var play = Play.Start(new FlowGrid(new FlowGrid.Options { Dimensions = 3, Side = 2 }));
        play.Step(0);
        Assert.Equal([false, true, true, true], play.Worlds.LegalActions(0).ToArray());
        play.Step(2);
        Assert.Equal([false, true, false, true], play.Worlds.LegalActions(0).ToArray());
        var error = Assert.Throws<VsgGymException>(() => play.Step(0));
        Assert.Equal("actions.player_0[0] = 0: is illegal in this state; legal: 1, 3", error.Message);
        play.Step(3);
        Assert.Equal([0.6], play.Rewards());
        Assert.True(play.Worlds.Terminated(0)[0]);
        var labels = ((DiscreteSpace)play.Worlds.Spec.Observations[0]).Labels;
        Assert.Equal("end (1, 0, 1)", labels[play.Worlds.DiscreteObservations(0)[0]]);
    }

    [Fact]
    public void Features_AreTheCoordinatesAndWhetherPlayHasStopped()
    {
        var play = Play.Start(new FlowGrid(new FlowGrid.Options { Observation = ObservationForm.Features }));
        play.Step(0);
        play.Step(1);
        play.Step(1);
        play.Step(2);
        Assert.Equal([1f, 2f, 1f], play.Worlds.BoxObservations(0).ToArray());
    }

    [Fact]
    public void LargestGrid_IsBuilt()
    {
        var graph = new FlowGrid(new FlowGrid.Options { Dimensions = 4 }).Flow; // the paper's: 8^4 cells
        Assert.Equal((2 * 4096, 29, 5), (graph.NodeCount, graph.LongestPath, graph.ActionCount));
        Assert.Equal(16, graph.Returns(0).ToArray().Count(value => value > 2));
        Assert.Equal("game.options.side", Assert.Single(Assert.Throws<VsgGymException>(() => Entries.CreateGame("flow_grid-v0", """{"dimensions": 8, "side": 5}""")).Faults).Path);
    }

    [Theory]
    [InlineData(1, "│ 0.6 │[0.6]│", "coordinate 0")]
    [InlineData(3, "1 │[0.6]│", "with the other coordinates as they are")]
    public void OtherDimensions_AreDrawnAsTheSliceOfPlay(int dimensions, string cell, string caption)
    {
        var game = new FlowGrid(new FlowGrid.Options { Dimensions = dimensions, Side = 2 });
        var play = Play.Start(game);
        play.Step(dimensions == 1 ? 0 : 1);
        string text = game.Draw(new World(play.Worlds, 0)).ToText();
        Assert.Contains(caption, text, StringComparison.Ordinal);
        Assert.Contains(cell, text, StringComparison.Ordinal);
    }

    [Fact]
    public void WideGrids_AreNotDrawnWhole()
    {
        var game = new FlowGrid(new FlowGrid.Options { Side = 17 });
        Assert.Contains("17 cells a side: too many to draw", game.Draw(new World(Play.Start(game).Worlds, 0)).ToText(), StringComparison.Ordinal);
    }
}
