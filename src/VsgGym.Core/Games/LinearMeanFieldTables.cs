namespace VsgGym.Core;

/// <summary>A mean-field game given as arrays: rewards and transitions are sums over the states z of the population's share mu(z) times a table.</summary>
/// <remarks>
/// r(t, s, a, mu) = Rewards[t, s, a] + sum over z of mu(z) RewardTerms[t, s, a, z], and P(t, s, a, s', mu) = Transitions[t, s, a, s'] +
/// sum over z of mu(z) TransitionTerms[t, s, a, s', z]. Each array may leave its first dimension T out, and is then the same at all times.
/// </remarks>
public sealed record LinearMeanFieldTables
{
    /// <summary>Number of decisions T, at least 1.</summary>
    public required int Horizon { get; init; }

    /// <summary>Rewards that do not depend on the population, [S, A] or [T, S, A]; finite.</summary>
    public required ShapedArray Rewards { get; init; }

    /// <summary>Rewards per share of the population, [S, A, S] or [T, S, A, S], the last dimension is z; absent: none.</summary>
    public ShapedArray? RewardTerms { get; init; }

    /// <summary>Transition probabilities that do not depend on the population, [S, A, S] or [T, S, A, S].</summary>
    public required ShapedArray Transitions { get; init; }

    /// <summary>Transition probabilities per share of the population, [S, A, S, S] or [T, S, A, S, S], the last dimension is z; absent: none.</summary>
    public ShapedArray? TransitionTerms { get; init; }

    /// <summary>The population's distribution at time 0, [S]; absent: all in state 0.</summary>
    public ShapedArray? Initial { get; init; }

    /// <summary>A name per state, [S]; absent: 0, 1, ...</summary>
    public IReadOnlyList<string>? States { get; init; }

    /// <summary>A name per action, [A]; absent: 0, 1, ...</summary>
    public IReadOnlyList<string>? Actions { get; init; }
}
