using VsgGym.Core;

namespace VsgGym.Server.Models;

/// <summary>What a model file says about itself.</summary>
/// <param name="Player">The seat it was made for; empty where it does not say.</param>
/// <param name="GameId">The game it was made for; empty where it does not say.</param>
/// <param name="GameOptionsJson">That game's options; empty where it does not say.</param>
/// <param name="Observation">What it sees; null where it does not say.</param>
/// <param name="Action">What it does; null where it does not say.</param>
/// <param name="Metadata">Everything the file carries besides its graph.</param>
internal sealed record ModelFacts(
    string Player,
    string GameId,
    string GameOptionsJson,
    Space? Observation,
    Space? Action,
    IReadOnlyDictionary<string, string> Metadata);
