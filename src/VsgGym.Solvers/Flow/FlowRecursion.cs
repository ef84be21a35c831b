using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>The backward recursion of log flows on a graph, for every player at once.</summary>
/// <remarks>
/// Notation: f_i(x) = log flow of player i through node x, n(x) = number of edges that enter x, x_a = where move a leads. At a terminal node
/// f_i = log R_i. A node's flow goes back in equal parts along the edges that enter it, so move a carries f_i(x_a) - log n(x_a).
/// </remarks>
internal sealed class FlowRecursion
{
    private readonly FlowGraph _graph;
    private readonly double[] _shares; // [X], log n
    private readonly double[] _carried; // [A], log flow of each move of the node's owner
    private readonly double[] _row;     // [A]

    public FlowRecursion(FlowGraph graph)
    {
        _graph = graph;
        (_carried, _row) = (new double[graph.ActionCount], new double[graph.ActionCount]);
        _shares = Shares(graph);
        LogFlows = [.. graph.Players.Select(_ => new double[graph.NodeCount])];
        Policy = new double[graph.NodeCount * graph.ActionCount];
        for (int x = 0; x < graph.NodeCount; x++)
        {
            for (int p = 0; p < LogFlows.Length && graph.IsTerminal(x); p++) LogFlows[p][x] = Math.Log(graph.Returns(p)[x]);
            for (int e = graph.EdgeStarts[x]; e < graph.EdgeStarts[x + 1]; e++)
                Policy[(x * graph.ActionCount) + graph.EdgeActions[e]] = 1.0 / (graph.EdgeStarts[x + 1] - graph.EdgeStarts[x]);
        }
    }

    /// <summary>[N][X], f_i.</summary>
    public double[][] LogFlows { get; }

    /// <summary>[X, A], what each node's owner plays there, at first every edge alike; zeros at terminal nodes.</summary>
    public double[] Policy { get; }

    /// <summary>The logarithms of how many edges enter each node, [X]; 0 at the root.</summary>
    public static double[] Shares(FlowGraph graph)
    {
        var shares = new double[graph.NodeCount];
        foreach (int successor in graph.Successors) shares[successor]++;
        for (int x = 0; x < shares.Length; x++) shares[x] = Math.Log(Math.Max(1, shares[x]));
        return shares;
    }

    /// <summary>One recursion from the ends to the root.</summary>
    /// <param name="cancellationToken">Checked at each node.</param>
    /// <returns>The largest change of a probability.</returns>
    public double Run(CancellationToken cancellationToken)
    {
        double distance = 0;
        for (int k = _graph.NodeCount - 1; k >= 0; k--)
        {
            int node = _graph.TopologicalOrder[k];
            cancellationToken.ThrowIfCancellationRequested();
            if (_graph.IsTerminal(node)) continue;
            double change = Answer(node);
            distance = change > distance || double.IsNaN(change) ? change : distance;
        }

        return distance;
    }

    private double Answer(int node)
    {
        int owner = _graph.Owner(node), start = _graph.EdgeStarts[node], end = _graph.EdgeStarts[node + 1];
        Array.Fill(_carried, double.NegativeInfinity);
        for (int e = start; e < end; e++) _carried[_graph.EdgeActions[e]] = Carried(owner, e);
        double flow = Simplex.LogSumExp(_carried);
        _carried.CopyTo(_row, 0);
        Simplex.Softmax(_row); // flow Prop. 4.5, Eq. (4)
        double distance = 0;
        var policy = Policy.AsSpan(node * _graph.ActionCount, _graph.ActionCount);
        for (int a = 0; a < _row.Length; a++) distance = Math.Max(distance, Math.Abs(_row[a] - policy[a]));
        _row.CopyTo(policy);
        for (int p = 0; p < LogFlows.Length; p++) LogFlows[p][node] = p == owner ? flow : Seen(p, flow, start, end);
        return distance;
    }

    // What the owner's move is worth to another player: minus the divergence of flow Eq. (2) from the node on.
    private double Seen(int player, double flow, int start, int end)
    {
        double sum = 0;
        for (int e = start; e < end; e++)
        {
            int action = _graph.EdgeActions[e];
            if (_row[action] > 0) sum += _row[action] * (Carried(player, e) - (_carried[action] - flow));
        }

        return sum;
    }

    private double Carried(int player, int edge)
    {
        int next = _graph.Successors[edge];
        return LogFlows[player][next] - _shares[next];
    }
}
