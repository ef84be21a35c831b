using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>The refusal of a state whose game could not be solved in double precision.</summary>
internal static class StageFault
{
    /// <summary>An INVALID_ARGUMENT error that names the state and what its payoffs span.</summary>
    /// <param name="what">What could not be found: "the linear program of the correlated equilibria ended as Stopped".</param>
    /// <param name="state">The state.</param>
    /// <param name="payoffs">Its payoffs.</param>
    public static VsgGymException Of(string what, int state, ReadOnlySpan<double> payoffs)
    {
        double least = double.PositiveInfinity, largest = 0;
        foreach (double payoff in payoffs)
        {
            double size = Math.Abs(payoff);
            largest = Math.Max(largest, size);
            if (size > 0) least = Math.Min(least, size);
        }

        string span = VsgGymException.Show(FormattableString.Invariant($"payoffs of sizes {Math.Min(least, largest):g3} to {largest:g3}"));
        return VsgGymException.Invalid($"game.states[{state}]", span, $"{what}, as rounding decided; the payoffs of one state should not span so many decades", "unsolvable_stage");
    }
}
