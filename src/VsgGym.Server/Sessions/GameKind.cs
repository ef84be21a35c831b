using VsgGym.Core;

namespace VsgGym.Server.Sessions;

/// <summary>What a game is made of, in one word.</summary>
internal static class GameKind
{
    /// <summary>"tabular" where there is a finite table, else "box".</summary>
    public static string Of(Game game) => game.Table is null ? "box" : "tabular";
}
