using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>The tables of the variational methods as an answer.</summary>
internal static class VariationalAnswer
{
    /// <summary>Before a conditional policy's player.</summary>
    public const string ConditionalPolicy = "conditional_policy.";

    /// <summary>Before the player of soft values behind its inferred model.</summary>
    public const string ModelValue = "model_value.";

    public static Solution Of(StochasticGame game, VariationalPlayer[] players) => new()
    {
        Policies = Played(game, players),
        Values = [.. players.Select(player => Values(game, player.Values))],
        OpponentModels = [.. players.Select((player, p) => new ShapedArray((double[])player.Rho.Clone(), Shape(game, game.ActionCounts.RemoveAt(p))))],
        Arrays = players.Select((player, p) => KeyValuePair.Create(ConditionalPolicy + game.Players[p], new ShapedArray(player.PolicyByJointAction(), Shape(game, game.ActionCounts))))
            .Concat(players.Select((player, p) => KeyValuePair.Create(ModelValue + game.Players[p], player.ModelValues)).Where(pair => pair.Value.Length > 0).Select(pair => KeyValuePair.Create(pair.Key, Values(game, pair.Value))))
            .ToImmutableSortedDictionary(StringComparer.Ordinal),
    };

    /// <summary>What everyone plays.</summary>
    public static PolicyProfile Played(StochasticGame game, VariationalPlayer[] players) =>
        new(game, [.. players.Select(player => new TabularPolicy((double[])player.Marginal.Clone(), game.Horizon ?? 1, game.StateCount, player.Actions))]);

    private static ShapedArray Values(StochasticGame game, double[] values) => game.Horizon is { } horizon
        ? new ShapedArray((double[])values.Clone(), horizon + 1, game.StateCount)
        : new ShapedArray((double[])values.Clone(), game.StateCount);

    /// <summary>[S, ...], or [T, S, ...] with a horizon.</summary>
    public static ImmutableArray<int> Shape(StochasticGame game, ImmutableArray<int> inner) =>
        game.Horizon is { } horizon ? [horizon, game.StateCount, .. inner] : [game.StateCount, .. inner];
}
