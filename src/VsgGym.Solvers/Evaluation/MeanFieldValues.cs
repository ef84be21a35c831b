using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>One member's policy with its values while the population moves along a fixed flow.</summary>
/// <param name="Policy">[1 or T, S, A].</param>
/// <param name="Values">Expected return from each time and state, [T + 1, S], in reward units; zeros at time T.</param>
public sealed record MeanFieldValues(TabularPolicy Policy, ShapedArray Values)
{
    /// <summary>The expected return of a member drawn from the initial distribution, in reward units.</summary>
    /// <param name="game">The game that was solved.</param>
    public double FromStart(MeanFieldGame game)
    {
        ArgumentNullException.ThrowIfNull(game);
        double sum = 0;
        for (int s = 0; s < game.StateCount; s++) sum += game.Initial[s] * Values.Data[s];
        return sum;
    }
}
