using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Games.Tests;

/// <summary>What every flow game of the catalog owes.</summary>
public sealed class CatalogFlowTests
{
    private const int Copies = 24;
    private static readonly Catalog Entries = Catalog.Scan([typeof(Climbing).Assembly]);

    public static TheoryData<string> Ids => [.. Names];

    private static IEnumerable<string> Names => AllGames.Names.Where(id => Entries.CreateGame(id, "{}").Flow is not null);

    [Fact]
    public void TheGames_AreThree() => Assert.Equal(["flow_grid-v0", "flow_tree-v0", "flow_two_player-v0"], Names);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Simulator_AgreesWithTheGraph_OnEveryEdge(string id)
    {
        var game = Entries.CreateGame(id, "{}");
        var graph = game.Flow!;
        (int Node, int Action)[] moves = [.. Enumerable.Range(0, graph.NodeCount * graph.ActionCount)
            .Select(k => (k / graph.ActionCount, k % graph.ActionCount)).Where(move => graph.Move(move.Item1, move.Item2) >= 0)];
        Assert.Equal(graph.EdgeCount, moves.Length);
        var play = Play.Start(game, new VectorOptions { Copies = moves.Length, Autoreset = AutoresetMode.Disabled });
        int[] actions = new int[moves.Length * graph.PlayerCount];
        for (int b = 0; b < moves.Length; b++) Place(play, graph, moves[b], b, actions);
        play.Step(actions);
        for (int b = 0; b < moves.Length; b++)
        {
            int next = graph.Move(moves[b].Node, moves[b].Action);
            for (int p = 0; p < graph.PlayerCount; p++)
            {
                Assert.Equal(next, play.Worlds.DiscreteObservations(p)[b]);
                Assert.Equal(graph.Returns(p)[next], play.Worlds.Rewards(p)[b]); // 0 at inner nodes
                Assert.Equal(graph.IsTerminal(next), play.Worlds.Terminated(p)[b]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Episodes_EndInATerminalNode_AtTheLatestAfterTheLongestPath(string id)
    {
        var game = Entries.CreateGame(id, "{}");
        var graph = game.Flow!;
        var random = RandomStream.Create(2);
        for (ulong seed = 0; seed < Copies; seed++)
        {
            var play = Play.Start(game, new VectorOptions { Autoreset = AutoresetMode.Disabled }, seed);
            Assert.Equal(graph.LongestPath, play.Worlds.Spec.Horizon);
            for (int t = 0; t < graph.LongestPath && play.Worlds.Live(0)[0]; t++) play.Step(Play.RandomActions(play, ref random));
            Assert.True(play.Worlds.Terminated(0)[0]);
            Assert.True(graph.IsTerminal(play.Worlds.DiscreteObservations(0)[0]));
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Observations_AreThreeFormsOfOneNode(string id)
    {
        var index = Play.Start(Entries.CreateGame(id, "{}"), new VectorOptions { Copies = Copies });
        var oneHot = Play.Start(Entries.CreateGame(id, """{"observation": "one_hot"}"""), new VectorOptions { Copies = Copies });
        var features = Play.Start(Entries.CreateGame(id, """{"observation": "features"}"""), new VectorOptions { Copies = Copies });
        int nodes = ((DiscreteSpace)index.Worlds.Spec.Observations[0]).Count;
        var space = (BoxSpace)features.Worlds.Spec.Observations[0];
        var nodeOf = new Dictionary<string, int>();
        var random = RandomStream.Create(4);
        for (int t = 0; t < 40; t++)
        {
            for (int b = 0; b < Copies; b++)
            {
                int node = index.Worlds.DiscreteObservations(0)[b];
                var vector = oneHot.Worlds.BoxObservations(0).Slice(b * nodes, nodes);
                Assert.Equal((1f, 1f), (vector[node], vector.ToArray().Sum()));
                string own = string.Join(" ", features.Worlds.BoxObservations(0).Slice(b * space.Length, space.Length).ToArray());
                if (!nodeOf.TryAdd(own, node)) Assert.Equal(nodeOf[own], node); // features tell nodes apart
            }

            byte[] actions = Play.RandomActions(index, ref random);
            index.Step(actions);
            oneHot.Step(actions);
            features.Step(actions);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void ProportionalFlow_EndsAtEachNodeInProportionToItsReturn(string id)
    {
        // flow section 4 for one player (or common returns): flows go back from the returns, split evenly among parents, and the policy splits as they do.
        var graph = Entries.CreateGame(id, "{}").Flow!;
        var parents = new int[graph.NodeCount];
        foreach (int next in graph.Successors) parents[next]++;
        double[] flow = graph.Returns(0).ToArray();
        foreach (int x in graph.TopologicalOrder.Reverse())
            for (int e = graph.EdgeStarts[x]; e < graph.EdgeStarts[x + 1]; e++) flow[x] += flow[graph.Successors[e]] / parents[graph.Successors[e]];
        var probability = new double[graph.NodeCount];
        probability[graph.Root] = 1;
        foreach (int x in graph.TopologicalOrder)
            for (int e = graph.EdgeStarts[x]; e < graph.EdgeStarts[x + 1]; e++)
                probability[graph.Successors[e]] += probability[x] * flow[graph.Successors[e]] / parents[graph.Successors[e]] / flow[x];
        double total = graph.Returns(0).ToArray().Sum();
        Assert.Equal(total, flow[graph.Root], 1e-9);
        for (int x = 0; x < graph.NodeCount; x++)
            if (graph.IsTerminal(x)) Assert.Equal(graph.Returns(0)[x] / total, probability[x], 1e-12);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Policies_OverNodes_FillSeats_WhateverIsObserved(string id)
    {
        var graph = Entries.CreateGame(id, "{}").Flow!;
        double[] table = new double[graph.NodeCount * graph.ActionCount];
        for (int x = 0; x < graph.NodeCount; x++) table[(x * graph.ActionCount) + Math.Max(0, graph.LegalActions(x).LastIndexOf(true))] = 1;
        var policy = new TabularPolicy(table, 1, graph.NodeCount, graph.ActionCount);
        var play = Play.Start(Entries.CreateGame(id, """{"observation": "features"}"""), new VectorOptions { Autoreset = AutoresetMode.Disabled });
        for (int node = graph.Root; !graph.IsTerminal(node);)
        {
            for (int p = 0; p < graph.PlayerCount; p++)
            {
                policy.CheckFits(play.Worlds.Spec, p);
                policy.Act(play.Worlds, p, [true]);
            }

            play.Step([.. Enumerable.Range(0, graph.PlayerCount).Select(p => play.Worlds.DiscreteActions(p)[0])]);
            node = graph.Move(node, graph.LegalActions(node).LastIndexOf(true));
            Assert.Equal(node, (int)play.Worlds.States[0]);
        }
    }

    private static void Place(VectorEnvironment play, FlowGraph graph, (int Node, int Action) move, int copy, int[] actions)
    {
        play.Worlds.States[2 * copy] = move.Node;
        for (int p = 0; p < graph.PlayerCount; p++)
        {
            bool moves = graph.Owner(move.Node) == p;
            actions[(p * play.Copies) + copy] = moves ? move.Action : 0;
            if (!play.Worlds.Spec.HasIllegalActions) continue;
            var legal = play.Worlds.LegalActions(p).Slice(copy * graph.ActionCount, graph.ActionCount);
            legal.Clear();
            legal[0] = true;
            if (moves) graph.LegalActions(move.Node).CopyTo(legal);
        }
    }
}
