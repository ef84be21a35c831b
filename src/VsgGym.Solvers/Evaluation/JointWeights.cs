using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>The probability of the other players' parts of each joint action.</summary>
internal static class JointWeights
{
    /// <summary>In place of the player left out: every player counts.</summary>
    public const int Nobody = -1;

    /// <summary>weights[a] = product over players j other than one of pi_j(a_j | s); that one's own part weighs 1.</summary>
    /// <param name="game">The table.</param>
    /// <param name="player">The player left out, or <see cref="Nobody"/>.</param>
    /// <param name="state">s.</param>
    /// <param name="policies">[N], each [S * A_j].</param>
    /// <param name="weights">[J], overwritten.</param>
    public static void Fill(StochasticGame game, int player, int state, double[][] policies, Span<double> weights)
    {
        // Grows the outer product from the last player, whose action is the fastest digit, to the first.
        weights[0] = 1;
        int size = 1;
        for (int p = game.PlayerCount - 1; p >= 0; p--)
        {
            int actions = game.ActionCounts[p];
            var known = weights[..size];
            var policy = policies[p].AsSpan(state * actions, actions);
            for (int a = actions - 1; a >= 0; a--) // block 0 holds the factors, so it is scaled last
            {
                double probability = p == player ? 1 : policy[a];
                var block = weights.Slice(a * size, size);
                for (int k = 0; k < size; k++) block[k] = probability * known[k];
            }

            size *= actions;
        }
    }
}
