namespace VsgGym.Games;

/// <summary>How the rewards of the players of a random game hang together.</summary>
public enum RandomGameKind
{
    /// <summary>Every player's rewards are drawn apart.</summary>
    General,

    /// <summary>Two players; what one gets the other loses.</summary>
    ZeroSum,

    /// <summary>All players get the same.</summary>
    Cooperative,

    /// <summary>A Markov potential game: a common part plus what the others' actions give, with transitions that no action changes.</summary>
    Potential,
}
