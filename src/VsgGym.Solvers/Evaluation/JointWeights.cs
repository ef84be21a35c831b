using VsgGym.Core;

namespace VsgGym.Solvers.Evaluation;

/// <summary>The probability of the other players' parts of each joint action.</summary>
internal static class JointWeights
{
    /// <summary>weights[a] = product over players j other than one of pi_j(a_j | s); that one's own part weighs 1.</summary>
    /// <param name="game">The table.</param>
    /// <param name="player">The player left out; -1 leaves out none.</param>
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

    /// <summary>values[a_i] = sum over the others' actions of weights * payoff: the expectation that is left to a player.</summary>
    /// <param name="stride">What a step of one in the player's action adds to the joint action.</param>
    /// <param name="weights">[J], of the others.</param>
    /// <param name="payoffs">[J].</param>
    /// <param name="values">[A_i], overwritten.</param>
    public static void Expect(int stride, ReadOnlySpan<double> weights, ReadOnlySpan<double> payoffs, Span<double> values)
    {
        values.Clear();
        for (int start = 0; start < payoffs.Length;)
        {
            for (int a = 0; a < values.Length; a++, start += stride)
            {
                double sum = 0;
                for (int k = start; k < start + stride; k++) sum += weights[k] * payoffs[k];
                values[a] += sum;
            }
        }
    }
}
