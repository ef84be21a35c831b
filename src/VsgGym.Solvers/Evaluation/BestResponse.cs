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
    /// <exception cref="ArgumentOutOfRangeException">There is no such player.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="VsgGymException">With a horizon: the table over all times is too large.</exception>
    public static PlayerValues Solve(StochasticGame game, PolicyProfile policies, int player, CancellationToken cancellationToken = default) =>
        Run(game, policies, player, true, cancellationToken);

    /// <summary>The values of the profile itself for one player.</summary>
    /// <param name="game">The table.</param>
    /// <param name="policies">What everyone plays.</param>
    /// <param name="player">Which player, from 0.</param>
    /// <param name="cancellationToken">Checked between states.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such player.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="VsgGymException">With a horizon: the table over all times is too large.</exception>
    public static PlayerValues Evaluate(StochasticGame game, PolicyProfile policies, int player, CancellationToken cancellationToken = default) =>
        Run(game, policies, player, false, cancellationToken);

    /// <summary>The expected return from the initial distribution, and how far it may be off; needs no memory per time.</summary>
    internal static (double Value, double Accuracy) FromStart(StochasticGame game, PolicyProfile policies, int player, bool respond, CancellationToken cancellationToken)
    {
        if (game.Horizon is { } horizon)
            return (PlayerValues.FromStart(game, BackwardInduction.AtStart(game, policies, player, horizon, respond, cancellationToken)), 0);
        var values = DiscountedResponse.Run(game, policies, player, respond, cancellationToken);
        return (values.FromStart(game), values.Accuracy);
    }

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
