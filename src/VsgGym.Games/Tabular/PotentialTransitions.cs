namespace VsgGym.Games;

/// <summary>What moves the state of a random Markov potential game.</summary>
public enum PotentialTransitions
{
    /// <summary>Chance alone: the next state depends on the state only.</summary>
    Chance,

    /// <summary>The players: the next state depends on the state and on the joint action.</summary>
    Actions,
}
