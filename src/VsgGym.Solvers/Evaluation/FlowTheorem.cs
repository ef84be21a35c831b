using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>Theorem 4.3 of `flow`, as printed and as it holds, with returns Ret_i = log R_i at the ends of a graph.</summary>
/// <remarks>
/// The printed epsilon = 2 |X| Ret_max e^-delta fails where returns are negative: with two ends, R = 1 and 1/2, Ret_max is 0 and so is epsilon,
/// but the flow equilibrium loses log(2) / 3 against the better end. What its argument gives, player by player: at most the share of the ends
/// below the best, K e^-delta / M of K such ends and M best ones, loses at most the range of the returns; and a profile at total variation
/// d from the player's shares loses at most d times the range more. So epsilon_i = (max Ret_i - min Ret_i)(K e^-delta_i / M + d_i), for every profile.
/// The printed one follows where no |Ret_i| exceeds Ret_max.
/// </remarks>
internal static class FlowTheorem
{
    private const double IsEquilibrium = 1e-9;

    /// <summary>The printed bound of the largest gain.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="variation">The largest total variation between the ends' probabilities and a player's shares.</param>
    /// <param name="gain">The largest gain of a player by a best response, in returns Ret.</param>
    public static Bound Printed(FlowGraph graph, double variation, double gain)
    {
        double highest = double.NegativeInfinity, lowest = double.PositiveInfinity, delta = double.PositiveInfinity;
        for (int p = 0; p < graph.PlayerCount; p++)
        {
            var ends = Ends(graph, p);
            (highest, lowest) = (Math.Max(highest, ends.Highest), Math.Min(lowest, ends.Lowest));
        }

        for (int p = 0; p < graph.PlayerCount; p++) delta = Math.Min(delta, highest - Below(graph, p, highest));
        double epsilon = 2 * graph.NodeCount * highest * Simplex.Weight(0, delta);
        return new Bound(
            epsilon, variation <= IsEquilibrium && lowest >= -highest,
            "flow Theorem 4.3: a flow equilibrium is an epsilon-Nash equilibrium of the returns log R with epsilon = 2 |X| Ret_max e^-delta; its premises are a flow equilibrium and, which is not printed, that no |log R| exceeds Ret_max.",
            gain);
    }

    /// <summary>The corrected bound of one player's gain.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="player">i.</param>
    /// <param name="variation">d_i, the total variation between the ends' probabilities and the player's shares.</param>
    public static double Corrected(FlowGraph graph, int player, double variation)
    {
        var (highest, lowest) = Ends(graph, player);
        double second = Below(graph, player, highest);
        int best = 0, others = 0;
        for (int x = 0; x < graph.NodeCount; x++)
        {
            if (!graph.IsTerminal(x)) continue;
            if (Math.Log(graph.Returns(player)[x]) < highest) others++;
            else best++;
        }

        return (highest - lowest) * ((others * Simplex.Weight(second, highest) / best) + variation);
    }

    /// <summary>Says what the corrected bound is.</summary>
    public static Bound CorrectedBound(double epsilon, double gain) => new(
        epsilon, true,
        "What the argument of flow Theorem 4.3 gives, for every profile: a player's gain in returns log R is at most their range times (K e^-delta / M + d), with M best ends, K others, delta the step below the best, d the total variation from the player's shares.",
        gain);

    private static (double Highest, double Lowest) Ends(FlowGraph graph, int player)
    {
        double highest = double.NegativeInfinity, lowest = double.PositiveInfinity;
        for (int x = 0; x < graph.NodeCount; x++)
        {
            if (!graph.IsTerminal(x)) continue;
            double end = Math.Log(graph.Returns(player)[x]);
            (highest, lowest) = (Math.Max(highest, end), Math.Min(lowest, end));
        }

        return (highest, lowest);
    }

    // The largest return below another one; minus infinity where there is none.
    private static double Below(FlowGraph graph, int player, double limit)
    {
        double second = double.NegativeInfinity;
        for (int x = 0; x < graph.NodeCount; x++)
            if (graph.IsTerminal(x) && Math.Log(graph.Returns(player)[x]) is var end && end < limit) second = Math.Max(second, end);
        return second;
    }
}
