using VsgGym.Numerics;

namespace VsgGym.Games.Tests;

/// <summary>Networks, demands and flows that the tests of the routing game share.</summary>
internal static class RoutingSamples
{
    private static readonly (string Name, double[] Demands)[] Cases =
    [
        ("pigou", [0.5, 0.5]),
        ("pigou", [0.25, 1.5, 0.1]),
        ("braess", [0.5, 0.5]),
        ("braess", [0.2, 0.9, 0.6]),
        ("braess other sink", [0.4, 0.8]),
        ("braess half capacity", [0.4, 0.8, 0.1, 0.3]),
        ("parallel", [0.5, 0.5]),
        ("parallel", [0.05, 3, 0.7]),
        ("parallel corner", [1, 1, 1]),
        ("parallel corner", [0.1, 0.4, 2.5]),
    ];

    /// <summary>Every network with some demands.</summary>
    public static TheoryData<string, double[]> Networks => Except(string.Empty);

    public static double[] Slopes => [1, 2, 0.5];

    /// <summary>Every network but one.</summary>
    public static TheoryData<string, double[]> Except(string left)
    {
        var networks = new TheoryData<string, double[]>();
        foreach (var (name, demands) in Cases)
            if (name != left) networks.Add(name, demands);
        return networks;
    }

    /// <summary>The constants of "parallel", with all links used, or of "parallel corner", whose last link is dear.</summary>
    public static double[] Constants(string name) => name == "parallel" ? [0.5, 0.25, 0.75] : [0.25, 0.5, 1.5];

    public static RoutingNetwork Network(string name) => name switch
    {
        "pigou" => RoutingNetwork.Pigou(),
        "braess" => RoutingNetwork.Braess(),
        "braess other sink" => RoutingNetwork.Braess().ToOtherSink(),
        "braess half capacity" => RoutingNetwork.Braess().WithCapacity(0.5),
        _ => RoutingNetwork.Parallel(Slopes, Constants(name)),
    };

    public static double[][] RandomFlows(RoutingNetwork network, double[] demands, ref RandomStream random)
    {
        double[][] flows = new double[demands.Length][];
        for (int i = 0; i < flows.Length; i++) flows[i] = RandomFlow(network, demands[i], ref random);
        return flows;
    }

    /// <summary>A split at random, on a face of the simplex now and then.</summary>
    public static double[] RandomFlow(RoutingNetwork network, double demand, ref RandomStream random)
    {
        double[] flow = new double[network.Routes.Length];
        random.NextSimplex(flow);
        if (random.NextInt32(4) == 0) flow[random.NextInt32(flow.Length)] = 0;
        double sum = flow.Sum();
        for (int k = 0; k < flow.Length; k++) flow[k] = sum > 0 ? demand * flow[k] / sum : demand / flow.Length;
        return flow;
    }

    /// <summary>The gain of a player from its best response.</summary>
    public static double Gain(RoutingNetwork network, double[][] flows, int player)
    {
        double[] others = RoutingCosts.TotalEdgeFlows(network, flows), own = RoutingCosts.EdgeFlows(network, flows[player]);
        for (int e = 0; e < others.Length; e++) others[e] -= own[e];
        return RoutingCosts.Cost(network, flows, player) - RoutingBestResponse.Cost(network, flows[player].Sum(), others);
    }
}
