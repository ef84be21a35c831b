using VsgGym.Numerics;

namespace VsgGym.Games.Tests;

public sealed class RoutingBestResponseTests
{
    public static TheoryData<string, double[]> Networks => RoutingSamples.Networks;

    [Theory]
    [MemberData(nameof(Networks))]
    public void Answer_IsASplitThatNoOtherBeats(string name, double[] demands)
    {
        var network = RoutingSamples.Network(name);
        var random = RandomStream.Create(3);
        for (int trial = 0; trial < 50; trial++)
        {
            double[][] flows = RoutingSamples.RandomFlows(network, demands, ref random);
            int player = random.NextInt32(demands.Length);
            double[] others = RoutingCosts.TotalEdgeFlows(network, [.. flows.Where((_, i) => i != player)]);
            flows[player] = RoutingBestResponse.Find(network, demands[player], others);
            Assert.Equal(demands[player], flows[player].Sum(), 1e-12);
            Assert.All(flows[player], flow => Assert.InRange(flow, -1e-12, demands[player] + 1e-12));
            double best = RoutingCosts.Cost(network, flows, player);
            Assert.Equal(best, RoutingBestResponse.Cost(network, demands[player], others), 1e-12);
            CheckMarginalCosts(RoutingCosts.Gradient(network, flows)[player], flows[player]);
            for (int other = 0; other < 50; other++)
            {
                flows[player] = RoutingSamples.RandomFlow(network, demands[player], ref random);
                Assert.InRange(RoutingCosts.Cost(network, flows, player), best - 1e-12, double.PositiveInfinity);
            }
        }
    }

    /// <summary>Used routes have one marginal cost and the others no lower one: necessary and sufficient for a convex cost.</summary>
    private static void CheckMarginalCosts(double[] marginal, double[] flow)
    {
        double least = marginal.Min();
        for (int k = 0; k < flow.Length; k++)
            if (flow[k] > 1e-9) Assert.Equal(least, marginal[k], 1e-9);
    }

    [Fact]
    public void ConstantLink_TakesWhatDoesNotFitBelowIt()
    {
        double[] alone = RoutingBestResponse.Find(RoutingNetwork.Pigou(), 3, [0, 0]);
        Assert.Equal([2.5, 0.5], alone); // 2 f = 1 on the link that costs x
        Assert.Equal([0, 0.25], RoutingBestResponse.Find(RoutingNetwork.Pigou(), 0.25, [0, 0.5]));
    }
}
