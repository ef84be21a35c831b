using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>The rules for the single edges and ends of a flow graph; each adds its faults to the caller's list.</summary>
internal static class FlowEdges
{
    /// <summary>The edges, each with its action; those outside the graph, repeated ones and ones that share an action are faults.</summary>
    public static FlowEdge[] Number(IReadOnlyList<FlowEdge> edges, int nodes, FaultList faults)
    {
        var pairs = new Dictionary<(int, int), int>(edges.Count);
        var taken = new Dictionary<(int Node, int Action), int>(edges.Count);
        var numbered = new FlowEdge[edges.Count];
        if (edges.Count == 0) faults.Add("edges", "[]", "at least one edge is needed", "empty");
        for (int e = 0; e < edges.Count; e++)
        {
            var edge = numbered[e] = edges[e];
            Inside($"edges[{e}].from", edge.From, nodes, faults);
            Inside($"edges[{e}].to", edge.To, nodes, faults);
            if (!pairs.TryAdd((edge.From, edge.To), e))
                faults.Add($"edges[{e}]", Show(edge), $"repeats edges[{pairs[(edge.From, edge.To)]}]: two nodes are joined at most once", "duplicate");
            if (edge.Action is < 0) faults.Add($"edges[{e}].action", edge.Action, "must not be negative", "out_of_range");
            else if (edge.Action is { } action && !taken.TryAdd((edge.From, action), e))
                faults.Add($"edges[{e}].action", action, $"is also the action of edges[{taken[(edge.From, action)]}], which leaves the same node", "duplicate");
        }

        var next = new Dictionary<int, int>();
        for (int e = 0; e < numbered.Length; e++)
        {
            if (numbered[e].Action is not null) continue;
            int action = next.GetValueOrDefault(numbered[e].From);
            while (taken.ContainsKey((numbered[e].From, action))) action++;
            numbered[e] = numbered[e] with { Action = action };
            next[numbered[e].From] = action + 1;
        }

        return numbered;
    }

    /// <summary>One more than the largest action, or as many as have names.</summary>
    public static int ActionCount(FlowEdge[] edges, IReadOnlyList<string>? names, FaultList faults)
    {
        int needed = edges.Length == 0 ? 1 : edges.Max(edge => edge.Action!.Value) + 1;
        if (names is not { Count: > 0 } || names.Count >= needed) return Math.Max(needed, names?.Count ?? 0);
        int e = Array.FindIndex(edges, edge => edge.Action >= names.Count);
        faults.Add($"edges[{e}].action", edges[e].Action, $"must be below the number of named actions, {names.Count}", "out_of_range");
        return names.Count;
    }

    /// <summary>Nodes without edges have returns, and only those.</summary>
    public static void CheckEnds(ShapedArray returns, int[] edgeStart, ImmutableArray<string> labels, ImmutableArray<string> players, FaultList faults)
    {
        int nodes = labels.Length;
        for (int x = 0; x < nodes; x++)
        {
            double[] own = [.. Enumerable.Range(0, players.Length).Select(p => returns.Data[(p * nodes) + x])];
            bool pays = Array.Exists(own, value => value != 0), ends = edgeStart[x] == edgeStart[x + 1];
            if (ends && !pays) faults.Add($"nodes[{x}]", labels[x], "is a dead end: no edge leaves it, and it has no return", "dead_end");
            for (int p = 0; p < own.Length && pays; p++)
            {
                if (!ends && own[p] != 0)
                    faults.Add($"returns[{p}, {x}]", own[p], $"must be 0 at node {labels[x]}, which edges leave: only terminal nodes have a return", "edge_out_of_terminal");
                else if (ends && !(own[p] > 0 && double.IsFinite(own[p])))
                    faults.Add($"returns[{p}, {x}]", own[p], "a return must be positive and finite", "not_positive");
            }
        }
    }

    private static void Inside(string path, int node, int nodes, FaultList faults)
    {
        if (node < 0 || node >= nodes) faults.Add(path, node, $"must be in [0, {nodes - 1}]", "out_of_range");
    }

    private static string Show(FlowEdge edge) => $"{edge.From} -> {edge.To}";
}
