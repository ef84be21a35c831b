using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>Residuals of flow equilibria by hand and over all ways, and Theorem 4.3 as printed and as it holds.</summary>
public sealed class FlowResidualTests
{
    [Fact]
    public void TwoEnds_PlayedAlike_AreAsByHand()
    {
        var graph = Fork(3, 1);
        var certificate = new FlowResidual(graph).Measure(PolicyProfile.Uniform(graph), CancellationToken.None);
        Assert.Equal("flow", certificate.Concept);
        Assert.Equal((.5 * Math.Log(.5 / .75)) + (.5 * Math.Log(.5 / .25)), certificate.Gap, 15);
        Assert.Equal([certificate.Gap], certificate.GapPerPlayer.AsEnumerable());
        Assert.Equal(2, certificate.Values[0], 15);
        Assert.Equal(.25, certificate.Bounds["total_variation"].Measured, 15);
        Assert.Equal(Math.Sqrt(certificate.Gap / 2), certificate.Bounds["total_variation"].Value, 15);
        Assert.Equal(certificate.Gap, certificate.Bounds["variational_gap"].Measured, 14); // alone, the best answer is the equilibrium
        Assert.Equal(Math.Log(3) / 2, certificate.Bounds["flow_theorem_4_3_corrected"].Measured, 14);
        Assert.Equal(Math.Log(3) * ((1.0 / 3) + .25), certificate.Bounds["flow_theorem_4_3_corrected"].Value, 14);
    }

    [Fact]
    public void RandomProfiles_HaveTheResidualSummedOverAllWays()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var random = RandomStream.Create(seed);
            var graph = RandomFlowGraphs.Create(random.Fork("graph"), 14, 1 + (int)(seed % 3), .1, 4, isCommon: false);
            var slow = new SlowFlow(graph);
            var policies = RandomFlowGraphs.Profile(random.Fork("profile"), graph);
            var certificate = new FlowResidual(graph).Measure(policies, CancellationToken.None);
            var ends = slow.Ends(policies);
            double variation = 0;
            for (int p = 0; p < graph.PlayerCount; p++)
            {
                Assert.Equal(slow.Residual(policies, p), certificate.GapPerPlayer[p], 1e-12);
                Assert.Equal(ends.Sum(end => end.Value * graph.Returns(p)[end.Key]), certificate.Values[p], 1e-12);
                variation = Math.Max(variation, ends.Sum(end => Math.Abs(end.Value - (graph.Returns(p)[end.Key] / slow.Total(p)))) / 2);
            }

            var bound = certificate.Bounds["total_variation"];
            Assert.Equal(variation, bound.Measured, 1e-12);
            Assert.InRange(bound.Measured, 0, bound.Value);
        }
    }

    [Fact]
    public void Theorem4_3_HoldsOnRandomGraphsWhereReturnsAreAtLeastOne()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var graph = RandomFlowGraphs.Create(RandomStream.Create(seed), 6 + (int)seed, 1 + (int)(seed % 3), 1, 1 + (seed * 3) + 1, isCommon: true);
            var certificate = Solve(graph);
            var printed = certificate.Bounds["flow_theorem_4_3"];
            Assert.True(printed.PremiseHolds);
            Assert.InRange(printed.Measured, 1e-6, printed.Value);
            var corrected = certificate.Bounds["flow_theorem_4_3_corrected"];
            Assert.InRange(corrected.Measured, 1e-6, corrected.Value);
            Assert.True(corrected.Value <= printed.Value); // and is the sharper of the two
        }
    }

    [Fact]
    public void Theorem4_3_AsPrinted_FailsOnRandomGraphsWithReturnsBelowOne()
    {
        int fails = 0;
        for (ulong seed = 0; seed < 20; seed++)
        {
            var certificate = Solve(RandomFlowGraphs.Create(RandomStream.Create(seed), 6 + (int)seed, 1 + (int)(seed % 3), .01, .99, isCommon: true));
            var printed = certificate.Bounds["flow_theorem_4_3"];
            if (printed.Measured > printed.Value) fails++;
            Assert.False(printed.PremiseHolds);
            var corrected = certificate.Bounds["flow_theorem_4_3_corrected"];
            Assert.InRange(corrected.Measured, 1e-6, corrected.Value);
        }

        Assert.Equal(20, fails); // Ret_max = log R_max is below 0, and so is the printed epsilon
    }

    [Fact]
    public void Theorem4_3_SmallestCounterexample_IsAForkWithReturns1AndOneHalf()
    {
        // R = (1, 1/2): P_T = (2/3, 1/3), Ret = (0, -log 2), Ret_max = 0 and so the printed epsilon; going to the better end gains log(2) / 3.
        var certificate = Solve(Fork(1, .5));
        Assert.InRange(certificate.Gap, 0, 1e-15);
        var printed = certificate.Bounds["flow_theorem_4_3"];
        Assert.Equal((0, false), (printed.Value, printed.PremiseHolds));
        Assert.Equal(Math.Log(2) / 3, printed.Measured, 14);
        var corrected = certificate.Bounds["flow_theorem_4_3_corrected"];
        Assert.Equal(Math.Log(2) / 2, corrected.Value, 14); // range log 2, one other end, delta = log 2
        Assert.True(corrected.PremiseHolds);
    }

    [Fact]
    public void Theorem4_3_Corrected_HoldsForEveryProfile()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var random = RandomStream.Create(seed);
            var graph = RandomFlowGraphs.Create(random.Fork("graph"), 14, 2, .05, 6, isCommon: false);
            var bound = new FlowResidual(graph).Measure(RandomFlowGraphs.Profile(random.Fork("profile"), graph), CancellationToken.None).Bounds["flow_theorem_4_3_corrected"];
            Assert.InRange(bound.Measured, 0, bound.Value);
        }
    }

    [Fact]
    public void EndsAlike_NeedNothingBelowTheBest()
    {
        var certificate = Solve(Fork(2, 2));
        Assert.Equal((0, 0), (certificate.Bounds["flow_theorem_4_3"].Value, certificate.Bounds["flow_theorem_4_3"].Measured));
        Assert.Equal(0, certificate.Bounds["flow_theorem_4_3_corrected"].Value);
    }

    [Fact]
    public void Cancelled_Stops()
    {
        var graph = Fork(1, 2);
        Assert.Throws<OperationCanceledException>(() => new FlowResidual(graph).Measure(PolicyProfile.Uniform(graph), new CancellationToken(canceled: true)));
    }

    private static Certificate Solve(FlowGraph graph) => new FlowResidual(graph).Measure(
        NormalForm.Run(new FlowEquilibrium(graph, new FlowEquilibrium.Options())).Solution.Policies, CancellationToken.None);

    private static FlowGraph Fork(double left, double right) => new(new FlowTables
    {
        Edges = [new FlowEdge(0, 1), new FlowEdge(0, 2)],
        Returns = new ShapedArray([0, left, right], 1, 3),
    });
}
