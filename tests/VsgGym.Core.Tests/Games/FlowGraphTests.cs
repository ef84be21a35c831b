namespace VsgGym.Core.Tests;

public sealed class FlowGraphTests
{
    // 0 -> 1, 2; 1 -> 3, 4; 2 -> 4, 5: two ways to 4.
    private static readonly FlowEdge[] Diamond = [new(0, 1), new(0, 2), new(1, 3), new(1, 4), new(2, 4), new(2, 5)];

    [Fact]
    public void SoundGraph_IsReadBackAsGiven()
    {
        var graph = new FlowGraph(Tables(Diamond, 0, 0, 0, 1, 2, 3));
        Assert.Equal((1, 6, 6, 2, 0, 2), (graph.PlayerCount, graph.NodeCount, graph.EdgeCount, graph.ActionCount, graph.Root, graph.LongestPath));
        Assert.Equal<string>(["player_0"], graph.Players);
        Assert.Equal([0, 2, 4, 6, 6, 6, 6], graph.EdgeStarts.ToArray());
        Assert.Equal([1, 2, 3, 4, 4, 5], graph.Successors.ToArray());
        Assert.Equal([0, 1, 0, 1, 0, 1], graph.EdgeActions.ToArray());
        Assert.Equal([0, 0, 0, 1, 2, 3], graph.Returns(0).ToArray());
        Assert.Equal([false, false, false, true, true, true], Enumerable.Range(0, 6).Select(graph.IsTerminal));
        Assert.Equal((4, -1), (graph.Move(2, 0), graph.Move(3, 0)));
        Assert.Equal([true, true], graph.LegalActions(1));
        Assert.Equal([false, false], graph.LegalActions(4));
    }

    [Fact]
    public void Order_PutsEveryNodeAfterThoseThatLeadToIt()
    {
        var graph = new FlowGraph(Tables([new(5, 0), new(0, 4), new(5, 4), new(4, 1), new(0, 3), new(3, 1), new(3, 2)], 0, 7, 1, 0, 0, 0) with { Root = 5 });
        var place = graph.TopologicalOrder.Select((node, index) => (node, index)).ToDictionary(pair => pair.node, pair => pair.index);
        Assert.Equal((5, 6), (graph.TopologicalOrder[0], place.Count));
        for (int x = 0; x < 6; x++)
            for (int e = graph.EdgeStarts[x]; e < graph.EdgeStarts[x + 1]; e++)
                Assert.True(place[x] < place[graph.Successors[e]]);
        Assert.Equal(3, graph.LongestPath);
    }

    [Fact]
    public void Actions_GivenToSomeEdges_LeaveTheFreeNumbersToTheOthers()
    {
        var graph = new FlowGraph(Tables([new(0, 1, 2), new(0, 2), new(0, 3), new(0, 4, 0)], 0, 1, 1, 1, 1) with { Actions = ["a", "b", "c", "d", "e"] });
        Assert.Equal(5, graph.ActionCount);
        Assert.Equal([4, 2, 1, 3, -1], Enumerable.Range(0, 5).Select(a => graph.Move(0, a)));
        Assert.Equal([4, 2, 1, 3], graph.Successors.ToArray());
        Assert.Equal([true, true, true, true, false], graph.LegalActions(0));
    }

    [Fact]
    public void TwoPlayers_HaveTheirOwnReturnsAndNodes()
    {
        var graph = new FlowGraph(new FlowTables
        {
            Edges = [new(0, 1), new(0, 2), new(1, 2), new(1, 3)],
            Returns = new ShapedArray([0, 0, 1, 2, 0, 0, 3, 4], 2, 4),
            Owners = [0, 1, 0, 0],
            Players = ["ann", "bob"],
            Nodes = ["root", "fork", "left", "right"],
        });
        Assert.Equal((0, 1, 4), (graph.Owner(0), graph.Owner(1), graph.Returns(1)[3]));
        Assert.Equal<string>(["ann", "bob"], graph.Players);
        Assert.Equal("fork", graph.NodeLabels[1]);
    }

    public static TheoryData<string, string, string> OneFault => new()
    {
        { "shape", "returns", "wrong_shape" },
        { "no edges", "edges", "empty" },
        { "from outside", "edges[6].from", "out_of_range" },
        { "to outside", "edges[6].to", "out_of_range" },
        { "root outside", "root", "out_of_range" },
        { "repeated edge", "edges[6]", "duplicate" },
        { "shared action", "edges[1].action", "duplicate" },
        { "negative action", "edges[0].action", "out_of_range" },
        { "action without name", "edges[1].action", "out_of_range" },
        { "self loop", "edges", "cycle" },
        { "cycle", "edges", "cycle" },
        { "out of reach", "nodes[6]", "unreachable" },
        { "dead end", "nodes[4]", "dead_end" },
        { "edge out of a terminal", "returns[0, 1]", "edge_out_of_terminal" },
        { "negative return", "returns[0, 3]", "not_positive" },
        { "infinite return", "returns[0, 3]", "not_positive" },
        { "no number", "returns[0, 3]", "not_positive" },
        { "return of one player only", "returns[1, 4]", "not_positive" },
        { "owner outside", "owners[2]", "out_of_range" },
        { "owners of other nodes", "owners", "wrong_shape" },
        { "names of other nodes", "nodes", "wrong_shape" },
        { "player name blank", "players[0]", "empty" },
        { "node names twice", "nodes", "duplicate" },
    };

    [Theory]
    [MemberData(nameof(OneFault))]
    public void OneFault_IsNamed(string what, string path, string reason)
    {
        var error = Assert.Throws<VsgGymException>(() => new FlowGraph(Broken(what)));
        var fault = Assert.Single(error.Faults);
        Assert.Equal((path, reason), (fault.Path, fault.Reason));
    }

    [Fact]
    public void Cycle_IsNamedNodeByNode()
    {
        var error = Assert.Throws<VsgGymException>(() => new FlowGraph(Tables([.. Diamond, new(3, 6), new(6, 1)], 0, 0, 0, 0, 2, 3, 0) with { Nodes = ["root", "b", "c", "d", "e", "f", "g"] }));
        Assert.Contains(Assert.Single(error.Faults).Value, (string[])["b -> d -> g -> b", "d -> g -> b -> d", "g -> b -> d -> g"]);
    }

    [Fact]
    public void ManyFaults_AreReportedAtOnce()
    {
        var error = Assert.Throws<VsgGymException>(() => new FlowGraph(Tables([.. Diamond, new(3, 1)], 0, 0, -1, 4, 0, double.NaN, 0)));
        Assert.Equal(
            ["edges", "nodes[6]", "returns[0, 2]", "returns[0, 3]", "nodes[4]", "returns[0, 5]", "nodes[6]"],
            error.Faults.Select(fault => fault.Path));
        Assert.Equal(
            ["cycle", "unreachable", "edge_out_of_terminal", "edge_out_of_terminal", "dead_end", "not_positive", "dead_end"],
            error.Faults.Select(fault => fault.Reason));
    }

    [Fact]
    public void LongCycle_IsFoundInNoTime()
    {
        const int Nodes = 200_000;
        FlowEdge[] ring = [.. Enumerable.Range(0, Nodes).Select(x => new FlowEdge(x, (x + 1) % Nodes))];
        var error = Assert.Throws<VsgGymException>(() => new FlowGraph(new FlowTables { Edges = ring, Returns = new ShapedArray(new double[Nodes], 1, Nodes) }));
        Assert.Equal("cycle", Assert.Single(error.Faults).Reason);
    }

    private static FlowTables Tables(FlowEdge[] edges, params double[] returns) => new() { Edges = edges, Returns = new ShapedArray(returns, 1, returns.Length) };

    private static FlowTables Broken(string what)
    {
        double[] returns = [0, 0, 0, 1, 2, 3];
        var sound = Tables(Diamond, returns);
        switch (what)
        {
            case "shape": return sound with { Returns = new ShapedArray(returns, 6) };
            case "no edges": return sound with { Edges = [] };
            case "from outside": return sound with { Edges = [.. Diamond, new(6, 1)] };
            case "to outside": return sound with { Edges = [.. Diamond, new(1, -1)] };
            case "root outside": return sound with { Root = 6 };
            case "repeated edge": return sound with { Edges = [.. Diamond, new(1, 4)] };
            case "shared action": return sound with { Edges = [new(0, 1, 3), new(0, 2, 3), .. Diamond[2..]] };
            case "negative action": return sound with { Edges = [new(0, 1, -1), .. Diamond[1..]] };
            case "action without name": return sound with { Actions = ["only"], Edges = [new(0, 1), new(0, 2)], Returns = new ShapedArray([0, 1, 1], 1, 3) };
            case "self loop": return Tables([.. Diamond, new(1, 1)], returns);
            case "cycle": return Tables([.. Diamond, new(4, 6), new(6, 1)], 0, 0, 0, 1, 0, 3, 0);
            case "out of reach": return Tables([.. Diamond, new(6, 4)], 0, 0, 0, 1, 2, 3, 0);
            case "dead end": returns[4] = 0; return sound;
            case "edge out of a terminal": returns[1] = 1; return sound;
            case "negative return": returns[3] = -1; return sound;
            case "infinite return": returns[3] = double.PositiveInfinity; return sound;
            case "no number": returns[3] = double.NaN; return sound;
            case "return of one player only": return sound with { Returns = new ShapedArray([.. returns, 0, 0, 0, 1, 0, 3], 2, 6) };
            case "owner outside": return sound with { Owners = [0, 0, 1, 0, 0, 0] };
            case "owners of other nodes": return sound with { Owners = [0] };
            case "names of other nodes": return sound with { Nodes = ["a", "b"] };
            case "player name blank": return sound with { Players = [""] };
            case "node names twice": return sound with { Nodes = ["a", "b", "c", "d", "e", "a"] };
            default: throw new ArgumentException("unknown case", nameof(what));
        }
    }
}
