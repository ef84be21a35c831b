namespace VsgGym.Client;

/// <summary>How far a profile of policies is from an equilibrium, measured, beside what the theory promises.</summary>
/// <param name="Concept">What was measured: "nash".</param>
/// <param name="Gap">Sum over the players of the gain from deviating alone (NashConv for "nash"); 0 at an equilibrium, NaN where it was not measured.</param>
/// <param name="Players">The gap and value of each player.</param>
/// <param name="Bounds">What the theory promises, by name.</param>
public sealed record Certificate(string Concept, double Gap, IReadOnlyList<PlayerGap> Players, IReadOnlyDictionary<string, Bound> Bounds)
{
    /// <summary>Whether it was measured: false where the call's deadline left no time; then the gap is NaN and the lists are empty.</summary>
    public bool IsMeasured { get; private init; } = true;

    internal static Certificate Unmeasured { get; } =
        new(string.Empty, double.NaN, [], new Dictionary<string, Bound>()) { IsMeasured = false }; // a gap of 0 would claim an equilibrium
}
