using VsgGym.Core;

namespace VsgGym.Games.Tests;

public sealed class FlowTreeTests
{
    private static readonly Catalog Entries = Catalog.Scan([typeof(FlowTree).Assembly]);

    [Fact]
    public void Walk_ToALeaf_PaysIt()
    {
        var play = Play.Start(new FlowTree(new FlowTree.Options()));
        double[] rewards = new double[3];
        int[] ways = [1, 0, 1];
        for (int t = 0; t < 3; t++)
        {
            play.Step(ways[t]);
            rewards[t] = play.Rewards()[0];
        }

        Assert.Equal([0, 0, 6], rewards); // leaf 101 is the sixth from the left
        Assert.True(play.Worlds.Terminated(0)[0]);
        Assert.Equal("101", ((DiscreteSpace)play.Worlds.Spec.Observations[0]).Labels[play.Worlds.DiscreteObservations(0)[0]]);
        Assert.False(play.Worlds.Spec.HasIllegalActions);
    }

    [Theory]
    [InlineData(2, 1, 3)]
    [InlineData(3, 2, 13)]
    [InlineData(9, 3, 820)]
    public void Tree_HasTheNodesOfItsLevels(int branching, int depth, int nodes)
    {
        var graph = new FlowTree(new FlowTree.Options { Branching = branching, Depth = depth }).Flow;
        Assert.Equal((nodes, nodes - 1, depth), (graph.NodeCount, graph.EdgeCount, graph.LongestPath));
        Assert.Equal((int)Math.Pow(branching, depth), Enumerable.Range(0, nodes).Count(graph.IsTerminal));
    }

    [Fact]
    public void Returns_CanBeGiven_AndOneMoveTreesPayEveryTime()
    {
        var game = Entries.CreateGame("flow_tree-v0", """{"branching": 3, "depth": 1, "returns": [0.5, 4, 2]}""");
        var spec = game.CreateEnvironment().Spec;
        Assert.Equal([0, 0.5, 4, 2], game.Flow!.Returns(0).ToArray());
        Assert.Equal((0.5, 4.0), (spec.LowestReward, spec.HighestReward));
    }

    [Theory]
    [InlineData("""{"returns": [1, 2]}""", "game.options.returns")]
    [InlineData("""{"depth": 1, "returns": [1, 0]}""", "game.options.returns[1]")]
    [InlineData("""{"depth": 1, "returns": [-1, 1]}""", "game.options.returns[0]")]
    [InlineData("""{"depth": 18, "branching": 3}""", "game.options.depth")]
    public void FaultyOptions_AreNamed(string options, string path)
    {
        var error = Assert.Throws<VsgGymException>(() => Entries.CreateGame("flow_tree-v0", options));
        Assert.Equal(path, Assert.Single(error.Faults).Path);
    }

    [Fact]
    public void LargeTree_IsNotDrawnWhole()
    {
        var game = new FlowTree(new FlowTree.Options { Depth = 7 });
        Assert.Contains("255 nodes: too many to draw", game.Draw(new World(Play.Start(game).Worlds, 0)).ToText(), StringComparison.Ordinal);
    }
}
