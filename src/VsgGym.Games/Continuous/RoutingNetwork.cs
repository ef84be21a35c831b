using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>A network with affine edge costs and the routes from its source to its sink.</summary>
/// <param name="Nodes">Names and places in drawings; the sink is the last one.</param>
/// <param name="Edges">[E].</param>
/// <param name="Routes">[K], the numbers of each route's edges.</param>
internal sealed record RoutingNetwork(ImmutableArray<GraphNode> Nodes, ImmutableArray<RoutingEdge> Edges, ImmutableArray<ImmutableArray<int>> Routes)
{
    /// <summary>Whether every edge belongs to one route only.</summary>
    public bool IsParallel => Routes.Length == Edges.Length && Routes.All(route => route.Length == 1);

    /// <summary>Parallel links from s to t, a route each.</summary>
    /// <param name="slopes">[L], a of each link.</param>
    /// <param name="constants">[L], b of each link.</param>
    public static RoutingNetwork Parallel(IReadOnlyList<double> slopes, IReadOnlyList<double> constants) => new(
        [new GraphNode("s", 0, 0), new GraphNode("t", 3, 0)],
        [.. slopes.Select((slope, link) => new RoutingEdge(0, 1, slope, constants[link]))],
        [.. slopes.Select((_, link) => ImmutableArray.Create(link))]);

    /// <summary>Pigou's two links: c_1 = 1, c_2 = x.</summary>
    public static RoutingNetwork Pigou() => Parallel([0, 1], [1, 0]);

    /// <summary>Braess's network: c_sv = x, c_vt = 1, c_sw = 1, c_wt = x, and the free bridge vw; routes upper s-v-t, lower s-w-t, zigzag s-v-w-t.</summary>
    public static RoutingNetwork Braess() => new(
        [new GraphNode("s", 0, 1), new GraphNode("v", 1.5, 0), new GraphNode("w", 1.5, 2), new GraphNode("t", 3, 1)],
        [new RoutingEdge(0, 1, 1, 0), new RoutingEdge(1, 3, 0, 1), new RoutingEdge(0, 2, 0, 1), new RoutingEdge(2, 3, 1, 0), new RoutingEdge(1, 2, 0, 0)],
        [[0, 1], [2, 3], [0, 4, 3]]);

    /// <summary>The network to the other sink: what the last edges cost is exchanged, in the reverse of their order.</summary>
    public RoutingNetwork ToOtherSink()
    {
        int sink = Nodes.Length - 1;
        RoutingEdge[] last = [.. Edges.Where(edge => edge.To == sink)];
        int next = last.Length;
        var edges = Edges.Select(edge =>
        {
            if (edge.To != sink) return edge;
            next--;
            return edge with { Slope = last[next].Slope, Constant = last[next].Constant };
        });
        return this with { Nodes = Nodes.SetItem(sink, Nodes[sink] with { Label = "u" }), Edges = [.. edges] };
    }

    /// <summary>The network with every slope divided by a capacity.</summary>
    /// <param name="capacity">Above 0.</param>
    public RoutingNetwork WithCapacity(double capacity) => this with { Edges = [.. Edges.Select(edge => edge with { Slope = edge.Slope / capacity })] };

    /// <summary>The nodes on a route, or the number of a parallel link.</summary>
    public string RouteName(int route) => IsParallel
        ? $"link {route + 1}"
        : string.Join('-', Routes[route].Select(e => Nodes[Edges[e].To].Label).Prepend(Nodes[0].Label));

    /// <summary>What a unit on each route costs besides the flow: the sum of b over its edges, [K].</summary>
    public double[] RouteConstants() => [.. Routes.Select(route => route.Sum(e => Edges[e].Constant))];

    /// <summary>What a unit on one route costs per flow on another: the sum of a over the edges they share, [K * K].</summary>
    public double[] RouteSlopes() =>
        [.. Routes.SelectMany(route => Routes.Select(other => route.Where(e => other.Contains(e)).Sum(e => Edges[e].Slope)))];
}
