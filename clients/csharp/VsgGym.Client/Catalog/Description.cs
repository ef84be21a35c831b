namespace VsgGym.Client;

/// <summary>One entry with its options; a game also with its players, spaces and size.</summary>
/// <param name="Entry">Id, summary and sources.</param>
/// <param name="Remarks">Notation, rules, deviations from the source.</param>
/// <param name="OptionsSchemaJson">JSON Schema of the options.</param>
/// <param name="DefaultOptionsJson">Every option with its default.</param>
/// <param name="Game">Games only: what the options asked for give.</param>
public sealed record Description(CatalogEntry Entry, string Remarks, string OptionsSchemaJson, string DefaultOptionsJson, GameDescription? Game);
