using VsgGym.Numerics;

namespace VsgGym.Games.Tests;

public sealed class RoutingEquilibriumTests
{
    /// <summary>The others have a closed form.</summary>
    public static TheoryData<string, double[]> Networks => RoutingSamples.Except("braess other sink");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    public void EqualDemands_GiveTheKnownFlowsCostsAndPotentials(int players)
    {
        double n = players;
        double[] demands = [.. Enumerable.Repeat(1 / n, players)];
        var pigou = RoutingEquilibrium.Pigou(demands);
        Assert.Equal(n / (n + 1), pigou.Sum(flow => flow[1]), 1e-14);
        Assert.Equal(((n * n) + n + 1) / ((n + 1) * (n + 1)), TotalCost(RoutingNetwork.Pigou(), pigou), 1e-14);
        Assert.Equal((n + 2) / (2 * (n + 1)), RoutingCosts.Potential(RoutingNetwork.Pigou(), pigou), 1e-14);

        var braess = RoutingEquilibrium.Braess(demands);
        Assert.Equal((n - 1) / (n + 1), braess.Sum(flow => flow[2]), 1e-14);
        Assert.Equal(1 / (n + 1), braess.Sum(flow => flow[0]), 1e-14);
        Assert.Equal(1 / (n + 1), braess.Sum(flow => flow[1]), 1e-14);
        Assert.Equal(((2 * n * n) + (2 * n) + 2) / ((n + 1) * (n + 1)), TotalCost(RoutingNetwork.Braess(), braess), 1e-14);
        Assert.Equal((n + 2) / (n + 1), RoutingCosts.Potential(RoutingNetwork.Braess(), braess), 1e-14);
    }

    [Fact]
    public void Braess_OfTwo_SendsAThirdOverEachRoute()
    {
        var flows = RoutingEquilibrium.Braess([0.5, 0.5]);
        for (int k = 0; k < 3; k++) Assert.Equal(1.0 / 3, flows.Sum(flow => flow[k]), 1e-15);
        Assert.Equal(14.0 / 9, TotalCost(RoutingNetwork.Braess(), flows), 1e-14);
    }

    [Fact]
    public void Parallel_WithEveryLinkUsedByAll_IsTheClosedForm()
    {
        double[] demands = [1, 1.5, 1.25], slopes = RoutingSamples.Slopes, constants = RoutingSamples.Constants("parallel");
        double sum = demands.Sum(), inverses = slopes.Sum(a => 1 / a), offsets = constants[0] / slopes[0] + constants[1] / slopes[1] + constants[2] / slopes[2];
        double[] levels = [.. demands.Select(d => (d + sum + offsets) / inverses)];
        var flows = RoutingEquilibrium.Parallel(demands, slopes, constants);
        for (int l = 0; l < 3; l++)
        {
            double total = (levels.Sum() - (3 * constants[l])) / (slopes[l] * 4);
            Assert.Equal(total, flows.Sum(flow => flow[l]), 1e-14);
            for (int i = 0; i < 3; i++) Assert.Equal(((levels[i] - constants[l]) / slopes[l]) - total, flows[i][l], 1e-14);
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void ProjectedGradientDescentOnThePotential_ArrivesThere(string name, double[] demands)
    {
        var network = RoutingSamples.Network(name);
        double[][] expected = Equilibrium(name, demands), reached = Descend(network, demands);
        for (int i = 0; i < demands.Length; i++)
        {
            Assert.Equal(demands[i], expected[i].Sum(), 1e-12);
            for (int k = 0; k < expected[i].Length; k++) Assert.Equal(expected[i][k], reached[i][k], 1e-8);
            Assert.Equal(0, RoutingSamples.Gain(network, expected, i), 1e-12);
        }
    }

    [Theory]
    [InlineData("pigou")]
    [InlineData("braess")]
    [InlineData("parallel")]
    public void RandomDemands_LeaveNobodyAGain(string name)
    {
        var random = RandomStream.Create(7);
        int corners = 0;
        for (int trial = 0; trial < 200; trial++)
        {
            double[] demands = [.. Enumerable.Range(0, 1 + random.NextInt32(5)).Select(_ => Wide(ref random))];
            double[] slopes = [.. Enumerable.Range(0, 2 + random.NextInt32(4)).Select(_ => Wide(ref random))];
            double[] constants = [.. slopes.Select(_ => 2 * random.NextDouble())];
            double capacity = Wide(ref random);
            var network = (name == "parallel" ? RoutingNetwork.Parallel(slopes, constants) : RoutingSamples.Network(name).WithCapacity(capacity));
            double[][] flows = name == "parallel" ? RoutingEquilibrium.Parallel(demands, slopes, constants)
                : name == "pigou" ? RoutingEquilibrium.Pigou(demands, capacity) : RoutingEquilibrium.Braess(demands, capacity);
            double scale = Math.Max(1, RoutingCosts.Potential(network, flows));
            for (int i = 0; i < demands.Length; i++)
            {
                Assert.Equal(demands[i], flows[i].Sum(), 1e-11 * Math.Max(1, demands[i]));
                Assert.All(flows[i], flow => Assert.InRange(flow, -1e-14 * scale, double.PositiveInfinity));
                Assert.Equal(0, RoutingSamples.Gain(network, flows, i), 1e-12 * scale);
                if (flows[i].Contains(0)) corners++;
            }
        }

        Assert.InRange(corners, 50, int.MaxValue); // both kinds were met
    }

    private static double Wide(ref RandomStream random) => 0.05 + (3 * random.NextDouble() * random.NextDouble());

    private static double TotalCost(RoutingNetwork network, double[][] flows) => flows.Select((_, i) => RoutingCosts.Cost(network, flows, i)).Sum();

    private static double[][] Equilibrium(string name, double[] demands) => name switch
    {
        "pigou" => RoutingEquilibrium.Pigou(demands),
        "braess" => RoutingEquilibrium.Braess(demands),
        "braess half capacity" => RoutingEquilibrium.Braess(demands, 0.5),
        _ => RoutingEquilibrium.Parallel(demands, RoutingSamples.Slopes, RoutingSamples.Constants(name)),
    };

    /// <summary>Steps of 1 / (N + 1) / (sum of slopes over all routes' edges), which is below the reciprocal of the potential's greatest curvature.</summary>
    private static double[][] Descend(RoutingNetwork network, double[] demands)
    {
        double step = 1 / ((demands.Length + 1) * network.Routes.Sum(route => route.Sum(e => network.Edges[e].Slope)));
        double[][] flows = [.. demands.Select(d => Enumerable.Repeat(d / network.Routes.Length, network.Routes.Length).ToArray())];
        for (int iteration = 0; iteration < 100_000; iteration++)
        {
            double[][] gradient = RoutingCosts.Gradient(network, flows);
            double moved = 0;
            for (int i = 0; i < flows.Length; i++)
            {
                double[] next = Project([.. flows[i].Select((flow, k) => flow - (step * gradient[i][k]))], demands[i]);
                for (int k = 0; k < next.Length; k++) moved = Math.Max(moved, Math.Abs(next[k] - flows[i][k]));
                flows[i] = next;
            }

            if (moved < 1e-13) break;
        }

        return flows;
    }

    /// <summary>The nearest point with no negative flow and the given sum.</summary>
    private static double[] Project(double[] point, double sum)
    {
        double[] sorted = [.. point.OrderDescending()];
        double total = 0, shift = 0;
        for (int n = 1; n <= sorted.Length; n++)
        {
            total += sorted[n - 1];
            if (sorted[n - 1] - ((total - sum) / n) > 0) shift = (total - sum) / n;
        }

        return [.. point.Select(flow => Math.Max(0, flow - shift))];
    }
}
