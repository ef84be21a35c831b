namespace VsgGym.Runs;

/// <summary>The game of a run, by what it takes to build it again.</summary>
/// <param name="Id">The catalog's id, or the id of a game given in full.</param>
/// <param name="OptionsJson">The resolved options; "{}" for a game given in full.</param>
/// <param name="Content">The bytes of a game given in full, in whatever form the factory reads; null for a game of the catalog.</param>
public sealed record RunGame(string Id, string OptionsJson, byte[]? Content);
