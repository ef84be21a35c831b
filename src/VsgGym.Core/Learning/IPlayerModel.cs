namespace VsgGym.Core;

/// <summary>What one player has learned: a policy, and where the method has one, a model of the others. Immutable.</summary>
public interface IPlayerModel
{
    /// <summary>The player's name.</summary>
    string Player { get; }

    /// <summary>The policy as it plays.</summary>
    /// <param name="greedy">true: the most probable action, or the mean of a box action; false: sampled, as while learning.</param>
    IPolicy Policy(bool greedy);

    /// <summary>The sampled policy's probabilities in every state of a table, or null where the player does not observe the number of the state.</summary>
    /// <param name="game">The game's table.</param>
    TabularPolicy? Table(StochasticGame game);

    /// <summary>The model of the others' joint action in every state, [S, A_j, ...] in player order without the player; null where there is none.</summary>
    /// <param name="game">The game's table.</param>
    ShapedArray? OpponentTable(StochasticGame game);
}
