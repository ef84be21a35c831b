namespace VsgGym.Core;

/// <summary>Stands at the end of a list of faults for those that were found but are not shown.</summary>
/// <param name="Count">How many, at least 1.</param>
internal sealed record CutFaults(int Count) : Fault("...", string.Empty, $"and {Count} more faults", "cut");
