using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>How a player's action values in a state become a value.</summary>
internal static class StateValues
{
    /// <summary>The expectation under the policy.</summary>
    public static double Expected(ReadOnlySpan<double> q, ReadOnlySpan<double> policy)
    {
        double sum = 0;
        for (int a = 0; a < q.Length; a++)
            if (policy[a] > 0) sum += policy[a] * q[a];
        return sum;
    }

    /// <summary>The best legal action's.</summary>
    public static double Best(StochasticGame game, int player, int state, ReadOnlySpan<double> q)
    {
        double best = double.NegativeInfinity;
        for (int a = 0; a < q.Length; a++)
            if (game.IsLegal(player, state, a)) best = Math.Max(best, q[a]);
        return best;
    }

    /// <summary>q / temperature, minus infinity where illegal.</summary>
    /// <param name="game">The table.</param>
    /// <param name="player">i.</param>
    /// <param name="state">s.</param>
    /// <param name="q">[A].</param>
    /// <param name="temperature">Above 0, in reward units.</param>
    /// <param name="logits">[A], overwritten.</param>
    public static void Logits(StochasticGame game, int player, int state, ReadOnlySpan<double> q, double temperature, Span<double> logits)
    {
        for (int a = 0; a < q.Length; a++) logits[a] = game.IsLegal(player, state, a) ? q[a] / temperature : double.NegativeInfinity;
    }

    /// <summary>temperature * log of the sum over legal actions of exp(q / temperature): the most that q and the temperature's share of entropy give
    /// together.</summary>
    /// <param name="game">The table.</param>
    /// <param name="player">i.</param>
    /// <param name="state">s.</param>
    /// <param name="q">[A].</param>
    /// <param name="temperature">Above 0, in reward units.</param>
    /// <param name="scratch">[A], overwritten.</param>
    public static double Soft(StochasticGame game, int player, int state, ReadOnlySpan<double> q, double temperature, Span<double> scratch)
    {
        Logits(game, player, state, q, temperature, scratch);
        return temperature * Simplex.LogSumExp(scratch);
    }
}
