namespace VsgGym.Export;

/// <summary>How far a file and its source were apart on random inputs.</summary>
/// <param name="Rows">Inputs compared.</param>
/// <param name="LargestDifference">The largest difference, relative to max(1, |x|). At most 1e-5.</param>
/// <param name="Ties">Greedy actions that differed because two probabilities were within 1e-6 of each other.</param>
/// <param name="Edges">Sampled actions that differed because the random number was within 1e-5 of the border between two actions.</param>
public sealed record ParityReport(int Rows, double LargestDifference, int Ties, int Edges);
