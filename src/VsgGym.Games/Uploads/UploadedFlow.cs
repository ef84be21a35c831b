using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>A flow graph that a caller gives as an edge list and returns; played by walking it.</summary>
public sealed class UploadedFlow : Game, IUploadedGame
{
    private readonly (double X, double Y)[] _places;

    /// <summary>Checks the edge list and takes it over.</summary>
    /// <param name="tables">Edges, returns, owners and names; not to be changed afterwards.</param>
    /// <param name="title">The game's name in drawings.</param>
    /// <exception cref="VsgGymException">Every fault, or RESOURCE_EXHAUSTED where the graph is too large.</exception>
    public UploadedFlow(FlowTables tables, string title = "")
    {
        Flow = new FlowGraph(tables);
        Title = string.IsNullOrWhiteSpace(title) ? "Uploaded flow graph" : title;
        _places = Places(Flow);
    }

    /// <inheritdoc/>
    public string Title { get; }

    /// <inheritdoc/>
    public override FlowGraph Flow { get; }

    /// <inheritdoc/>
    public override Core.Environment CreateEnvironment() => new FlowEnvironment(Flow, null);

    /// <inheritdoc/>
    public override Drawing Draw(in World world) => FlowDrawing.Draw(Title, Flow, node => _places[node], world);

    /// <summary>Each node below all that lead to it, the nodes of a row side by side around the middle.</summary>
    private static (double X, double Y)[] Places(FlowGraph graph)
    {
        var row = new int[graph.NodeCount];
        foreach (int node in graph.TopologicalOrder)
            for (int e = graph.EdgeStarts[node]; e < graph.EdgeStarts[node + 1]; e++)
                row[graph.Successors[e]] = Math.Max(row[graph.Successors[e]], row[node] + 1);
        var places = new (double X, double Y)[graph.NodeCount];
        foreach (var nodes in Enumerable.Range(0, graph.NodeCount).GroupBy(node => row[node]))
        {
            int[] side = [.. nodes];
            for (int i = 0; i < side.Length; i++) places[side[i]] = (i - ((side.Length - 1) / 2.0), nodes.Key);
        }

        return places;
    }
}
