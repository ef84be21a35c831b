using VsgGym.Core;
using VsgGym.Games;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>Flow graphs of the protocol to Core's tables and back.</summary>
internal static class FlowMessages
{
    /// <summary>Builds the game.</summary>
    /// <exception cref="VsgGymException">Every fault, under the names of the message's fields.</exception>
    public static UploadedFlow Read(Proto.FlowGraph graph, string path)
    {
        var faults = new FaultList();
        var returns = Tensors.Read(graph.Returns, $"{path}.returns", faults);
        var edges = Tensors.ReadWhole(graph.Edges, $"{path}.edges", faults);
        var owners = graph.Owners is null ? null : Tensors.ReadWhole(graph.Owners, $"{path}.owners", faults);
        var actions = graph.Actions is null ? null : Tensors.ReadWhole(graph.Actions, $"{path}.actions", faults);
        if (graph.Nodes < 1) faults.Add($"{path}.nodes", graph.Nodes, "must be at least 1", "out_of_range");
        if (edges is { } given && (given.Shape.Length != 2 || given.Shape[1] != 2))
            faults.Add($"{path}.edges.shape", Tensors.Show(given.Shape), "must be [E, 2]: from, to", "wrong_shape");
        else if (actions is { } numbers && edges is { } pairs && (numbers.Shape.Length != 1 || numbers.Data.Length != pairs.Shape[0]))
            faults.Add($"{path}.actions.shape", Tensors.Show(numbers.Shape), $"must be [{pairs.Shape[0]}], one number per edge", "wrong_shape");
        int mostActions = Math.Max(edges?.Shape[0] ?? 0, graph.ActionLabels.Count); // a number in a small message must not claim a wide table
        for (int e = 0; e < (actions?.Data.Length ?? 0) && edges is not null; e++)
            if (actions!.Value.Data[e] >= mostActions)
                faults.Add($"{path}.actions[{e}]", actions.Value.Data[e], $"must be below {mostActions}, the number of edges or of named actions", "out_of_range");
        if (owners is { } seats && seats.Shape.Length != 1) faults.Add($"{path}.owners.shape", Tensors.Show(seats.Shape), "must be [nodes], one axis", "wrong_shape");
        if (returns is not null && graph.Nodes > 0) returns = Returns(returns, graph.Nodes, $"{path}.returns.shape", faults);
        faults.ThrowIfAny();
        return FaultPaths.Under(string.Empty, path, () => new UploadedFlow(
            new FlowTables
            {
                Edges = [.. Enumerable.Range(0, edges!.Value.Shape[0]).Select(e => new FlowEdge(edges.Value.Data[2 * e], edges.Value.Data[(2 * e) + 1], actions?.Data[e]))],
                Returns = returns!,
                Root = graph.Root,
                Players = graph.Players,
                Owners = owners?.Data,
                Nodes = graph.Labels,
                Actions = graph.ActionLabels,
            },
            graph.Title));
    }

    /// <summary>Writes a graph; reading it back builds the same.</summary>
    public static Proto.FlowGraph Write(FlowGraph graph, string title)
    {
        int nodes = graph.NodeCount;
        int[] from = [.. Enumerable.Range(0, nodes).SelectMany(node => Enumerable.Repeat(node, graph.EdgeStarts[node + 1] - graph.EdgeStarts[node]))];
        int[] edges = [.. Enumerable.Range(0, graph.EdgeCount).SelectMany(e => new[] { from[e], graph.Successors[e] })];
        double[] returns = [.. Enumerable.Range(0, graph.PlayerCount).SelectMany(p => graph.Returns(p).ToArray())];
        int[] owners = [.. Enumerable.Range(0, nodes).Select(graph.Owner)];
        var wire = new Proto.FlowGraph
        {
            Nodes = nodes,
            Edges = Tensors.WriteWhole(edges, graph.EdgeCount, 2),
            Returns = Tensors.Write(returns, graph.PlayerCount, nodes),
            Root = graph.Root,
            Title = title,
            Owners = Tensors.WriteWhole(owners, nodes),
            Actions = Tensors.WriteWhole(graph.EdgeActions, graph.EdgeCount),
        };
        wire.Labels.AddRange(graph.NodeLabels);
        wire.Players.AddRange(graph.Players);
        wire.ActionLabels.AddRange(graph.ActionLabels);
        return wire;
    }

    /// <summary>The returns as [N, nodes], or null after adding the fault.</summary>
    private static ShapedArray? Returns(ShapedArray returns, int nodes, string path, FaultList faults)
    {
        if (returns.Shape is [int only] && only == nodes) return new ShapedArray(returns.Data, 1, nodes);
        if (returns.Shape is [>= 1, int count] && count == nodes) return returns;
        faults.Add(path, Tensors.Show(returns.Shape), $"must be [{nodes}] or [N, {nodes}] beside {nodes} nodes", "wrong_shape");
        return null;
    }
}
