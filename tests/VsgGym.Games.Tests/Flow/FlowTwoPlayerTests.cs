using VsgGym.Core;

namespace VsgGym.Games.Tests;

public sealed class FlowTwoPlayerTests
{
    private const int Left = 0, Right = 1;

    [Fact]
    public void Players_TakeTurns_AndTheOtherOnlyWaits()
    {
        var play = Play.Start(new FlowTwoPlayer(new FlowTwoPlayer.Options { Rows = 3, Interests = FlowInterests.Opposed }));
        Assert.Equal([true, true], play.Worlds.LegalActions(0).ToArray());
        Assert.Equal([true, false], play.Worlds.LegalActions(1).ToArray());
        Assert.Throws<VsgGymException>(() => play.Step(Left, Right));
        play.Step(Right, Left);
        Assert.Equal([true, false], play.Worlds.LegalActions(0).ToArray());
        Assert.Equal([true, true], play.Worlds.LegalActions(1).ToArray());
        play.Step(Left, Right);
        Assert.Equal([0, 0], play.Rewards());
        play.Step(Left, Left);
        Assert.Equal([3, 2], play.Rewards()); // slot 2 of 0 to 3: the third from the left, the second from the right
        Assert.True(play.Worlds.Terminated(0)[0] && play.Worlds.Terminated(1)[0]);
    }

    [Fact]
    public void DifferentWays_LeadToTheSameSlot()
    {
        var graph = new FlowTwoPlayer(new FlowTwoPlayer.Options()).Flow;
        Assert.Equal((15, 20, 4), (graph.NodeCount, graph.EdgeCount, graph.LongestPath));
        Assert.Equal(graph.Move(graph.Move(0, Left), Right), graph.Move(graph.Move(0, Right), Left));
        int[] parents = [.. Enumerable.Range(10, 5).Select(slot => graph.Successors.ToArray().Count(next => next == slot))];
        Assert.Equal([1, 2, 2, 2, 1], parents);
    }

    [Fact]
    public void Owners_AlternateByRow()
    {
        var graph = new FlowTwoPlayer(new FlowTwoPlayer.Options { Rows = 40 }).Flow;
        int node = graph.Root;
        for (int row = 0; row < 40; row++)
        {
            Assert.Equal((row % 2, $"{row}.{row / 2}"), (graph.Owner(node), graph.NodeLabels[node]));
            node = graph.Move(node, row % 2);
        }

        Assert.True(graph.IsTerminal(node));
    }

    [Fact]
    public void Interests_AreCommonOrOpposed()
    {
        var common = new FlowTwoPlayer(new FlowTwoPlayer.Options { Rows = 2, Returns = [5, 1, 3] }).Flow;
        var opposed = new FlowTwoPlayer(new FlowTwoPlayer.Options { Rows = 2, Returns = [5, 1, 3], Interests = FlowInterests.Opposed }).Flow;
        Assert.Equal([5, 1, 3], common.Returns(1)[3..].ToArray());
        Assert.Equal([5, 1, 3], opposed.Returns(0)[3..].ToArray());
        Assert.Equal([3, 1, 5], opposed.Returns(1)[3..].ToArray());
    }

    [Fact]
    public void FaultyReturns_AreNamed()
    {
        var catalog = Catalog.Scan([typeof(FlowTwoPlayer).Assembly]);
        var error = Assert.Throws<VsgGymException>(() => catalog.CreateGame("flow_two_player-v0", """{"rows": 2, "returns": [1, 0]}"""));
        Assert.Equal(["game.options.returns", "game.options.returns[1]"], error.Faults.Select(fault => fault.Path));
    }
}
