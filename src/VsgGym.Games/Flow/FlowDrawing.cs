using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Draws a flow graph with the node where play stands, or only that node where the graph is large.</summary>
internal static class FlowDrawing
{
    private const int MostNodesShown = 48;

    public static Drawing Draw(string title, FlowGraph graph, Func<int, (double X, double Y)> place, in World world)
    {
        int node = (int)world.State[0], before = (int)world.State[1];
        var drawing = new DrawingBuilder().Title(title).Caption($"time {world.Time}, {Where(graph, node)}");
        if (graph.NodeCount > MostNodesShown) return drawing.Caption($"{graph.NodeCount} nodes: too many to draw").Build();
        var nodes = Enumerable.Range(0, graph.NodeCount).Select(x =>
        {
            var (across, down) = place(x);
            return new GraphNode(Name(graph, x), across, down, x == node);
        });
        return drawing.Graph([.. nodes], [.. Edges(graph, before, node)]).Caption("marked: where play stands and the last move; after a colon, returns").Build();
    }

    /// <summary>"at 01, player_1 moves", or what the end of an episode pays.</summary>
    public static string Where(FlowGraph graph, int node)
    {
        string place = $"at {graph.NodeLabels[node]}";
        if (graph.IsTerminal(node)) return $"{place}, the end: return {Returns(graph, node)}";
        return graph.PlayerCount == 1 ? place : $"{place}, {graph.Players[graph.Owner(node)]} moves";
    }

    /// <summary>The returns at a terminal node, a number for each different one: all players' or everybody's.</summary>
    public static string Returns(FlowGraph graph, int node)
    {
        string[] returns = [.. Enumerable.Range(0, graph.PlayerCount).Select(p => Drawing.Number(graph.Returns(p)[node]))];
        return returns.Distinct().Count() == 1 ? returns[0] : string.Join(", ", returns);
    }

    private static string Name(FlowGraph graph, int node) =>
        graph.IsTerminal(node) ? $"{graph.NodeLabels[node]}: {Returns(graph, node)}" : graph.NodeLabels[node];

    private static IEnumerable<GraphEdge> Edges(FlowGraph graph, int before, int node)
    {
        for (int x = 0; x < graph.NodeCount; x++)
            for (int a = 0; a < graph.ActionCount; a++)
                if (graph.Move(x, a) is >= 0 and var next)
                    yield return new GraphEdge(x, next, graph.ActionLabels[a], Emphasis: x == before && next == node);
    }
}
