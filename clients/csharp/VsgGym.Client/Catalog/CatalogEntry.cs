namespace VsgGym.Client;

/// <summary>One game, solver or metric of the server.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Sources">Where it comes from.</param>
public sealed record CatalogEntry(EntryKind Kind, string Id, string Summary, IReadOnlyList<Citation> Sources);
