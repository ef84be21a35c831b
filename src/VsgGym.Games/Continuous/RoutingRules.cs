using System.Collections.Immutable;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Games;

/// <summary>The routing game's networks, demands and chances, as its options say.</summary>
internal sealed class RoutingRules
{
    private const double Slack = 1e-12;

    private readonly Routing.Options _options;
    private readonly RoutingNetwork[] _networks; // [goal * C + capacity]

    public RoutingRules(Routing.Options options)
    {
        _options = options;
        Demands = options.Demands.IsDefaultOrEmpty ? [.. Enumerable.Repeat(1.0 / options.Players, options.Players)] : options.Demands;
        Players = [.. Enumerable.Range(0, options.Players).Select(p => $"player_{p}")];
        RoutingNetwork first = options.Network(), other = first.ToOtherSink();
        _networks = [.. (options.GoalSwapAt is null ? new[] { first } : [first, other]).SelectMany(network => options.Capacities.Select(network.WithCapacity))];
    }

    /// <summary>The seats' names, [N].</summary>
    public ImmutableArray<string> Players { get; }

    /// <summary>What each player sends, [N].</summary>
    public ImmutableArray<double> Demands { get; }

    /// <summary>Number of capacity states C.</summary>
    public int Capacities => _options.Capacities.Length;

    /// <summary>Number of routes K.</summary>
    public int Routes => _networks[0].Routes.Length;

    /// <summary>Number of decisions T.</summary>
    public int Horizon => _options.Horizon;

    /// <summary>The half-width of the noise on each reward.</summary>
    public double Noise => _options.RewardNoise;

    /// <summary>Whether observations change during an episode.</summary>
    public bool Changes => _networks.Length > 1;

    /// <summary>Which sink the decision at a time goes to, 0 or 1.</summary>
    public int GoalAt(int time) => _options.GoalSwapAt is { } swap && time >= swap ? 1 : 0;

    /// <summary>The network of the decision at a time in a capacity state.</summary>
    public RoutingNetwork Network(int time, int capacity) => _networks[Index(time, capacity)];

    /// <summary>The number of a network among <see cref="All"/>.</summary>
    public int Index(int time, int capacity) => (GoalAt(time) * Capacities) + capacity;

    /// <summary>Every network: by goal, then by capacity state.</summary>
    public IReadOnlyList<RoutingNetwork> All => _networks;

    /// <summary>What the numbers of an observation say, [C + 1].</summary>
    public ImmutableArray<string> ObservationLabels => [.. _options.Capacities.Select(capacity => $"capacity {Drawing.Number(capacity)}"), "goal u"];

    /// <summary>The routes that the numbers of an action are for, [K].</summary>
    public ImmutableArray<string> RouteLabels => [.. Enumerable.Range(0, Routes).Select(_networks[0].RouteName)];

    /// <summary>The first capacity state: each as likely.</summary>
    public int First(ref RandomStream random) => Capacities == 1 ? 0 : First(random.NextDouble());

    /// <summary>The first of several capacity states.</summary>
    /// <param name="u">A random number in [0, 1).</param>
    public int First(double u) => Pick(u);

    /// <summary>The next capacity state: the same with the chance `capacity_persistence`, else each as likely.</summary>
    public int Next(int capacity, ref RandomStream random) => Capacities == 1 ? 0 : Next(capacity, random.NextDouble());

    /// <summary>The next of several capacity states.</summary>
    /// <param name="capacity">The present one.</param>
    /// <param name="u">A random number in [0, 1).</param>
    public int Next(int capacity, double u)
    {
        double stay = _options.CapacityPersistence;
        if (stay == 0) return Pick(u); // what the division by 1 would leave
        return u < stay ? capacity : Pick((u - stay) / (1 - stay));
    }

    /// <summary>The chance of a next capacity state.</summary>
    public double Chance(int capacity, int next) =>
        ((1 - _options.CapacityPersistence) / Capacities) + (capacity == next ? _options.CapacityPersistence : 0);

    /// <summary>The bounds of one reward, as tight as rounding allows: 1e-12 of the greatest cost.</summary>
    /// <remarks>
    /// J_i grows with everyone's overlap, so it is greatest where all take one route. It falls with the others' splits in a straight line, so
    /// for its least the others, all alike, take one route, and the player answers best.
    /// </remarks>
    public (double Lowest, double Highest) RewardBounds()
    {
        double all = Demands.Sum(), greatest = 0, least = double.PositiveInfinity;
        foreach (var network in _networks)
        {
            foreach (var route in network.Routes)
                greatest = Math.Max(greatest, Demands.Max() * route.Sum(e => (network.Edges[e].Slope * all) + network.Edges[e].Constant));
            foreach (double demand in Demands.Distinct())
                for (int route = 0; route < Routes; route++)
                {
                    double[] others = new double[Routes];
                    others[route] = all - demand;
                    least = Math.Min(least, RoutingBestResponse.Cost(network, demand, RoutingCosts.EdgeFlows(network, others)));
                }
        }

        double slack = (Slack * greatest) + Noise;
        return (0 - greatest - slack, slack - least);
    }

    private int Pick(double u) => Math.Min((int)(u * Capacities), Capacities - 1);
}
