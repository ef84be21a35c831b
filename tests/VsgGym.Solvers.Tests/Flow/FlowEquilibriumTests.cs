using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>Flow equilibria of graphs: by hand, against a slow reference, exact shares, and what is refused.</summary>
public sealed class FlowEquilibriumTests
{
    [Fact]
    public void ADiamond_IsAsByHand()
    {
        // End 3 (return 2) has two ways to it, so each edge into it carries 1; end 4 has return 1: the root splits 2 : 1.
        var graph = Graph([new(0, 1), new(0, 2), new(1, 3), new(2, 3), new(1, 4)], [0, 0, 0, 2, 1]);
        var solver = new FlowEquilibrium(graph, new FlowEquilibrium.Options());
        var report = solver.Step(CancellationToken.None);
        Assert.Equal((1, IterationState.Running), (report.Iteration, report.State));
        Assert.Equal(1.0 / 6, report.Residual, 15); // from 1/2 to 2/3
        var solution = solver.ReadSolution();
        Assert.Equal([2.0 / 3, 1.0 / 3], solution.Policies[0].Row(0, 0).ToArray(), Close);
        Assert.Equal([.5, .5], solution.Policies[0].Row(0, 1).ToArray(), Close);
        Assert.Equal([0, 0, 0, 2.0 / 3, 1.0 / 3], solution.Arrays["terminal_distribution"].Data, Close);
        Assert.Equal([3, 2, 1, 2, 1], solution.Arrays["log_flow"].Data.Select(Math.Exp), Close);
        Assert.Equal([5.0 / 3, 1.5, 2, 2, 1], solution.Values[0].Data, Close);
        Assert.Equal((0, IterationState.Converged), (solver.Step(CancellationToken.None).Residual, solver.Step(CancellationToken.None).State));
    }

    [Fact]
    public void OnePlayer_EndsInProportionToTheReturns()
    {
        foreach (var graph in (FlowGraph[])[
            new Games.FlowTree(new Games.FlowTree.Options()).Flow,
            new Games.FlowGrid(new Games.FlowGrid.Options()).Flow,
            new Games.FlowTwoPlayer(new Games.FlowTwoPlayer.Options()).Flow]) // both have the same returns
        {
            var outcome = NormalForm.Run(new FlowEquilibrium(graph, new FlowEquilibrium.Options()));
            Assert.Equal((SolveStatus.Converged, 2L), (outcome.Status, outcome.Iterations));
            double total = new SlowFlow(graph).Total(0);
            Assert.Equal(graph.Returns(0).ToArray().Select(end => end / total), outcome.Solution.Arrays["terminal_distribution"].Data, Close);
            Assert.Equal(total, Math.Exp(outcome.Solution.Arrays["log_flow"].Data[graph.Root]), 1e-9 * total); // Z
            var certificate = new FlowResidual(graph).Measure(outcome.Solution.Policies, CancellationToken.None);
            Assert.InRange(certificate.Gap, 0, 1e-14);
            Assert.InRange(certificate.Bounds["total_variation"].Measured, 0, 1e-14);
        }
    }

    [Fact]
    public void TheTree_SplitsByTheSumsBelow()
    {
        // Leaves 1, ..., 8: the left half sums to 10 of 36.
        var graph = new Games.FlowTree(new Games.FlowTree.Options()).Flow;
        var solution = NormalForm.Run(new FlowEquilibrium(graph, new FlowEquilibrium.Options())).Solution;
        Assert.Equal([10.0 / 36, 26.0 / 36], solution.Policies[0].Row(0, graph.Root).ToArray(), Close);
    }

    [Fact]
    public void RandomGraphs_AgreeWithTheSlowReference()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            int players = 1 + (int)(seed % 3);
            var graph = RandomFlowGraphs.Create(RandomStream.Create(seed), 12, players, .1, 5, isCommon: seed % 2 == 0);
            var slow = new SlowFlow(graph);
            var outcome = NormalForm.Run(new FlowEquilibrium(graph, new FlowEquilibrium.Options()));
            for (int x = 0; x < graph.NodeCount; x++)
            {
                for (int p = 0; p < players; p++) Assert.Equal(slow.Flow(p, x), Math.Exp(outcome.Solution.Arrays["log_flow"].Data[(p * 12) + x]), 1e-12);
                for (int a = 0; a < graph.ActionCount && !graph.IsTerminal(x); a++)
                    Assert.Equal(graph.Move(x, a) < 0 ? 0 : slow.Probability(x, graph.Move(x, a)), outcome.Solution.Policies[graph.Owner(x)].Row(0, x)[a], 1e-12);
            }

            // Nobody comes nearer to its own returns, by the objective of Eq. (2), with one of 30 other policies.
            var profile = outcome.Solution.Policies;
            for (ulong other = 0; other < 30; other++)
                for (int p = 0; p < players; p++)
                {
                    var tried = profile.Policies.SetItem(p, RandomFlowGraphs.Profile(RandomStream.Create(other), graph)[p]);
                    Assert.True(slow.Divergence(new PolicyProfile(graph, tried), p) >= slow.Divergence(profile, p) - 1e-12);
                }
        }
    }

    [Fact]
    public void OpposedReturns_HaveNoFlowEquilibriumButBestAnswers()
    {
        var graph = new Games.FlowTwoPlayer(new Games.FlowTwoPlayer.Options { Interests = Games.FlowInterests.Opposed }).Flow;
        var outcome = NormalForm.Run(new FlowEquilibrium(graph, new FlowEquilibrium.Options()));
        var certificate = new FlowResidual(graph).Measure(outcome.Solution.Policies, CancellationToken.None);
        Assert.All(certificate.GapPerPlayer, gap => Assert.True(gap > .01));
        Assert.InRange(certificate.Bounds["variational_gap"].Measured, 0, 1e-14);
        Assert.False(certificate.Bounds["flow_theorem_4_3"].PremiseHolds);
    }

    [Fact]
    public void HugeAndTinyReturns_KeepTheirShares()
    {
        var graph = Graph([new(0, 1), new(0, 2), new(1, 3), new(1, 4)], [0, 0, 1e-300, 1e300, 3e300]);
        var solution = NormalForm.Run(new FlowEquilibrium(graph, new FlowEquilibrium.Options())).Solution;
        Assert.Equal([.25, .75], solution.Policies[0].Row(0, 1).ToArray(), (x, y) => Math.Abs(x - y) < 1e-12); // logarithms of 690 have rounding of 1e-13
        Assert.InRange(new FlowResidual(graph).Measure(solution.Policies, CancellationToken.None).Gap, 0, 1e-12);
    }

    [Fact]
    public void WarmStart_AtTheAnswer_EndsAtOnce()
    {
        var graph = RandomFlowGraphs.Create(RandomStream.Create(4), 20, 2, .5, 4, isCommon: false);
        var first = NormalForm.Run(new FlowEquilibrium(graph, new FlowEquilibrium.Options()));
        var again = new FlowEquilibrium(graph, new FlowEquilibrium.Options());
        again.Start(first.Solution);
        Assert.Equal(first.Solution.Policies[1].Probabilities.ToArray(), again.ReadSolution().Policies[1].Probabilities.ToArray());
        var second = NormalForm.Run(again);
        Assert.Equal((SolveStatus.Converged, 1L), (second.Status, second.Iterations));
        Assert.Equal(first.Solution.Arrays["log_flow"].Data, second.Solution.Arrays["log_flow"].Data); // the same bits
    }

    [Fact]
    public void Step_AllocatesNothing() =>
        Allocation.Check(new FlowEquilibrium(RandomFlowGraphs.Create(RandomStream.Create(5), 40, 2, 1, 9, isCommon: false), new FlowEquilibrium.Options()));

    [Fact]
    public void Cancelled_Stops()
    {
        var graph = new Games.FlowTree(new Games.FlowTree.Options()).Flow;
        var solver = new FlowEquilibrium(graph, new FlowEquilibrium.Options());
        Assert.Throws<OperationCanceledException>(() => solver.Step(new CancellationToken(canceled: true)));
    }

    [Fact]
    public void EstimatedBytes_CoverWhatIsAllocated()
    {
        var graph = new Games.FlowGrid(new Games.FlowGrid.Options { Side = 64 }).Flow;
        var options = new FlowEquilibrium.Options();
        long before = GC.GetAllocatedBytesForCurrentThread();
        var solver = new FlowEquilibrium(graph, options);
        long used = GC.GetAllocatedBytesForCurrentThread() - before, estimate = FlowEquilibrium.EstimateBytes(graph, options);
        GC.KeepAlive(solver);
        Assert.InRange(used, estimate / 4, estimate + 4096);
    }

    private static bool Close(double x, double y) => Math.Abs(x - y) < 1e-14;

    private static FlowGraph Graph(FlowEdge[] edges, double[] returns) => new(new FlowTables { Edges = edges, Returns = new ShapedArray(returns, 1, returns.Length) });
}
