using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.TestKit;

/// <summary>Random directed acyclic graphs with one root: inner nodes first, then the ends; many nodes have several ways to them.</summary>
public static class RandomFlowGraphs
{
    /// <summary>Draws a graph; the owners of the nodes and the returns are drawn as well.</summary>
    /// <param name="random">The draws.</param>
    /// <param name="nodes">X, at least 3; half of them are ends.</param>
    /// <param name="players">N.</param>
    /// <param name="lowest">The least return, above 0.</param>
    /// <param name="highest">The largest return.</param>
    /// <param name="isCommon">Whether all players have the same returns.</param>
    public static FlowGraph Create(RandomStream random, int nodes, int players, double lowest, double highest, bool isCommon)
    {
        int inner = nodes / 2;
        var pairs = new SortedSet<(int From, int To)>();
        for (int x = 1; x < nodes; x++) pairs.Add((random.NextInt32(Math.Min(x, inner)), x)); // every node has a way to it
        for (int x = 0; x < inner; x++)
        {
            for (int k = random.NextInt32(3); k > 0; k--) pairs.Add((x, x + 1 + random.NextInt32(nodes - x - 1)));
            if (!pairs.Any(pair => pair.From == x)) pairs.Add((x, inner + random.NextInt32(nodes - inner)));
        }

        var returns = new double[players * nodes];
        for (int p = 0; p < players; p++)
            for (int x = inner; x < nodes; x++)
                returns[(p * nodes) + x] = isCommon && p > 0 ? returns[x] : lowest + ((highest - lowest) * random.NextDouble());
        var owners = new int[nodes];
        for (int x = 0; x < nodes; x++) owners[x] = random.NextInt32(players);
        return new FlowGraph(new FlowTables
        {
            Edges = [.. pairs.Select(pair => new FlowEdge(pair.From, pair.To))],
            Returns = new ShapedArray(returns, players, nodes),
            Owners = owners,
        });
    }

    /// <summary>Draws a policy for every player, with 0 where there is no edge.</summary>
    public static PolicyProfile Profile(RandomStream random, FlowGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var table = new double[graph.NodeCount * graph.ActionCount];
        for (int x = 0; x < graph.NodeCount; x++)
        {
            int edges = graph.EdgeStarts[x + 1] - graph.EdgeStarts[x];
            if (edges == 0) table[x * graph.ActionCount] = 1;
            var drawn = new double[edges];
            if (edges > 0) random.NextSimplex(drawn);
            for (int k = 0; k < edges; k++) table[(x * graph.ActionCount) + graph.EdgeActions[graph.EdgeStarts[x] + k]] = drawn[k];
        }

        return new PolicyProfile(graph, [.. graph.Players.Select(_ => new TabularPolicy(table, 1, graph.NodeCount, graph.ActionCount))]);
    }
}
