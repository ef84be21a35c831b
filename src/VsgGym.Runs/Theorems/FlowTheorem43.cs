using System.Collections.Immutable;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Runs;

/// <summary>flow Theorem 4.3: what a flow equilibrium loses against a best response.</summary>
internal sealed class FlowTheorem43 : TheoremTest
{
    private const string Printed = "flow_theorem_4_3", Corrected = "flow_theorem_4_3_corrected";
    private const double IsEquilibrium = 1e-9;

    public override string Id => "flow/theorem-4-3";

    public override string Title => "What a flow equilibrium loses: the printed bound holds for returns of at least 1 and fails below, the corrected one holds everywhere";

    public override string Locus => "flow Theorem 4.3";

    public override ImmutableArray<string> Notes =>
    [
        "Printed: a flow equilibrium is an epsilon-Nash equilibrium with epsilon = 2 |X| Ret_max e^-delta, Ret = log R, delta the step from Ret_max to the next lower return. Measured is the largest gain of a player in Ret by an exact best response at its nodes. The equilibrium is that of `flow_equilibrium`, whose ends have probabilities in proportion to R; the returns are common to all players, without which there is none.",
        "Games: random graphs of 6 to 25 nodes, half of them ends, with 1 to 3 owners; returns drawn from [1, 4), from [0.01, 0.99) and from [0.1, 4) for each seed. Besides the trees and the grid of the catalog, and forks with two ends.",
        "Where it fails: with returns below 1. A fork with R = (1, 1/2) has the flow equilibrium (2/3, 1/3) and Ret = (0, -log 2): Ret_max is 0 and so is epsilon, but going to the better end gains log(2) / 3 = 0.231. The premise that is not printed is that no |Ret| exceeds Ret_max; the last column says whether that holds (1) or not (0). Printed are only the equilibrium, whose total variation from the shares R / sum R stands before it, and the game.",
        "What holds instead, for each player and for every profile: gain <= (max Ret - min Ret) (K e^-delta / M + d), with M best ends, K other ones, delta the step below the best and d the total variation from the player's shares, 0 in a flow equilibrium. It is the sharper of the two where both hold.",
    ];

    public override string BoundHeading => "epsilon";

    public override string MeasuredHeading => "largest gain";

    public override ImmutableArray<string> OtherHeadings => ["total variation", "no abs(Ret) above Ret_max"];

    internal override IEnumerable<TheoremRow> Rows(TheoremBench bench)
    {
        var games = Games(bench).Select(entry => (entry.Name, Certificate: Solve(bench, entry.Graph))).ToArray();
        foreach (string statement in (string[])[Printed, Corrected])
            foreach (var (name, certificate) in games)
            {
                var bound = certificate.Bounds[statement];
                double variation = certificate.Bounds["total_variation"].Measured;
                bool premise = statement == Printed ? variation <= IsEquilibrium : bound.PremiseHolds;
                yield return new TheoremRow(
                    statement == Printed ? "As printed" : "Corrected", name, premise, bound.Value, bound.Measured, bound.Measured <= bound.Value + 1e-12,
                    variation, certificate.Bounds[Printed].PremiseHolds ? 1 : 0);
            }
    }

    private static Certificate Solve(TheoremBench bench, FlowGraph graph) =>
        bench.Measure("flow", graph, bench.Run(bench.Solver("flow_equilibrium", graph, "{}")).Solution.Policies);

    private static IEnumerable<(string Name, FlowGraph Graph)> Games(TheoremBench bench)
    {
        foreach (var (lowest, highest) in ((double, double)[])[(1, 4), (.01, .99), (.1, 4)])
            foreach (int seed in bench.Seeds)
                yield return ($"random graph, returns {TheoremBench.Json(lowest)} to {TheoremBench.Json(highest)}, seed {seed}", Draw(RandomStream.Create((ulong)seed).Fork("graph"), 6 + (seed % 20), 1 + (seed % 3), lowest, highest));
        yield return ("flow_tree-v0", bench.Flow("flow_tree-v0", "{}"));
        yield return ("flow_tree-v0, branching 3, depth 4", bench.Flow("flow_tree-v0", """{"branching": 3, "depth": 4}"""));
        yield return ("flow_grid-v0", bench.Flow("flow_grid-v0", "{}"));
        yield return ("fork, R = (2, 1)", Fork(2, 1));
        yield return ("fork, R = (1, 1/2)", Fork(1, .5));
    }

    private static FlowGraph Fork(double left, double right) => new(new FlowTables
    {
        Edges = [new FlowEdge(0, 1), new FlowEdge(0, 2)],
        Returns = new ShapedArray([0, left, right], 1, 3),
    });

    // Inner nodes first, then the ends; every node has a way to it and every inner node one from it.
    private static FlowGraph Draw(RandomStream random, int nodes, int players, double lowest, double highest)
    {
        int inner = nodes / 2;
        var edges = new SortedSet<(int From, int To)>();
        for (int x = 1; x < nodes; x++) edges.Add((random.NextInt32(Math.Min(x, inner)), x));
        for (int x = 0; x < inner; x++)
        {
            edges.Add((x, x + 1 + random.NextInt32(nodes - x - 1)));
            edges.Add((x, inner + random.NextInt32(nodes - inner)));
        }

        double[] returns = new double[players * nodes];
        for (int x = inner; x < nodes; x++)
        {
            double end = lowest + ((highest - lowest) * random.NextDouble());
            for (int p = 0; p < players; p++) returns[(p * nodes) + x] = end;
        }

        int[] owners = [.. Enumerable.Range(0, nodes).Select(_ => random.NextInt32(players))];
        return new FlowGraph(new FlowTables { Edges = [.. edges.Select(edge => new FlowEdge(edge.From, edge.To))], Returns = new ShapedArray(returns, players, nodes), Owners = owners });
    }
}
