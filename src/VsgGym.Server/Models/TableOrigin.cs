namespace VsgGym.Server.Models;

/// <summary>Where a table of action probabilities comes from.</summary>
/// <param name="GameId">The game's id.</param>
/// <param name="GameOptionsJson">The game's resolved options.</param>
/// <param name="Algorithm">The solver's id.</param>
/// <param name="Seed">The solve's seed.</param>
internal sealed record TableOrigin(string GameId, string GameOptionsJson, string Algorithm, ulong Seed);
