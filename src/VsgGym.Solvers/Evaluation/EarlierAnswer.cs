using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>What a warm start takes from an earlier answer.</summary>
internal static class EarlierAnswer
{
    /// <summary>A player's values, [S], or [T + 1, S] in a game with a horizon: those of the answer, or where it has none that fit, those of its policies.</summary>
    /// <exception cref="VsgGymException">The answer's values have another shape than the game's.</exception>
    public static double[] Values(StochasticGame game, Solution earlier, int player, CancellationToken cancellationToken)
    {
        ImmutableArray<int> wanted = game.Horizon is { } horizon ? [horizon + 1, game.StateCount] : [game.StateCount];
        if (!earlier.Values.IsDefaultOrEmpty && Fits(game, earlier.Values[player].Shape, wanted, player)) return earlier.Values[player].Data;
        return BestResponse.Evaluate(game, earlier.Policies, player, cancellationToken).Values.Data;
    }

    /// <summary>A player's values of the first time, [S], for methods whose answers do not depend on time.</summary>
    /// <exception cref="VsgGymException">The answer's values have another shape than the game's.</exception>
    public static ReadOnlySpan<double> FirstValues(StochasticGame game, Solution earlier, int player, CancellationToken cancellationToken) =>
        Values(game, earlier, player, cancellationToken).AsSpan(0, game.StateCount);

    /// <summary>Copies every player's policies of a time.</summary>
    /// <param name="earlier">The answer.</param>
    /// <param name="time">t; a stationary policy is the same at all times.</param>
    /// <param name="policies">[N][S * A], overwritten.</param>
    public static void CopyPolicies(Solution earlier, int time, double[][] policies)
    {
        double[][] tables = BackwardInduction.At(earlier.Policies, time);
        for (int p = 0; p < policies.Length; p++) tables[p].CopyTo(policies[p].AsSpan());
    }

    private static bool Fits(StochasticGame game, ImmutableArray<int> shape, ImmutableArray<int> wanted, int player)
    {
        if (shape.SequenceEqual(wanted)) return true;
        if (shape.SequenceEqual([game.StateCount])) return false; // a stationary method's values say nothing of the times
        throw VsgGymException.Invalid($"start.values.{game.Players[player]}", $"[{string.Join(", ", shape)}]", $"must have shape [{string.Join(", ", wanted)}]", "wrong_shape");
    }
}
