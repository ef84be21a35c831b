using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>One player's policy with its values against fixed others, discounted where the game is.</summary>
/// <param name="Policy">[1 or T, S, A_i].</param>
/// <param name="Values">Expected return from each state, [S] for a discounted game or [T + 1, S] with a horizon, in reward units.</param>
/// <param name="Accuracy">The values are within this distance of the exact ones, up to the rounding of a sum: 0 with a horizon, the Bellman residual / (1 - discount) else.</param>
public sealed record PlayerValues(TabularPolicy Policy, ShapedArray Values, double Accuracy)
{
    /// <summary>The expected return from the initial distribution, in reward units.</summary>
    /// <param name="game">The table that was solved.</param>
    public double FromStart(StochasticGame game)
    {
        ArgumentNullException.ThrowIfNull(game);
        return FromStart(game, Values.Data);
    }

    /// <summary>The expectation of values at time 0, [S or more], over the initial distribution.</summary>
    internal static double FromStart(StochasticGame game, ReadOnlySpan<double> values)
    {
        double sum = 0;
        var initial = game.Initial;
        for (int s = 0; s < initial.Length; s++) sum += initial[s] * values[s];
        return sum;
    }
}
