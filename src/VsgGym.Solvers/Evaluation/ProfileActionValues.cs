using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>A player's action values under a profile that everyone plays on, state by state.</summary>
internal static class ProfileActionValues
{
    /// <summary>Shows the action values Q_i(s, .) and the policy of every state, and of every time from the last with a horizon.</summary>
    /// <param name="game">The table.</param>
    /// <param name="policies">What everyone plays.</param>
    /// <param name="player">i.</param>
    /// <param name="visit">Gets them; with a horizon the value that it returns is used one time earlier.</param>
    /// <param name="cancellationToken">Checked between states.</param>
    /// <returns>The values at time 0, [S], and how far they may be off.</returns>
    public static (double[] Values, double Accuracy) Visit(StochasticGame game, PolicyProfile policies, int player, StateValue visit, CancellationToken cancellationToken)
    {
        if (game.Horizon is not null) return (new BackwardSweep(game, policies, player, visit).Run(cancellationToken), 0);
        var played = BestResponse.Evaluate(game, policies, player, cancellationToken);
        double[][] blocks = BackwardInduction.At(policies, 0);
        double[] payoffs = new double[game.JointActionCount], scratch = new double[payoffs.Length], q = new double[game.ActionCounts[player]];
        for (int s = 0; s < game.StateCount; s++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Continuation.Fill(game, player, s, played.Values.Data, payoffs);
            Expectation.Over(game, player, s, blocks, payoffs, scratch, q);
            visit(s, q, blocks[player].AsSpan(s * q.Length, q.Length));
        }

        return (played.Values.Data, played.Accuracy);
    }
}
