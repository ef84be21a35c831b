using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>The edges sorted by node, and what a walk along them from the root finds: the order, a cycle, nodes out of reach.</summary>
internal sealed class FlowWalk
{
    private readonly FlowEdge[] _edges;
    private readonly int _root;
    private readonly int[] _entering; // [X], edges from nodes that are not in the order yet

    public FlowWalk(FlowEdge[] edges, int nodes, int root)
    {
        (_edges, _root) = ([.. edges.OrderBy(edge => edge.From).ThenBy(edge => edge.Action)], root);
        EdgeStart = new int[nodes + 1];
        _entering = new int[nodes];
        foreach (var edge in _edges)
        {
            EdgeStart[edge.From + 1]++;
            _entering[edge.To]++;
        }

        for (int x = 0; x < nodes; x++) EdgeStart[x + 1] += EdgeStart[x];
        Successor = [.. _edges.Select(edge => edge.To)];
        EdgeAction = [.. _edges.Select(edge => edge.Action!.Value)];
        Sort();
    }

    public int[] EdgeStart { get; }

    public int[] Successor { get; }

    public int[] EdgeAction { get; }

    /// <summary>The nodes in topological order; a graph with cycles leaves some out.</summary>
    public List<int> Order { get; } = [];

    /// <summary>The most edges on a way from the root.</summary>
    public int LongestPath { get; private set; }

    /// <summary>Adds a cycle, if there is one, and every node out of reach.</summary>
    public void Check(ImmutableArray<string> labels, FaultList faults)
    {
        if (Order.Count < labels.Length)
            faults.Add("edges", string.Join(" -> ", Cycle().Select(x => labels[x])), "is a cycle: a flow graph has none", "cycle");
        bool[] reached = Reached();
        for (int x = 0; x < reached.Length; x++)
            if (!reached[x]) faults.Add($"nodes[{x}]", labels[x], $"cannot be reached from the root {labels[_root]}", "unreachable");
    }

    /// <summary>Kahn's algorithm; the root comes first wherever the graph is sound, for no edge enters it and it alone has none.</summary>
    private void Sort()
    {
        var depth = new int[_entering.Length];
        for (int x = 0; x < _entering.Length; x++)
            if (_entering[x] == 0) Order.Add(x);
        for (int i = 0; i < Order.Count; i++)
        {
            int node = Order[i];
            LongestPath = Math.Max(LongestPath, depth[node]);
            for (int e = EdgeStart[node]; e < EdgeStart[node + 1]; e++)
            {
                depth[Successor[e]] = Math.Max(depth[Successor[e]], depth[node] + 1);
                if (--_entering[Successor[e]] == 0) Order.Add(Successor[e]);
            }
        }
    }

    /// <summary>A node left out by the sort has an edge from another one left out: going back along those must come round.</summary>
    private List<int> Cycle()
    {
        var before = new int[_entering.Length];
        foreach (var edge in _edges)
            if (_entering[edge.From] > 0) before[edge.To] = edge.From;
        var way = new List<int>();
        int node = Array.FindIndex(_entering, entering => entering > 0);
        var seen = new bool[_entering.Length];
        while (!seen[node])
        {
            seen[node] = true;
            way.Add(node);
            node = before[node];
        }

        way.Add(node);
        way.RemoveRange(0, way.IndexOf(node));
        way.Reverse();
        return way;
    }

    private bool[] Reached()
    {
        var reached = new bool[_entering.Length];
        reached[_root] = true;
        var open = new Stack<int>([_root]);
        while (open.TryPop(out int node))
            for (int e = EdgeStart[node]; e < EdgeStart[node + 1]; e++)
            {
                if (reached[Successor[e]]) continue;
                reached[Successor[e]] = true;
                open.Push(Successor[e]);
            }

        return reached;
    }
}
