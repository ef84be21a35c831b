namespace VsgGym.Core;

/// <summary>Where an entry comes from.</summary>
/// <param name="Citation">The work.</param>
/// <param name="Locus">Where in the work ("Algorithm 1"), or empty.</param>
public sealed record EntrySource(Citation Citation, string Locus);
