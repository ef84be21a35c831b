using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>How a population spreads over the states when all of it plays one policy.</summary>
public static class MeanFieldFlow
{
    private const long MostNumbers = 1L << 28;

    /// <summary>The population's distribution at the time of each decision: mu_t+1(s') = sum over s, a of mu_t(s) pi_t(a | s) P(t, s, a, s', mu_t).</summary>
    /// <param name="game">The game.</param>
    /// <param name="policy">[1 or T, S, A].</param>
    /// <param name="cancellationToken">Checked between times.</param>
    /// <returns>[T, S], each row a distribution.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="VsgGymException">The policy has another shape, or the distributions of all times are too large.</exception>
    public static ShapedArray Of(MeanFieldGame game, TabularPolicy policy, CancellationToken cancellationToken = default)
    {
        Check(game, policy);
        int states = game.StateCount;
        var flow = new double[game.Horizon * states];
        var next = new double[states];
        game.Initial.AsSpan().CopyTo(flow);
        for (int t = 0; t + 1 < game.Horizon; t++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Advance(game, policy, t, flow.AsSpan(t * states, states), flow.AsSpan((t + 1) * states, states), next);
        }

        return new ShapedArray(flow, game.Horizon, states);
    }

    /// <summary>Refuses policies of another shape, and games whose numbers of all times do not fit.</summary>
    internal static void Check(MeanFieldGame game, TabularPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(policy);
        CheckSize(game);
        bool fits = (policy.Times == 1 || policy.Times == game.Horizon) && policy.States == game.StateCount && policy.Actions == game.ActionCount;
        if (!fits)
            throw VsgGymException.Invalid(
                $"policies.{MeanFieldGame.PlayerName}", $"[{policy.Times}, {policy.States}, {policy.Actions}]",
                $"must have shape [{game.StateCount}, {game.ActionCount}] or [{game.Horizon}, {game.StateCount}, {game.ActionCount}]", "wrong_shape");
    }

    /// <summary>Refuses games whose numbers of all times do not fit.</summary>
    internal static void CheckSize(MeanFieldGame game)
    {
        ArgumentNullException.ThrowIfNull(game);
        if ((game.Horizon + 1L) * game.StateCount * game.ActionCount > MostNumbers)
            throw VsgGymException.OverLimit("horizon", game.Horizon, $"(horizon + 1) * {game.StateCount} states * {game.ActionCount} actions must not exceed {MostNumbers}", "game_too_large");
    }

    /// <summary>One step of the population.</summary>
    /// <param name="game">The game.</param>
    /// <param name="policy">[1 or T, S, A].</param>
    /// <param name="time">t.</param>
    /// <param name="population">mu_t, [S].</param>
    /// <param name="later">[S], overwritten with mu_t+1.</param>
    /// <param name="next">[S], overwritten.</param>
    internal static void Advance(MeanFieldGame game, TabularPolicy policy, int time, ReadOnlySpan<double> population, Span<double> later, Span<double> next)
    {
        later.Clear();
        for (int s = 0; s < population.Length; s++)
        {
            if (population[s] == 0) continue;
            var row = policy.Row(time, s);
            for (int a = 0; a < row.Length; a++)
            {
                double weight = population[s] * row[a];
                if (weight == 0) continue;
                game.Transition(time, s, a, population, next);
                for (int z = 0; z < next.Length; z++) later[z] += weight * next[z];
            }
        }
    }
}
