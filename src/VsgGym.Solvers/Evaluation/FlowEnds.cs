using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>Where play on a graph goes and ends.</summary>
internal static class FlowEnds
{
    /// <summary>The probability of passing each node, [X]; at terminal nodes P_T of `flow` section 4.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="policies">Each player's moves, [1, X, A].</param>
    /// <param name="cancellationToken">Checked at each node.</param>
    public static double[] Reach(FlowGraph graph, PolicyProfile policies, CancellationToken cancellationToken)
    {
        var reach = new double[graph.NodeCount];
        reach[graph.Root] = 1;
        foreach (int node in graph.TopologicalOrder)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (graph.IsTerminal(node)) continue;
            var row = policies[graph.Owner(node)].Row(0, node);
            for (int e = graph.EdgeStarts[node]; e < graph.EdgeStarts[node + 1]; e++) reach[graph.Successors[e]] += reach[node] * row[graph.EdgeActions[e]];
        }

        return reach;
    }

    /// <summary>Values at the root of what play ends with, where one player may choose anew.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="policies">Each player's moves.</param>
    /// <param name="ends">[X], read at terminal nodes; the other nodes are overwritten with the values.</param>
    /// <param name="chooser">Who takes the best edge instead; -1 for nobody.</param>
    /// <param name="cancellationToken">Checked at each node.</param>
    public static double Value(FlowGraph graph, PolicyProfile policies, Span<double> ends, int chooser, CancellationToken cancellationToken)
    {
        for (int k = graph.NodeCount - 1; k >= 0; k--)
        {
            int node = graph.TopologicalOrder[k], owner = graph.Owner(node);
            cancellationToken.ThrowIfCancellationRequested();
            if (graph.IsTerminal(node)) continue;
            var row = policies[owner].Row(0, node);
            double value = owner == chooser ? double.NegativeInfinity : 0;
            for (int e = graph.EdgeStarts[node]; e < graph.EdgeStarts[node + 1]; e++)
            {
                double next = ends[graph.Successors[e]];
                value = owner == chooser ? Math.Max(value, next) : value + (row[graph.EdgeActions[e]] * next);
            }

            ends[node] = value;
        }

        return ends[graph.Root];
    }
}
