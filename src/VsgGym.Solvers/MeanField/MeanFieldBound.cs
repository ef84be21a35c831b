using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>How far from an equilibrium of the game a fixed point of the regularized one can be.</summary>
internal static class MeanFieldBound
{
    /// <summary>The bound temperature * sum over times of the largest -log prior.</summary>
    /// <remarks>
    /// A fixed point pi maximizes J - eta KL(. || prior) along its own flow, so that for a best response b J(b) - J(pi) is at most eta KL(b || prior).
    /// With hard values the same holds state by state for Q*: max Q* - E_pi Q* is at most -eta log prior of the best action.
    /// </remarks>
    public static Bound Gap(MeanFieldGame game, PopulationSweep sweep, double temperature, bool isFixedPoint)
    {
        double sum = 0;
        int perTime = game.StateCount * game.ActionCount;
        for (int t = 0; t < game.Horizon; t++)
        {
            double lowest = 0;
            foreach (double log in sweep.LogPrior.AsSpan(t * perTime, perTime)) lowest = Math.Min(lowest, log);
            sum -= lowest;
        }

        return new Bound(
            temperature * sum, isFixedPoint && double.IsFinite(sum),
            "At a fixed point with a fixed prior that plays every action, the exploitability is at most temperature * sum over times of the largest -log prior: a best response gains no more than its relative entropy costs (vsg section 5.2).",
            sweep.Exploitability);
    }
}
