using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>The variational objective of `flow` Eq. (2) on a graph: minus the divergence of the ways played from those that a player's returns ask for.</summary>
internal static class FlowObjective
{
    /// <summary>The player's log flow through the root, of the policies or of the player's best answer to the others.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="policies">Each player's moves.</param>
    /// <param name="player">i.</param>
    /// <param name="respond">Whether the player answers.</param>
    /// <param name="cancellationToken">Checked at each node.</param>
    public static double Of(FlowGraph graph, PolicyProfile policies, int player, bool respond, CancellationToken cancellationToken)
    {
        double[] shares = FlowRecursion.Shares(graph), flows = new double[graph.NodeCount], carried = new double[graph.ActionCount];
        for (int k = graph.NodeCount - 1; k >= 0; k--)
        {
            int node = graph.TopologicalOrder[k];
            cancellationToken.ThrowIfCancellationRequested();
            if (graph.IsTerminal(node))
            {
                flows[node] = Math.Log(graph.Returns(player)[node]);
                continue;
            }

            Array.Fill(carried, double.NegativeInfinity);
            for (int e = graph.EdgeStarts[node]; e < graph.EdgeStarts[node + 1]; e++)
                carried[graph.EdgeActions[e]] = flows[graph.Successors[e]] - shares[graph.Successors[e]];
            bool answers = respond && graph.Owner(node) == player;
            flows[node] = answers ? Simplex.LogSumExp(carried) : Expect(policies[graph.Owner(node)].Row(0, node), carried);
        }

        return flows[graph.Root];
    }

    private static double Expect(ReadOnlySpan<double> policy, ReadOnlySpan<double> carried)
    {
        double sum = 0;
        for (int a = 0; a < policy.Length; a++)
            if (policy[a] > 0) sum += policy[a] * (carried[a] - Math.Log(policy[a]));
        return sum;
    }
}
