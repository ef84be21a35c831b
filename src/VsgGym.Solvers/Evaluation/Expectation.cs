using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>The expectation over the other players' policies.</summary>
internal static class Expectation
{
    /// <summary>values[a_i] = sum over a_-i of the product of the others' pi_j(a_j | s) and payoffs[a].</summary>
    /// <remarks>
    /// Sums out one player at a time, the last first. So two players whose places in a game can be exchanged get the same bits, and a
    /// symmetric start stays symmetric however unstable that is.
    /// </remarks>
    /// <param name="game">The table.</param>
    /// <param name="player">i.</param>
    /// <param name="state">s.</param>
    /// <param name="policies">[N], each [S * A_j]; the player's own is not read.</param>
    /// <param name="payoffs">[J].</param>
    /// <param name="scratch">[J], overwritten.</param>
    /// <param name="values">[A_i], overwritten.</param>
    public static void Over(StochasticGame game, int player, int state, double[][] policies, ReadOnlySpan<double> payoffs, Span<double> scratch, Span<double> values)
    {
        var current = payoffs; // [A_0, ..., A_p] and then A_i where i is already behind
        for (int p = game.PlayerCount - 1; p >= 0; p--)
        {
            if (p == player) continue;
            var policy = policies[p].AsSpan(state * game.ActionCounts[p], game.ActionCounts[p]);
            int kept = p < player ? values.Length : 1, size = current.Length / policy.Length;
            SumOut(policy, kept, current, scratch[..size]);
            current = scratch[..size];
        }

        current.CopyTo(values);
    }

    // [.., A, kept] -> [.., kept]; every place is read before it is written, so both may be the same memory.
    private static void SumOut(ReadOnlySpan<double> policy, int kept, ReadOnlySpan<double> from, Span<double> to)
    {
        for (int start = 0, read = 0; start < to.Length; start += kept, read += kept * policy.Length)
        {
            for (int k = 0; k < kept; k++)
            {
                double sum = 0;
                for (int a = 0, at = read + k; a < policy.Length; a++, at += kept) sum += policy[a] * from[at];
                to[start + k] = sum;
            }
        }
    }
}
