using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>Games whose states carry a public signal.</summary>
internal static class PublicSignal
{
    private const int CheckedActions = 1 << 12; // joint actions between two looks at a token

    /// <summary>The game with states s * W + omega; omega is drawn anew from sigma at every time.</summary>
    /// <exception cref="VsgGymException">The table with signals is too large.</exception>
    public static StochasticGame Add(StochasticGame game, double[] sigma, CancellationToken cancellationToken)
    {
        int signals = sigma.Length, joint = game.JointActionCount;
        if ((double)signals * game.StateCount * joint > StochasticGameBuilder.MaximumRows || (double)game.TransitionCount * signals * signals > int.MaxValue)
            throw VsgGymException.OverLimit("options.signals", signals, $"{game.StateCount} states times signals times {joint} joint actions must not exceed {StochasticGameBuilder.MaximumRows}, nor transitions between them {int.MaxValue}", "game_too_large");
        var builder = new StochasticGameBuilder(game.Players, game.StateCount * signals, game.ActionCounts);
        var initial = new double[game.StateCount * signals];
        for (int state = 0; state < initial.Length; state++)
        {
            var (s, omega) = Math.DivRem(state, signals);
            initial[state] = game.Initial[s] * sigma[omega];
            for (int p = 0; p < game.PlayerCount; p++)
            {
                if (game.Horizon is not null) builder.SetTerminalReward(p, state, game.TerminalRewards(p)[s]);
                for (int a = 0; a < game.ActionCounts[p]; a++)
                    if (!game.IsLegal(p, s, a)) builder.Forbid(p, state, a);
            }

            for (int j = 0; j < joint; j++)
            {
                if (j % CheckedActions == 0) cancellationToken.ThrowIfCancellationRequested();
                Row(game, builder, sigma, s, state, j);
            }
        }

        return builder.WithInitial(initial).Build(game.Horizon, game.Horizon is null ? game.Discount : null, cancellationToken);
    }

    private static void Row(StochasticGame game, StochasticGameBuilder builder, double[] sigma, int s, int state, int j)
    {
        int row = (s * game.JointActionCount) + j;
        for (int p = 0; p < game.PlayerCount; p++) builder.SetReward(p, state, j, game.Rewards(p)[row]);
        for (int k = game.RowStarts[row]; k < game.RowStarts[row + 1]; k++)
            for (int omega = 0; omega < sigma.Length; omega++)
                if (sigma[omega] > 0) builder.AddTransition(state, j, (game.NextStates[k] * sigma.Length) + omega, game.Probabilities[k] * sigma[omega]);
    }
}
