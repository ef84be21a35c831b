using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>A solver's answer as it stands.</summary>
public sealed record Solution
{
    /// <summary>What each player plays.</summary>
    public required PolicyProfile Policies { get; init; }

    /// <summary>Each player's values, [N], each [S] for a stationary answer or [T + 1, S] for a finite horizon, in reward units: expected returns, or what the method's page puts in
    /// their place (soft values); empty where the method has none.</summary>
    public ImmutableArray<ShapedArray> Values { get; init; } = [];

    /// <summary>Each player's model of the others' joint action, [N], probabilities, each [S, A_j, ...] (or [T, S, A_j, ...]) in player order without the player; empty where the method has none.</summary>
    public ImmutableArray<ShapedArray> OpponentModels { get; init; } = [];

    /// <summary>What else the method found, by name ("conditional_policy.hunter"); its page says what.</summary>
    public ImmutableSortedDictionary<string, ShapedArray> Arrays { get; init; } = ImmutableSortedDictionary.Create<string, ShapedArray>(StringComparer.Ordinal);
}
