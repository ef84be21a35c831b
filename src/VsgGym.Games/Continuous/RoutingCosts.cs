namespace VsgGym.Games;

/// <summary>Costs and potential of the routing game as functions of the flows.</summary>
/// <remarks>
/// Notation: flows[i][k] is what player i sends over route k, f_e^i what of it crosses edge e, f_e the sum over players, a_e and b_e
/// the edge's slope and constant. The game of atomic splittable flows with affine costs has the exact potential Phi: a player's change of J_i equals the
/// change of Phi, whatever the demands. Phi is convex, so its minimizers are the Nash equilibria.
/// </remarks>
internal static class RoutingCosts
{
    /// <summary>A player's flow on each edge, [E].</summary>
    public static double[] EdgeFlows(RoutingNetwork network, ReadOnlySpan<double> flow)
    {
        double[] edges = new double[network.Edges.Length];
        for (int k = 0; k < flow.Length; k++)
            foreach (int e in network.Routes[k]) edges[e] += flow[k];
        return edges;
    }

    /// <summary>All players' flow on each edge, [E].</summary>
    public static double[] TotalEdgeFlows(RoutingNetwork network, double[][] flows)
    {
        double[] total = new double[network.Edges.Length];
        foreach (double[] flow in flows) AddTo(total, EdgeFlows(network, flow));
        return total;
    }

    /// <summary>J_i = sum_e f_e^i (a_e f_e + b_e).</summary>
    public static double Cost(RoutingNetwork network, double[][] flows, int player)
    {
        double[] own = EdgeFlows(network, flows[player]), total = TotalEdgeFlows(network, flows);
        double cost = 0;
        for (int e = 0; e < own.Length; e++) cost += own[e] * ((network.Edges[e].Slope * total[e]) + network.Edges[e].Constant);
        return cost;
    }

    /// <summary>Phi = sum_e [b_e f_e + (a_e / 2) (f_e^2 + sum_i (f_e^i)^2)].</summary>
    public static double Potential(RoutingNetwork network, double[][] flows)
    {
        double[] total = new double[network.Edges.Length], squares = new double[total.Length];
        foreach (double[] flow in flows)
        {
            double[] own = EdgeFlows(network, flow);
            AddTo(total, own);
            for (int e = 0; e < own.Length; e++) squares[e] += own[e] * own[e];
        }

        double potential = 0;
        for (int e = 0; e < total.Length; e++)
            potential += (network.Edges[e].Constant * total[e]) + (network.Edges[e].Slope / 2 * ((total[e] * total[e]) + squares[e]));
        return potential;
    }

    /// <summary>The gradient of Phi, which is each player's gradient of its own cost: d/d flows[i][k] = sum over the edges of k of b_e + a_e (f_e + f_e^i), [N][K].</summary>
    public static double[][] Gradient(RoutingNetwork network, double[][] flows)
    {
        double[] total = TotalEdgeFlows(network, flows);
        return [.. flows.Select(flow =>
        {
            double[] own = EdgeFlows(network, flow);
            return network.Routes.Select(route => route.Sum(e => network.Edges[e].Constant + (network.Edges[e].Slope * (total[e] + own[e])))).ToArray();
        })];
    }

    private static void AddTo(double[] total, double[] own)
    {
        for (int e = 0; e < total.Length; e++) total[e] += own[e];
    }
}
