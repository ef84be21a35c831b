using VsgGym.Core;

namespace VsgGym.Export;

/// <summary>The seat a table of action probabilities was made for.</summary>
/// <param name="Player">The seat's name.</param>
/// <param name="Opponents">The other seats' names in player order.</param>
/// <param name="Observation">The states; as many as the table has.</param>
/// <param name="Action">The actions; as many as the table has.</param>
public sealed record TableSeat(string Player, IReadOnlyList<string> Opponents, DiscreteSpace Observation, DiscreteSpace Action)
{
    /// <summary>The seat of a player of a tabular game.</summary>
    /// <param name="game">The game's table.</param>
    /// <param name="player">The player's number.</param>
    public static TableSeat Of(StochasticGame game, int player)
    {
        ArgumentNullException.ThrowIfNull(game);
        return new TableSeat(
            game.Players[player],
            [.. game.Players.Where((_, p) => p != player)],
            new DiscreteSpace(game.StateCount, game.StateLabels),
            new DiscreteSpace(game.ActionCounts[player], game.ActionLabels[player]));
    }
}
