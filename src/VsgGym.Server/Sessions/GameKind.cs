using VsgGym.Core;

namespace VsgGym.Server.Sessions;

/// <summary>What a game is made of, in one word.</summary>
internal static class GameKind
{
    /// <summary>"tabular", "mean_field" or "flow"; "box" where it has no finite form.</summary>
    public static string Of(Game game) =>
        game.Table is not null ? "tabular" : game.MeanField is not null ? "mean_field" : game.Flow is not null ? "flow" : "box";
}
