using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>What a player gets out of a common signal, by following it or by its best deviation; exact dynamic programming.</summary>
internal static class JointResponse
{
    private const int MostImprovements = 10_000; // far above what policy iteration takes; ends a cycle among equals

    /// <summary>The expected return from the initial distribution, and how far it may be off.</summary>
    public static (double Value, double Accuracy) FromStart(StochasticGame game, PolicyProfile policies, int player, JointDeviation deviation, CancellationToken cancellationToken)
    {
        if (game.Horizon is { } horizon) return (PlayerValues.FromStart(game, Backward(game, policies, player, horizon, deviation, cancellationToken)), 0);
        var (values, residual) = Discounted(game, JointTables.At(game, policies, 0), player, deviation, cancellationToken);
        return (PlayerValues.FromStart(game, values), residual / (1 - game.Discount));
    }

    private static double[] Backward(StochasticGame game, PolicyProfile policies, int player, int horizon, JointDeviation deviation, CancellationToken cancellationToken)
    {
        int states = game.StateCount, joint = game.JointActionCount;
        double[] values = game.TerminalRewards(player).ToArray(), next = new double[states], payoffs = new double[joint], gains = new double[Known(game, player, deviation) * game.ActionCounts[player]];
        bool stationary = JointTables.IsStationary(policies);
        double[] sigma = JointTables.At(game, policies, horizon - 1);
        for (int t = horizon - 1; t >= 0; t--)
        {
            if (!stationary) sigma = JointTables.At(game, policies, t);
            (values, next) = (next, values);
            for (int s = 0; s < states; s++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Continuation.Fill(game, player, s, next, payoffs);
                values[s] = Value(game, player, s, sigma.AsSpan(s * joint, joint), payoffs, gains, deviation, cancellationToken);
            }
        }

        return values;
    }

    // Policy iteration over choices; an optimal value is that of following where nothing may be changed.
    private static (double[] Values, double Residual) Discounted(StochasticGame game, double[] sigma, int player, JointDeviation deviation, CancellationToken cancellationToken)
    {
        var values = new double[game.StateCount];
        if (deviation == JointDeviation.None)
        {
            var chain = JointChain.Of(game, sigma, game.Rewards(player), cancellationToken);
            chain.Evaluate(values, MarkovChain.Finest, cancellationToken);
            return (values, chain.Residual(values));
        }

        int[] choice = FirstChoice(game, player, deviation);
        var deviated = new double[sigma.Length];
        double residual = 0, accuracy = MarkovChain.FirstAccuracy(game.StateCount);
        for (int k = 0; k < MostImprovements; k++)
        {
            Deviate(game, player, sigma, choice, deviated);
            JointChain.Of(game, deviated, game.Rewards(player), cancellationToken).Evaluate(values, accuracy, cancellationToken);
            bool improved = Improve(game, player, sigma, values, choice, out residual, cancellationToken);
            if (!improved && accuracy == MarkovChain.Finest) break;
            accuracy = MarkovChain.NextAccuracy(accuracy, improved);
        }

        return (values, residual);
    }

    private static int Known(StochasticGame game, int player, JointDeviation deviation) => deviation == JointDeviation.Informed ? game.ActionCounts[player] : 1;

    private static double Value(StochasticGame game, int player, int state, ReadOnlySpan<double> sigma, ReadOnlySpan<double> payoffs, Span<double> gains, JointDeviation deviation, CancellationToken cancellationToken)
    {
        if (deviation == JointDeviation.None) return JointKernels.Expected(sigma, payoffs);
        JointKernels.Gains(game, player, sigma, payoffs, gains, cancellationToken);
        return JointKernels.Best(game, player, state, gains);
    }

    // [S * K]: what is recommended, or the first legal action where nothing is known.
    private static int[] FirstChoice(StochasticGame game, int player, JointDeviation deviation)
    {
        int known = Known(game, player, deviation);
        var choice = new int[game.StateCount * known];
        for (int k = 0; k < choice.Length; k++)
        {
            int s = k / known, a = deviation == JointDeviation.Informed ? k % known : 0;
            while (deviation == JointDeviation.Blind && !game.IsLegal(player, s, a)) a++;
            choice[k] = a;
        }

        return choice;
    }

    private static void Deviate(StochasticGame game, int player, ReadOnlySpan<double> sigma, ReadOnlySpan<int> choice, Span<double> deviated)
    {
        int joint = game.JointActionCount, known = choice.Length / game.StateCount;
        for (int s = 0; s < game.StateCount; s++)
            JointKernels.Deviate(game, player, sigma.Slice(s * joint, joint), choice.Slice(s * known, known), deviated.Slice(s * joint, joint));
    }

    // Makes the choice greedy, keeping an action where no other is better by more than rounding; the residual is that of the optimal Bellman step.
    private static bool Improve(StochasticGame game, int player, double[] sigma, double[] values, int[] choice, out double residual, CancellationToken cancellationToken)
    {
        int joint = game.JointActionCount, actions = game.ActionCounts[player], known = choice.Length / game.StateCount;
        double[] payoffs = new double[joint], gains = new double[known * actions];
        bool changed = false;
        residual = 0;
        for (int s = 0; s < game.StateCount; s++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Continuation.Fill(game, player, s, values, payoffs);
            JointKernels.Gains(game, player, sigma.AsSpan(s * joint, joint), payoffs, gains, cancellationToken);
            residual = Math.Max(residual, Math.Abs(JointKernels.Best(game, player, s, gains) - values[s]));
            for (int k = 0; k < known; k++)
            {
                var row = gains.AsSpan(k * actions, actions);
                ref int held = ref choice[(s * known) + k];
                double best = row[held] + (1e-13 * (1 + Math.Abs(row[held])));
                for (int b = 0; b < actions; b++)
                {
                    if (row[b] <= best || !game.IsLegal(player, s, b)) continue;
                    (held, best, changed) = (b, row[b], true);
                }
            }
        }

        return changed;
    }
}
