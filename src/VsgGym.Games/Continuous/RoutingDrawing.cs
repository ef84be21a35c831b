using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Draws a routing game: the network as it is now, over it the flows of the last decision, and who sent what.</summary>
internal static class RoutingDrawing
{
    private const int MostShown = 8;

    /// <summary>A drawing.</summary>
    /// <param name="rules">The game.</param>
    /// <param name="time">Time of the next decision.</param>
    /// <param name="capacity">Of the present state.</param>
    /// <param name="network">Of the present state.</param>
    /// <param name="flows">[N][K] of the last decision, or null before the first.</param>
    /// <param name="paid">[N], the rewards of the last decision.</param>
    public static Drawing Draw(RoutingRules rules, int time, double capacity, RoutingNetwork network, double[][]? flows, double[] paid)
    {
        var drawing = new DrawingBuilder().Title("Routing game").Caption(When(rules, time, capacity, network));
        if (flows is not null) drawing.Caption("rewards " + string.Join(", ", paid.Select(Drawing.Number)));
        double[]? total = flows is null ? null : RoutingCosts.TotalEdgeFlows(network, flows);
        double all = rules.Demands.Sum();
        drawing.Graph(network.Nodes, [.. network.Edges.Select((edge, e) => new GraphEdge(
            edge.From, edge.To, total is null ? Cost(edge) : $"{Cost(edge)}: {Drawing.Number(total[e])}", total is null ? null : Math.Min(1, total[e] / all)))]);
        if (flows is null) return drawing.Caption("edges with their cost per unit of flow x").Build();
        drawing.Caption("edges with their cost per unit of flow x, and the flow just sent");
        if (flows.Length <= MostShown && rules.Routes <= MostShown)
            drawing.Table("sent by", rules.Players, "over", [.. Enumerable.Range(0, rules.Routes).Select(k => network.RouteName(k))], (p, k) => Drawing.Number(flows[p][k]));
        return drawing.Build();
    }

    private static string When(RoutingRules rules, int time, double capacity, RoutingNetwork network)
    {
        string when = $"time {time} of {rules.Horizon}";
        if (rules.Capacities > 1) when += $", capacity {Drawing.Number(capacity)}";
        return rules.All.Count > rules.Capacities ? $"{when}, goal {network.Nodes[^1].Label}" : when;
    }

    private static string Cost(RoutingEdge edge)
    {
        string slope = edge.Slope == 1 ? "x" : $"{Drawing.Number(edge.Slope)}x", constant = Drawing.Number(edge.Constant);
        if (edge.Slope == 0) return constant;
        return edge.Constant == 0 ? slope : $"{slope} + {constant}";
    }
}
