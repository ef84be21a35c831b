using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>What was measured about a policy profile, recomputed from the policies alone, beside what the theory promises.</summary>
public sealed record Certificate
{
    /// <summary>The equilibrium concept: "nash".</summary>
    public required string Concept { get; init; }

    /// <summary>The gap: for "nash" the NashConv, the sum over players of the gain from deviating, from the initial distribution, in reward units.</summary>
    public required double Gap { get; init; }

    /// <summary>The gain of each player, [N], not negative.</summary>
    public required ImmutableArray<double> GapPerPlayer { get; init; }

    /// <summary>Each player's expected return under the profile, [N].</summary>
    public required ImmutableArray<double> Values { get; init; }

    /// <summary>The theory's promises by name, in name order.</summary>
    public ImmutableSortedDictionary<string, Bound> Bounds { get; init; } = ImmutableSortedDictionary.Create<string, Bound>(StringComparer.Ordinal);
}
