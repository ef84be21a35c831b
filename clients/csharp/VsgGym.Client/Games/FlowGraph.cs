using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>A directed graph without cycles, walked from its root to a node without edges, which pays its return.</summary>
/// <param name="Edges">From and to of each edge.</param>
/// <param name="Returns">[nodes], or [N, nodes] for N players: above 0 at nodes without edges, 0 elsewhere.</param>
public sealed record FlowGraph(IReadOnlyList<(int From, int To)> Edges, NdArray Returns) : GameSource
{
    /// <summary>Where play starts.</summary>
    public int Root { get; init; }

    /// <summary>A name per node; null for numbers.</summary>
    public IReadOnlyList<string>? Nodes { get; init; }

    /// <summary>N names; null: player_0, player_1, ...</summary>
    public IReadOnlyList<string>? Players { get; init; }

    /// <summary>The player who moves at each node; null: the first everywhere.</summary>
    public IReadOnlyList<int>? Owners { get; init; }

    /// <summary>The number of each edge among the actions at its node; null: the order of the edges.</summary>
    public IReadOnlyList<int>? EdgeActions { get; init; }

    /// <summary>A name per action; null for numbers.</summary>
    public IReadOnlyList<string>? Actions { get; init; }

    /// <summary>A title; may be empty.</summary>
    public string Title { get; init; } = string.Empty;

    internal static FlowGraph FromWire(Wire.FlowGraph graph)
    {
        int[] edges = Tensors.Whole(graph.Edges);
        return new([.. Enumerable.Range(0, edges.Length / 2).Select(e => (edges[2 * e], edges[(2 * e) + 1]))], NdArray.FromWire(graph.Returns))
        {
            Root = graph.Root,
            Nodes = [.. graph.Labels],
            Players = [.. graph.Players],
            Owners = graph.Owners is null ? null : Tensors.Whole(graph.Owners),
            EdgeActions = graph.Actions is null ? null : Tensors.Whole(graph.Actions),
            Actions = [.. graph.ActionLabels],
            Title = graph.Title,
        };
    }

    private protected override void Fill(Wire.GameSpec spec)
    {
        var graph = new Wire.FlowGraph
        {
            Nodes = Returns.Rank == 0 ? 0 : Returns.Shape[^1],
            Edges = Tensors.Whole([.. Edges.SelectMany(edge => new[] { edge.From, edge.To })], Edges.Count, 2),
            Returns = Returns.ToWire(),
            Root = Root,
            Title = Title,
        };
        if (Owners is not null) graph.Owners = Tensors.Whole(Owners, Owners.Count);
        if (EdgeActions is not null) graph.Actions = Tensors.Whole(EdgeActions, EdgeActions.Count);
        graph.Labels.AddRange(Nodes ?? []);
        graph.Players.AddRange(Players ?? []);
        graph.ActionLabels.AddRange(Actions ?? []);
        spec.Flow = graph;
    }
}
