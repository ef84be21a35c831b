namespace VsgGym.Solvers.Tests;

/// <summary>What descriptions of Littman's soccer differ in.</summary>
internal sealed record LittmanRules
{
    /// <summary>Whether the first goal ends the game; else a new kick-off follows, with either ball.</summary>
    public bool GoalEnds { get; init; }

    /// <summary>Whether the holder can run into the goal that it defends, for the other; else it stays.</summary>
    public bool OwnGoals { get; init; } = true;

    /// <summary>4: north, south, east, west; 5: stand as well.</summary>
    public int Actions { get; init; } = 5;
}
