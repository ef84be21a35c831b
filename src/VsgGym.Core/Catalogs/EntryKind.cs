namespace VsgGym.Core;

/// <summary>What an entry of the catalog is.</summary>
public enum EntryKind
{
    /// <summary>A game to play or to solve.</summary>
    Game,

    /// <summary>An algorithm that solves a table.</summary>
    Solver,

    /// <summary>An algorithm that trains policies and opponent models by playing.</summary>
    Learner,

    /// <summary>A measure of a policy profile against an equilibrium concept.</summary>
    Metric,
}
