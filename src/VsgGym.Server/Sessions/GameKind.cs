using VsgGym.Core;

namespace VsgGym.Server.Sessions;

/// <summary>What a game is made of, in one word.</summary>
internal static class GameKind
{
    private const string Tabular = "tabular", MeanField = "mean_field", Flow = "flow";

    /// <summary>"tabular", "mean_field" or "flow"; "box" where it has no finite form.</summary>
    public static string Of(Game game) =>
        game.Table is not null ? Tabular : game.MeanField is not null ? MeanField : game.Flow is not null ? Flow : "box";

    /// <summary>The kind that a solver or metric takes, "any" where it takes several; empty for other entries.</summary>
    public static string Of(CatalogEntry entry) => entry.Kind is not (EntryKind.Solver or EntryKind.Metric) ? string.Empty
        : entry.Subject == typeof(StochasticGame) ? Tabular
        : entry.Subject == typeof(MeanFieldGame) ? MeanField
        : entry.Subject == typeof(FlowGraph) ? Flow
        : "any";
}
