namespace VsgGym.Client;

/// <summary>One game, solver or metric of the server.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Sources">Where it comes from.</param>
public sealed record CatalogEntry(EntryKind Kind, string Id, string Summary, IReadOnlyList<Citation> Sources)
{
    /// <summary>Solvers: the concept that answers are measured against unless asked otherwise; else empty.</summary>
    public string Concept { get; init; } = string.Empty;

    /// <summary>Solvers and metrics: "tabular", "mean_field", "flow" or "any"; else empty.</summary>
    public string GameKind { get; init; } = string.Empty;
}
