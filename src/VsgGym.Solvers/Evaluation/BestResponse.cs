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

    /// <summary>What a player has in a profile, from the initial distribution; needs no memory per time.</summary>
    internal static double FromStart(StochasticGame game, PolicyProfile policies, int player, CancellationToken cancellationToken) => game.Horizon is { } horizon
        ? PlayerValues.FromStart(game, BackwardInduction.AtStart(game, policies, player, horizon, respond: false, cancellationToken))
        : new DiscountedResponse(game, policies, player, cancellationToken).Evaluate(cancellationToken).FromStart(game);

    /// <summary>What a player gains by its best response, from the initial distribution; needs no memory per time.</summary>
    /// <returns>The gain, not negative; what the player has; and how far the gain may be off, beside rounding.</returns>
    internal static (double Gain, double Value, double Accuracy) Gain(StochasticGame game, PolicyProfile policies, int player, CancellationToken cancellationToken)
    {
        double value, best, accuracy = 0;
        if (game.Horizon is { } horizon)
        {
            value = PlayerValues.FromStart(game, BackwardInduction.AtStart(game, policies, player, horizon, respond: false, cancellationToken));
            best = PlayerValues.FromStart(game, BackwardInduction.AtStart(game, policies, player, horizon, respond: true, cancellationToken));
        }
        else
        {
            var response = new DiscountedResponse(game, policies, player, cancellationToken);
            var (played, answer) = (response.Evaluate(cancellationToken), response.Respond(cancellationToken));
            (value, best, accuracy) = (played.FromStart(game), answer.FromStart(game), played.Accuracy + answer.Accuracy);
        }

        return (Math.Max(0, best - value), value, accuracy); // rounding may put the gain a hair below 0
    }

    private static PlayerValues Run(StochasticGame game, PolicyProfile policies, int player, bool respond, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(policies);
        ArgumentOutOfRangeException.ThrowIfNegative(player);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(player, game.PlayerCount);
        if (game.Horizon is { } horizon) return BackwardInduction.Run(game, policies, player, horizon, respond, cancellationToken);
        var response = new DiscountedResponse(game, policies, player, cancellationToken);
        return respond ? response.Respond(cancellationToken) : response.Evaluate(cancellationToken);
    }
}
