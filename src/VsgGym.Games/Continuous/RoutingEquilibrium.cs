using VsgGym.Numerics;

namespace VsgGym.Games;

/// <summary>Nash equilibria of the routing game in closed form, by filling up to a level.</summary>
/// <remarks>
/// Notation: d_i the demands, a_l and b_l a link's slope and constant. Each answer is flows[i][k] over the routes in their order. Where the network's slopes
/// are divided by a capacity, so are the a's here.
/// </remarks>
internal static class RoutingEquilibrium
{
    private const int MostRounds = 100_000;
    private const double Tolerance = 1e-12;

    /// <summary>Pigou's network: player i sends min(y, d_i) over the link that costs x / capacity, where y + sum_i min(y, d_i) = capacity.</summary>
    /// <remarks>Its marginal cost there, (F + f_i) / capacity, meets the other link's 1 where f_i = capacity - F = y. With d_i = 1/N: F = N / (N + 1).</remarks>
    public static double[][] Pigou(IReadOnlyList<double> demands, double capacity = 1)
    {
        double level = Level(demands, 0, capacity);
        return [.. demands.Select(d => Math.Min(level, d)).Select((own, i) => new[] { demands[i] - own, own })];
    }

    /// <summary>Braess's network: player i sends g_i = min(max(y, d_i / 2), d_i) over each of sv and wt, where y + sum_i g_i = capacity.</summary>
    /// <remarks>
    /// By symmetry both edges carry the same. A unit moved from the zigzag to the upper route trades wt's marginal cost (F + g_i) / capacity for 1: equal at
    /// g_i = capacity - F = y; the least g_i has no zigzag, the largest nothing else. With d_i = 1/N: zigzag (N - 1) / (N + 1).
    /// </remarks>
    public static double[][] Braess(IReadOnlyList<double> demands, double capacity = 1)
    {
        double level = Level(demands, 0.5, capacity);
        return [.. demands.Select(d => (Demand: d, Own: Math.Min(Math.Max(level, d / 2), d))).Select(p => new[] { p.Demand - p.Own, p.Demand - p.Own, (2 * p.Own) - p.Demand })];
    }

    /// <summary>Parallel links with positive slopes.</summary>
    /// <remarks>
    /// Where n players use link l, it carries F_l = (sum of their lambda_i - n b_l) / (a_l (n + 1)), of it f_l^i = (lambda_i - b_l) / a_l - F_l. With every
    /// link used by all, lambda_i = (d_i + D + B) / A, D = sum d_i, A = sum 1 / a_l, B = sum b_l / a_l. At a corner it must be found who uses what: players fill
    /// the links in turn, each against the others, which descends the potential, until the levels of those who use a link are an equilibrium.
    /// </remarks>
    public static double[][] Parallel(IReadOnlyList<double> demands, IReadOnlyList<double> slopes, IReadOnlyList<double> constants)
    {
        var network = RoutingNetwork.Parallel(slopes, constants);
        double[][] flows = [.. demands.Select(d => Enumerable.Repeat(d / slopes.Count, slopes.Count).ToArray())];
        for (int round = 0; round < MostRounds; round++)
        {
            if (OfUsers(flows, demands, slopes, constants) is { } equilibrium) return equilibrium;
            for (int i = 0; i < flows.Length; i++)
            {
                double[] others = RoutingCosts.TotalEdgeFlows(network, flows);
                for (int l = 0; l < others.Length; l++) others[l] -= flows[i][l];
                flows[i] = RoutingBestResponse.Find(network, demands[i], others);
            }
        }

        return flows;
    }

    /// <summary>The y with y + sum_i min(max(y, low d_i), d_i) = capacity: the left side is increasing and linear between its corners.</summary>
    private static double Level(IReadOnlyList<double> demands, double low, double capacity)
    {
        double below = double.NegativeInfinity, above = double.PositiveInfinity;
        foreach (double corner in demands.SelectMany(d => (double[])[low * d, d]))
        {
            if (corner + demands.Sum(d => Own(corner, d)) <= capacity) below = Math.Max(below, corner);
            else above = Math.Min(above, corner);
        }

        // Between two corners some players are at an end and the others at y itself.
        double atEnds = 0;
        int atLevel = 0;
        foreach (double d in demands)
        {
            if (low * d >= above) atEnds += low * d;
            else if (d <= below) atEnds += d;
            else atLevel++;
        }

        return (capacity - atEnds) / (1 + atLevel);

        double Own(double level, double demand) => Math.Min(Math.Max(level, low * demand), demand);
    }

    /// <summary>The flows at which everyone's used links have one marginal cost, or null where that is no equilibrium.</summary>
    private static double[][]? OfUsers(double[][] users, IReadOnlyList<double> demands, IReadOnlyList<double> slopes, IReadOnlyList<double> constants)
    {
        double[] levels = Levels(users, demands, slopes, constants);
        double[][] flows = [.. users.Select(flow => new double[flow.Length])];
        for (int l = 0; l < slopes.Count; l++)
        {
            int[] here = [.. Enumerable.Range(0, users.Length).Where(i => users[i][l] > 0)];
            double total = (here.Sum(i => levels[i]) - (here.Length * constants[l])) / (slopes[l] * (here.Length + 1));
            for (int i = 0; i < users.Length; i++)
            {
                double wish = ((levels[i] - constants[l]) / slopes[l]) - total, slack = Tolerance * demands[i];
                if (users[i][l] > 0 ? wish < -slack : wish > slack) return null;
                flows[i][l] = users[i][l] > 0 ? Math.Max(wish, 0) : 0;
            }
        }

        return flows;
    }

    /// <summary>Solves sum_l f_l^i = d_i for the levels, given who uses which link.</summary>
    private static double[] Levels(double[][] users, IReadOnlyList<double> demands, IReadOnlyList<double> slopes, IReadOnlyList<double> constants)
    {
        int n = users.Length;
        double[] matrix = new double[n * n], levels = [.. demands];
        for (int l = 0; l < slopes.Count; l++)
        {
            int[] here = [.. Enumerable.Range(0, n).Where(i => users[i][l] > 0)];
            double share = 1.0 / (here.Length + 1);
            foreach (int i in here)
            {
                levels[i] += share * constants[l] / slopes[l];
                foreach (int j in here) matrix[(i * n) + j] += ((i == j ? 1 : 0) - share) / slopes[l];
            }
        }

        LinearSystem.Solve(matrix, levels);
        return levels;
    }
}
