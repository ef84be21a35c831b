using VsgGym.Core;

namespace VsgGym.Solvers.Tests;

/// <summary>Flow equilibria written as plainly as possible: recursion node by node, and sums over all ways.</summary>
internal sealed class SlowFlow(FlowGraph graph)
{
    /// <summary>A player's flow through a node when everybody below plays the equilibrium.</summary>
    public double Flow(int player, int node)
    {
        if (graph.IsTerminal(node)) return graph.Returns(player)[node];
        if (graph.Owner(node) == player) return Moves(node).Sum(next => Flow(player, next) / Parents(next));
        double log = 0;
        foreach (int next in Moves(node)) log += Probability(node, next) * Math.Log(Flow(player, next) / Parents(next) / Probability(node, next));
        return Math.Exp(log);
    }

    /// <summary>What the owner of a node plays.</summary>
    public double Probability(int node, int next) => Flow(graph.Owner(node), next) / Parents(next) / Flow(graph.Owner(node), node);

    /// <summary>The divergence of the ways played from those that a player's returns ask for, summed over all ways: KL(P(tau) || R(x_T) / Z / product of n).</summary>
    public double Divergence(PolicyProfile policies, int player) =>
        Ways(graph.Root, policies, 1, 1).Sum(way => way.P * Math.Log(way.P * way.Parents / graph.Returns(player)[way.End])) + Math.Log(Total(player));

    /// <summary>KL(P_T || R / sum R), P_T summed over all ways.</summary>
    public double Residual(PolicyProfile policies, int player) => Ends(policies)
        .Sum(end => end.Value * Math.Log(end.Value / graph.Returns(player)[end.Key] * Total(player)));

    /// <summary>P_T.</summary>
    public Dictionary<int, double> Ends(PolicyProfile policies) =>
        Ways(graph.Root, policies, 1, 1).GroupBy(way => way.End).ToDictionary(ways => ways.Key, ways => ways.Sum(way => way.P));

    public double Total(int player)
    {
        double sum = 0;
        foreach (double end in graph.Returns(player)) sum += end;
        return sum;
    }

    private IEnumerable<int> Moves(int node) => Enumerable.Range(0, graph.ActionCount).Select(a => graph.Move(node, a)).Where(next => next >= 0);

    private int Parents(int node) => graph.Successors.ToArray().Count(next => next == node);

    private IEnumerable<(int End, double P, double Parents)> Ways(int node, PolicyProfile policies, double p, double parents)
    {
        if (graph.IsTerminal(node)) return [(node, p, parents)];
        return Enumerable.Range(0, graph.ActionCount).Where(a => graph.Move(node, a) >= 0).SelectMany(a =>
        {
            int next = graph.Move(node, a);
            return Ways(next, policies, p * policies[graph.Owner(node)].Row(0, node)[a], parents * Parents(next));
        });
    }
}
