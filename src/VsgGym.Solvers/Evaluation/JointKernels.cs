using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>One state of a game whose players act on a common signal, seen by one player.</summary>
/// <remarks>Notation: sigma(a) = the probability of the joint action, k = what the player knows of it: its recommended action, or nothing (K =
/// 1).</remarks>
internal static class JointKernels
{
    private const int CheckedActions = 1 << 12; // between two looks at a token; a thousand own actions are compared in each

    /// <summary>The sum over joint actions of sigma and payoffs.</summary>
    public static double Expected(ReadOnlySpan<double> sigma, ReadOnlySpan<double> payoffs)
    {
        double sum = 0;
        for (int a = 0; a < sigma.Length; a++)
            if (sigma[a] > 0) sum += sigma[a] * payoffs[a];
        return sum;
    }

    /// <summary>gains[k, b] = sum over a with knowledge k of sigma(a) payoffs(b, a_-i): what action b is worth, weighted by the probability of
    /// k.</summary>
    /// <param name="game">The table.</param>
    /// <param name="player">i.</param>
    /// <param name="sigma">[J].</param>
    /// <param name="payoffs">[J].</param>
    /// <param name="gains">[K * A_i], K = A_i or 1; overwritten.</param>
    /// <param name="cancellationToken">Checked between some joint actions.</param>
    public static void Gains(StochasticGame game, int player, ReadOnlySpan<double> sigma, ReadOnlySpan<double> payoffs, Span<double> gains, CancellationToken cancellationToken)
    {
        int stride = game.Strides[player], actions = game.ActionCounts[player];
        gains.Clear();
        for (int joint = 0; joint < sigma.Length; joint++)
        {
            if (joint % CheckedActions == 0) cancellationToken.ThrowIfCancellationRequested();
            if (sigma[joint] == 0) continue;
            int own = joint / stride % actions, others = joint - (own * stride);
            var row = gains.Length == actions ? gains : gains.Slice(own * actions, actions);
            for (int b = 0; b < actions; b++) row[b] += sigma[joint] * payoffs[others + (b * stride)];
        }
    }

    /// <summary>The probabilities of joint actions after the player's deviation from k to choice[k].</summary>
    /// <param name="game">The table.</param>
    /// <param name="player">i.</param>
    /// <param name="sigma">[J].</param>
    /// <param name="choice">[K], K = A_i or 1.</param>
    /// <param name="deviated">[J], overwritten.</param>
    public static void Deviate(StochasticGame game, int player, ReadOnlySpan<double> sigma, ReadOnlySpan<int> choice, Span<double> deviated)
    {
        int stride = game.Strides[player], actions = game.ActionCounts[player];
        deviated.Clear();
        for (int joint = 0; joint < sigma.Length; joint++)
        {
            if (sigma[joint] == 0) continue;
            int own = joint / stride % actions;
            deviated[joint + ((choice[choice.Length == 1 ? 0 : own] - own) * stride)] += sigma[joint];
        }
    }

    /// <summary>The sum over k of the best legal action's worth.</summary>
    public static double Best(StochasticGame game, int player, int state, ReadOnlySpan<double> gains)
    {
        int actions = game.ActionCounts[player];
        double sum = 0;
        for (int start = 0; start < gains.Length; start += actions)
        {
            double best = double.NegativeInfinity;
            for (int b = 0; b < actions; b++)
                if (game.IsLegal(player, state, b)) best = Math.Max(best, gains[start + b]);
            sum += best;
        }

        return sum;
    }
}
