using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>Which kinds of games flow methods take.</summary>
internal static class FlowKinds
{
    /// <summary>The graph, or the table with a horizon.</summary>
    /// <param name="game">The game.</param>
    /// <param name="path">Who asks: "solver" or "concept".</param>
    /// <param name="id">Its id.</param>
    /// <exception cref="VsgGymException">The game is of another kind or has no horizon.</exception>
    public static (FlowGraph? Graph, StochasticGame? Table) Of(ISolvableGame game, string path, string id)
    {
        ArgumentNullException.ThrowIfNull(game);
        if (game is FlowGraph graph) return (graph, null);
        if (game is StochasticGame { Horizon: not null } table) return (null, table);
        if (game is StochasticGame { Discount: var discount })
            throw VsgGymException.Invalid(path, id, $"needs a game with a horizon, whose ways end and have returns, and this one has discount {VsgGymException.Show(discount)}", "wrong_horizon");
        throw VsgGymException.Invalid(path, id, $"needs a flow graph or a stochastic game with a horizon and this is {game.KindName}", "wrong_kind");
    }
}
