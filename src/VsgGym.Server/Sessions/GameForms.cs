using VsgGym.Core;

namespace VsgGym.Server.Sessions;

/// <summary>The form of a game that a solver or metric takes.</summary>
internal static class GameForms
{
    /// <summary>A game's table.</summary>
    /// <exception cref="VsgGymException">The game has none.</exception>
    public static StochasticGame TableOf(ResolvedGame game) => (StochasticGame)Of(game, typeof(StochasticGame));

    /// <summary>A game's table, population or graph.</summary>
    /// <exception cref="VsgGymException">The game has box actions.</exception>
    public static ISolvableGame Of(ResolvedGame game) => Of(game, typeof(ISolvableGame));

    /// <summary>The form that an entry takes.</summary>
    /// <param name="game">The game.</param>
    /// <param name="entry">A solver or metric.</param>
    /// <exception cref="VsgGymException">The game has no such form.</exception>
    public static ISolvableGame Of(ResolvedGame game, CatalogEntry entry) => Of(game, entry.Subject!);

    private static ISolvableGame Of(ResolvedGame game, Type form)
    {
        if (game.Game.Form(form) is { } found) return found;
        string what = game.Game.Form(typeof(ISolvableGame)) is { } other ? $"this is {other.KindName}" : "this game has box actions (the option discretize gives a grid of them)";
        throw VsgGymException.Invalid(
            "game", game.Id,
            form == typeof(MeanFieldGame) ? $"{what}; a mean-field game is needed"
                : form == typeof(FlowGraph) ? $"{what}; a flow graph is needed"
                : $"{what} and no table of states and joint actions; these solvers and certificates need one",
            form == typeof(StochasticGame) || form == typeof(ISolvableGame) ? "no_table" : "wrong_kind");
    }
}
