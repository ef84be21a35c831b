namespace VsgGym.Client;

/// <summary>What a catalog entry is.</summary>
public enum EntryKind
{
    /// <summary>A game.</summary>
    Game = 1,

    /// <summary>A solver.</summary>
    Solver = 2,

    /// <summary>A metric: an equilibrium concept that certificates measure.</summary>
    Metric = 3,

    /// <summary>A learner.</summary>
    Learner = 4,
}
