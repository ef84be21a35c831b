namespace VsgGym.Core;

/// <summary>A flow graph given as an edge list and returns.</summary>
public sealed record FlowTables
{
    /// <summary>The edges, each pair of nodes at most once.</summary>
    public required IReadOnlyList<FlowEdge> Edges { get; init; }

    /// <summary>The return of each player at each node, [N, X]: positive at the terminal nodes, 0 at the others.</summary>
    public required ShapedArray Returns { get; init; }

    /// <summary>Number of the node where play starts.</summary>
    public int Root { get; init; }

    /// <summary>Seat names, [N]; absent: player_0, player_1, ...</summary>
    public IReadOnlyList<string>? Players { get; init; }

    /// <summary>The player who moves at each node, [X]; absent: player 0 everywhere.</summary>
    public IReadOnlyList<int>? Owners { get; init; }

    /// <summary>A name per node, [X]; absent: 0, 1, ...</summary>
    public IReadOnlyList<string>? Nodes { get; init; }

    /// <summary>A name per action, [A]; absent: 0, 1, ... up to the largest that an edge has.</summary>
    public IReadOnlyList<string>? Actions { get; init; }
}
