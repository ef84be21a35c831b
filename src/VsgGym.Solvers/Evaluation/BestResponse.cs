using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>Exact best responses and policy evaluation by dynamic programming.</summary>
/// <remarks>
/// With a horizon: backward induction, also against stationary policies (the answer still depends on time). Discounted: the others'
/// policies leave one player a Markov decision process, solved by policy iteration; each evaluation is a linear solve up to
/// 400 states and a fixed-point iteration beyond, and the Bellman residual of the answer bounds its error.
/// </remarks>
public static class BestResponse
{
    /// <summary>A best response of one player, deterministic, the lowest-numbered action among equals.</summary>
    /// <param name="game">The table.</param>
    /// <param name="policies">What the others play; the player's own entry is not read.</param>
    /// <param name="player">Which player, from 0.</param>
    /// <param name="cancellationToken">Checked between states.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PlayerValues Solve(StochasticGame game, PolicyProfile policies, int player, CancellationToken cancellationToken = default) =>
        Run(game, policies, player, true, cancellationToken);

    /// <summary>The values of the profile itself for one player.</summary>
    /// <param name="game">The table.</param>
    /// <param name="policies">What everyone plays.</param>
    /// <param name="player">Which player, from 0.</param>
    /// <param name="cancellationToken">Checked between states.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PlayerValues Evaluate(StochasticGame game, PolicyProfile policies, int player, CancellationToken cancellationToken = default) =>
        Run(game, policies, player, false, cancellationToken);

    private static PlayerValues Run(StochasticGame game, PolicyProfile policies, int player, bool respond, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(policies);
        ArgumentOutOfRangeException.ThrowIfNegative(player);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(player, game.PlayerCount);
        return game.Horizon is { } horizon
            ? BackwardInduction.Run(game, policies, player, horizon, respond, cancellationToken)
            : DiscountedResponse.Run(game, policies, player, respond, cancellationToken);
    }
}
