using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>The checked parts of a <see cref="FlowGraph"/>.</summary>
internal sealed class FlowParts
{
    public required ImmutableArray<string> Players { get; init; }

    public required ImmutableArray<string> NodeLabels { get; init; }

    public required ImmutableArray<string> ActionLabels { get; init; }

    public required int[] Owners { get; init; }

    public required int[] EdgeStart { get; init; }

    public required int[] Successor { get; init; }

    public required int[] EdgeAction { get; init; }

    public required List<int> Order { get; init; }

    public required int LongestPath { get; init; }

    /// <summary>Checks everything that can be checked, and reports all of it together.</summary>
    /// <exception cref="VsgGymException">Every fault.</exception>
    public static FlowParts Check(FlowTables tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        var faults = new FaultList();
        var shape = tables.Returns.Shape;
        if (shape.Length != 2 || shape.Any(extent => extent < 1))
        {
            faults.Add("returns", $"shape [{string.Join(", ", shape)}]", "must have shape [N, X], each at least 1", "wrong_shape");
            faults.ThrowIfAny();
        }

        int players = shape[0], nodes = shape[1];
        var names = Names(tables.Players, players, "players", "player_", faults);
        var labels = Names(tables.Nodes, nodes, "nodes", string.Empty, faults);
        int[] owners = ReadOwners(tables.Owners, players, nodes, faults);
        if (tables.Root < 0 || tables.Root >= nodes) faults.Add("root", tables.Root, $"must be in [0, {nodes - 1}]", "out_of_range");
        FlowEdge[] edges = FlowEdges.Number(tables.Edges, nodes, faults);
        var actions = Names(tables.Actions, FlowEdges.ActionCount(edges, tables.Actions, faults), "actions", string.Empty, faults);
        if (faults.Count > 0) throw faults.ToException(); // what follows needs numbers that lie in the graph
        if ((double)nodes * actions.Length > FlowGraph.MaximumMoves)
            throw VsgGymException.OverLimit("nodes", $"{nodes} nodes, {actions.Length} actions", $"nodes * actions must not exceed {FlowGraph.MaximumMoves}", "game_too_large");

        var walk = new FlowWalk(edges, nodes, tables.Root);
        walk.Check(labels, faults);
        FlowEdges.CheckEnds(tables.Returns, walk.EdgeStart, labels, names, faults);
        faults.ThrowIfAny();
        return new FlowParts
        {
            Players = names,
            NodeLabels = labels,
            ActionLabels = actions,
            Owners = owners,
            EdgeStart = walk.EdgeStart,
            Successor = walk.Successor,
            EdgeAction = walk.EdgeAction,
            Order = walk.Order,
            LongestPath = walk.LongestPath,
        };
    }

    private static ImmutableArray<string> Names(IReadOnlyList<string>? names, int count, string path, string prefix, FaultList faults)
    {
        if (names is not { Count: > 0 }) return [.. Enumerable.Range(0, count).Select(i => $"{prefix}{i}")];
        if (names.Count != count) faults.Add(path, $"{names.Count} names", $"must name each of the {count}, or be absent", "wrong_shape");
        for (int i = 0; i < names.Count; i++)
            if (string.IsNullOrWhiteSpace(names[i])) faults.Add($"{path}[{i}]", $"'{names[i]}'", "a name must not be blank", "empty");
        if (names.Distinct(StringComparer.Ordinal).Count() != names.Count) faults.Add(path, string.Join(", ", names), "names must differ", "duplicate");
        return [.. names];
    }

    private static int[] ReadOwners(IReadOnlyList<int>? owners, int players, int nodes, FaultList faults)
    {
        if (owners is null) return new int[nodes];
        if (owners.Count != nodes) faults.Add("owners", $"{owners.Count} numbers", $"must name a player for each of the {nodes} nodes", "wrong_shape");
        for (int x = 0; x < owners.Count; x++)
            if (owners[x] < 0 || owners[x] >= players) faults.Add($"owners[{x}]", owners[x], $"must be in [0, {players - 1}]", "out_of_range");
        return [.. owners];
    }
}
