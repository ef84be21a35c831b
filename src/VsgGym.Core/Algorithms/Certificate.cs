using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>What was measured about a policy profile, recomputed from the policies alone, beside what the theory promises.</summary>
public sealed record Certificate
{
    /// <summary>The equilibrium concept, the metric's id: "nash".</summary>
    public required string Concept { get; init; }

    /// <summary>The gap: for "nash" the NashConv, the sum over players of the gain from deviating, from the initial distribution, in reward units.
    /// At least 0, 0 at an equilibrium of the concept; NaN or infinite where the returns leave the range of numbers. The metric's page says how the players' are put together.</summary>
    public required double Gap { get; init; }

    /// <summary>The gap of each player, [N], in the unit of <see cref="Gap"/>, not negative.</summary>
    public required ImmutableArray<double> GapPerPlayer { get; init; }

    /// <summary>Each player's expected return under the profile from the initial distribution, [N], discounted where the game is, in reward units.</summary>
    public required ImmutableArray<double> Values { get; init; }

    /// <summary>The theory's promises by name, in name order.</summary>
    public ImmutableSortedDictionary<string, Bound> Bounds { get; init; } = ImmutableSortedDictionary.Create<string, Bound>(StringComparer.Ordinal);
}
