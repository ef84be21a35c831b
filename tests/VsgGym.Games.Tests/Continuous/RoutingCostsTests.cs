using VsgGym.Numerics;

namespace VsgGym.Games.Tests;

public sealed class RoutingCostsTests
{
    public static TheoryData<string, double[]> Networks => RoutingSamples.Networks;

    [Theory]
    [MemberData(nameof(Networks))]
    public void UnilateralChange_ChangesCostAndPotentialAlike(string name, double[] demands)
    {
        var network = RoutingSamples.Network(name);
        var random = RandomStream.Create(1);
        for (int trial = 0; trial < 500; trial++)
        {
            double[][] flows = RoutingSamples.RandomFlows(network, demands, ref random);
            int player = random.NextInt32(demands.Length);
            double[][] changed = [.. flows];
            changed[player] = RoutingSamples.RandomFlow(network, demands[player], ref random);
            double cost = RoutingCosts.Cost(network, changed, player) - RoutingCosts.Cost(network, flows, player);
            double potential = RoutingCosts.Potential(network, changed) - RoutingCosts.Potential(network, flows);
            Assert.Equal(cost, potential, 1e-12 * Math.Max(1, RoutingCosts.Potential(network, flows)));
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Gradient_IsTheSlopeOfThePotentialAndOfEachOwnCost(string name, double[] demands)
    {
        const double Step = 1e-3; // both are quadratic, so central differences are exact up to rounding
        var network = RoutingSamples.Network(name);
        var random = RandomStream.Create(2);
        double[][] flows = RoutingSamples.RandomFlows(network, demands, ref random);
        double[][] gradient = RoutingCosts.Gradient(network, flows);
        for (int i = 0; i < flows.Length; i++)
            for (int k = 0; k < flows[i].Length; k++)
            {
                double before = flows[i][k];
                flows[i][k] = before + Step;
                var (upPotential, upCost) = (RoutingCosts.Potential(network, flows), RoutingCosts.Cost(network, flows, i));
                flows[i][k] = before - Step;
                var (downPotential, downCost) = (RoutingCosts.Potential(network, flows), RoutingCosts.Cost(network, flows, i));
                flows[i][k] = before;
                Assert.Equal(gradient[i][k], (upPotential - downPotential) / (2 * Step), 1e-10);
                Assert.Equal(gradient[i][k], (upCost - downCost) / (2 * Step), 1e-10);
            }
    }

    [Fact]
    public void Braess_EveryoneOnTheZigzag_PaysTwoPerUnit()
    {
        double[][] flows = [[0, 0, 0.5], [0, 0, 0.5]];
        Assert.Equal(1, RoutingCosts.Cost(RoutingNetwork.Braess(), flows, 0));
        Assert.Equal([1, 0, 0, 1, 1], RoutingCosts.TotalEdgeFlows(RoutingNetwork.Braess(), flows));
        Assert.Equal(0.5, RoutingCosts.Cost(RoutingNetwork.Braess().WithCapacity(2), flows, 1));
        Assert.Equal(1, RoutingCosts.Cost(RoutingNetwork.Braess().ToOtherSink(), flows, 1)); // x on sv, 1 on wu
    }
}
