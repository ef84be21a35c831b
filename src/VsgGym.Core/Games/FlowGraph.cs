using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>A directed acyclic graph with one root and positive returns at its ends: what flow methods solve (`flow` section 4).</summary>
/// <remarks>
/// Immutable; X nodes, E edges, N players. At each node that is not terminal its owner takes one of the edges that leave it; at a
/// terminal node every player gets its return there. That is section 4 of `flow` with a fixed transition function in which only the
/// owner's part of the joint action counts. An edge's action is its number among the owner's A moves, so a policy is [1, X, A];
/// nodes without an edge for an action forbid it. Rows at terminal nodes and at nodes of another player have no meaning.
/// </remarks>
public sealed class FlowGraph : ISolvableGame
{
    /// <summary>The most nodes times actions, 2^26.</summary>
    public const int MaximumMoves = 1 << 26;

    private readonly double[] _returns;   // [N, X]
    private readonly int[] _owner;        // [X]
    private readonly int[] _edgeStart;    // [X + 1]
    private readonly int[] _successor;    // [E]
    private readonly int[] _edgeAction;   // [E]
    private readonly int[] _move;         // [X, A], the node that a move leads to, or -1
    private readonly bool[] _legal;       // [X, A]

    /// <summary>Checks the edge list and takes the returns over.</summary>
    /// <param name="tables">Edges, returns, owners and names; not to be changed afterwards.</param>
    /// <exception cref="VsgGymException">
    /// Every fault: sizes, edges outside the graph, repeated ones or ones that share an action, a cycle (one is named), nodes that the
    /// root does not reach, dead ends without return, edges out of a terminal node, returns that are not positive and finite; or
    /// RESOURCE_EXHAUSTED: the graph is too large.
    /// </exception>
    public FlowGraph(FlowTables tables)
    {
        var parts = FlowParts.Check(tables);
        (Players, NodeLabels, ActionLabels, Root) = (parts.Players, parts.NodeLabels, parts.ActionLabels, tables.Root);
        (_returns, _owner) = (tables.Returns.Data, parts.Owners);
        (_edgeStart, _successor, _edgeAction) = (parts.EdgeStart, parts.Successor, parts.EdgeAction);
        TopologicalOrder = [.. parts.Order];
        LongestPath = parts.LongestPath;
        _move = new int[NodeCount * ActionCount];
        _legal = new bool[NodeCount * ActionCount];
        Array.Fill(_move, -1);
        for (int node = 0; node < NodeCount; node++)
            for (int e = _edgeStart[node]; e < _edgeStart[node + 1]; e++)
            {
                _move[(node * ActionCount) + _edgeAction[e]] = _successor[e];
                _legal[(node * ActionCount) + _edgeAction[e]] = true;
            }
    }

    /// <inheritdoc/>
    public string KindName => "a flow graph";

    /// <inheritdoc/>
    public string UsualConcept => "flow";

    /// <inheritdoc/>
    int ISolvableGame.StateCount => NodeCount;

    /// <inheritdoc/>
    ImmutableArray<string> ISolvableGame.StateLabels => NodeLabels;

    /// <inheritdoc/>
    ImmutableArray<int> ISolvableGame.ActionCounts => [.. Players.Select(_ => ActionCount)];

    /// <inheritdoc/>
    ImmutableArray<ImmutableArray<string>> ISolvableGame.ActionLabels => [.. Players.Select(_ => ActionLabels)];

    /// <inheritdoc/>
    int? ISolvableGame.Horizon => null;

    /// <inheritdoc/>
    bool ISolvableGame.HasIllegalActions => true;

    /// <summary>The seats' names, [N], N at least 1.</summary>
    public ImmutableArray<string> Players { get; }

    /// <summary>Number of players N.</summary>
    public int PlayerCount => Players.Length;

    /// <summary>A name per node, [X].</summary>
    public ImmutableArray<string> NodeLabels { get; }

    /// <summary>Number of nodes X.</summary>
    public int NodeCount => NodeLabels.Length;

    /// <summary>A name per action, [A].</summary>
    public ImmutableArray<string> ActionLabels { get; }

    /// <summary>Number of actions A, at least 1.</summary>
    public int ActionCount => ActionLabels.Length;

    /// <summary>Number of edges E.</summary>
    public int EdgeCount => _successor.Length;

    /// <summary>The node where play starts.</summary>
    public int Root { get; }

    /// <summary>Every node once, [X], the root first, each after all nodes with an edge to it.</summary>
    public ImmutableArray<int> TopologicalOrder { get; }

    /// <summary>The most edges on a way from the root to a terminal node, at least 1.</summary>
    public int LongestPath { get; }

    /// <summary>Where the edges of each node start in <see cref="Successors"/>, [X + 1].</summary>
    public ReadOnlySpan<int> EdgeStarts => _edgeStart;

    /// <summary>The node that each edge enters, node by node, in the order of actions, [E].</summary>
    public ReadOnlySpan<int> Successors => _successor;

    /// <summary>The action of each edge, beside <see cref="Successors"/>, [E].</summary>
    public ReadOnlySpan<int> EdgeActions => _edgeAction;

    /// <summary>Whether play ends at a node.</summary>
    public bool IsTerminal(int node) => _edgeStart[node] == _edgeStart[node + 1];

    /// <summary>The player who moves at a node; without meaning at terminal ones.</summary>
    public int Owner(int node) => _owner[node];

    /// <summary>A player's returns, [X]: positive at terminal nodes, 0 at the others.</summary>
    public ReadOnlySpan<double> Returns(int player) => _returns.AsSpan(player * NodeCount, NodeCount);

    /// <inheritdoc/>
    bool ISolvableGame.IsLegal(int player, int state, int action) => IsTerminal(state) || _owner[state] != player || Move(state, action) >= 0;

    /// <summary>The node that an action leads to, or -1 where it has no edge.</summary>
    public int Move(int node, int action) => _move[(node * ActionCount) + action];

    /// <summary>Which actions have an edge at a node, [A]; none at terminal nodes.</summary>
    public ReadOnlySpan<bool> LegalActions(int node) => _legal.AsSpan(node * ActionCount, ActionCount);
}
