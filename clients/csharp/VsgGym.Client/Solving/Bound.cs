namespace VsgGym.Client;

/// <summary>A promise of the theory.</summary>
/// <param name="Value">The bound.</param>
/// <param name="PremiseHolds">Whether its premises hold here; if not, it promises nothing.</param>
/// <param name="Statement">What it says.</param>
/// <param name="Measured">The quantity it bounds, as measured.</param>
public sealed record Bound(double Value, bool PremiseHolds, string Statement, double Measured);
