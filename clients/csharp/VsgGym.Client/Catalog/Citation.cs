namespace VsgGym.Client;

/// <summary>Where a game or algorithm comes from.</summary>
/// <param name="Key">Short key of the work.</param>
/// <param name="Locus">The place in it: "Algorithm 1".</param>
/// <param name="Text">Authors, year, title, venue.</param>
public sealed record Citation(string Key, string Locus, string Text);
