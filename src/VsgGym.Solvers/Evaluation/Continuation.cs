using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>What each joint action pays now and later.</summary>
internal static class Continuation
{
    /// <summary>payoffs[a] = r_i(s, a) + discount * sum over s' of P(s' | s, a) V_i(s'), for one state; nothing follows a row without successors.</summary>
    /// <param name="game">The table.</param>
    /// <param name="player">i.</param>
    /// <param name="state">s.</param>
    /// <param name="nextValues">V_i, [S].</param>
    /// <param name="payoffs">[J], overwritten.</param>
    public static void Fill(StochasticGame game, int player, int state, ReadOnlySpan<double> nextValues, Span<double> payoffs) =>
        Fill(game, game.Rewards(player), state, nextValues, payoffs);

    /// <summary>The same for rewards that are not the game's.</summary>
    /// <param name="game">The table.</param>
    /// <param name="rewards">[S * J].</param>
    /// <param name="state">s.</param>
    /// <param name="nextValues">[S].</param>
    /// <param name="payoffs">[J], overwritten.</param>
    public static void Fill(StochasticGame game, ReadOnlySpan<double> rewards, int state, ReadOnlySpan<double> nextValues, Span<double> payoffs)
    {
        int joint = game.JointActionCount, row = state * joint;
        rewards.Slice(row, joint).CopyTo(payoffs);
        var starts = game.RowStarts.Slice(row, joint + 1);
        if (starts[0] == starts[joint]) return;
        var next = game.NextStates;
        var probability = game.Probabilities;
        double discount = game.Discount;
        for (int a = 0; a < joint; a++)
        {
            double sum = 0;
            for (int k = starts[a]; k < starts[a + 1]; k++) sum += probability[k] * nextValues[next[k]];
            payoffs[a] += discount * sum;
        }
    }
}
