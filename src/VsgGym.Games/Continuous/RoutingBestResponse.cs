using VsgGym.Numerics;

namespace VsgGym.Games;

/// <summary>A player's cheapest split against what the others send.</summary>
internal static class RoutingBestResponse
{
    /// <summary>The flow over each route that minimizes sum_e f_e (a_e (f_e + x_e) + b_e), [K].</summary>
    /// <param name="network">Where.</param>
    /// <param name="demand">What the player sends, above 0.</param>
    /// <param name="others">x, the others' flow on each edge, [E].</param>
    public static double[] Find(RoutingNetwork network, double demand, ReadOnlySpan<double> others)
    {
        double[] unit = new double[network.Edges.Length];
        for (int e = 0; e < unit.Length; e++) unit[e] = network.Edges[e].Constant + (network.Edges[e].Slope * others[e]);
        return network.IsParallel
            ? Fill([.. network.Edges.Select(edge => edge.Slope)], unit, demand)
            : OnFace(network.RouteSlopes(), [.. network.Routes.Select(route => route.Sum(e => unit[e]))], [.. Enumerable.Range(0, network.Routes.Length)], demand);
    }

    /// <summary>The cost of <see cref="Find"/>.</summary>
    public static double Cost(RoutingNetwork network, double demand, ReadOnlySpan<double> others)
    {
        double[] own = RoutingCosts.EdgeFlows(network, Find(network, demand, others));
        double cost = 0;
        for (int e = 0; e < own.Length; e++) cost += own[e] * ((network.Edges[e].Slope * (own[e] + others[e])) + network.Edges[e].Constant);
        return cost;
    }

    /// <summary>min sum_l a_l f_l^2 + c_l f_l: links fill in the order of their c until the marginal costs 2 a_l f_l + c_l of all used ones meet.</summary>
    private static double[] Fill(double[] slopes, double[] constants, double demand)
    {
        double[] flow = new double[slopes.Length];
        int[] order = [.. Enumerable.Range(0, slopes.Length).OrderBy(l => constants[l])];
        double inverses = 0, offsets = 0, level = 0;
        int used = 0;
        for (; used < order.Length; used++)
        {
            int link = order[used];
            if (used > 0 && level <= constants[link]) break;
            if (slopes[link] == 0)
            {
                level = constants[link]; // takes whatever does not fit below it
                break;
            }

            inverses += 1 / (2 * slopes[link]);
            offsets += constants[link] / (2 * slopes[link]);
            level = (demand + offsets) / inverses;
        }

        for (int n = 0; n < used; n++) flow[order[n]] = (level - constants[order[n]]) / (2 * slopes[order[n]]);
        if (used < order.Length && slopes[order[used]] == 0 && level == constants[order[used]]) flow[order[used]] = Math.Max(0, demand - flow.Sum());
        return flow;
    }

    /// <summary>min f' M f + c' f over the flows that use only some routes: where the unbounded answer has a negative flow, one of these routes stays empty.</summary>
    /// <remarks>For the few routes of a small network; takes K! steps at worst.</remarks>
    private static double[] OnFace(double[] quadratic, double[] linear, int[] routes, double demand)
    {
        double[]? free = Unbounded(quadratic, linear, routes, demand);
        if (free is not null && Array.TrueForAll(free, f => f >= 0)) return free;
        return routes.Select(empty => OnFace(quadratic, linear, [.. routes.Where(route => route != empty)], demand))
            .MinBy(flow => Value(quadratic, linear, flow))!;
    }

    /// <summary>The stationary point 2 M f + c = mu, sum f = demand; null where it is not one point.</summary>
    private static double[]? Unbounded(double[] quadratic, double[] linear, int[] routes, double demand)
    {
        int all = linear.Length, n = routes.Length + 1;
        double[] flow = new double[all];
        if (routes.Length == 1)
        {
            flow[routes[0]] = demand;
            return flow;
        }

        double[] matrix = new double[n * n], vector = new double[n];
        for (int i = 0; i < routes.Length; i++)
        {
            for (int j = 0; j < routes.Length; j++) matrix[(i * n) + j] = 2 * quadratic[(routes[i] * all) + routes[j]];
            matrix[(i * n) + n - 1] = matrix[((n - 1) * n) + i] = 1;
            vector[i] = -linear[routes[i]];
        }

        vector[n - 1] = demand;
        try
        {
            LinearSystem.Solve(matrix, vector);
        }
        catch (ArgumentException)
        {
            return null;
        }

        for (int i = 0; i < routes.Length; i++) flow[routes[i]] = vector[i];
        return flow;
    }

    private static double Value(double[] quadratic, double[] linear, double[] flow)
    {
        double value = 0;
        for (int i = 0; i < flow.Length; i++)
        {
            value += linear[i] * flow[i];
            for (int j = 0; j < flow.Length; j++) value += quadratic[(i * flow.Length) + j] * flow[i] * flow[j];
        }

        return value;
    }
}
