namespace VsgGym.Core;

/// <summary>One promise of the theory about an answer, and whether its premise holds here.</summary>
/// <param name="Value">The number the theorem names (a bound on a reward norm, on a gap), NaN where it has none.</param>
/// <param name="PremiseHolds">Whether the theorem applies to this game and these options.</param>
/// <param name="Statement">The theorem in one sentence, with its source: "mge Theorem 1: ...".</param>
/// <param name="Measured">The quantity to hold against <paramref name="Value"/>, as measured, in the same unit; NaN where nothing was.</param>
public sealed record Bound(double Value, bool PremiseHolds, string Statement, double Measured);
