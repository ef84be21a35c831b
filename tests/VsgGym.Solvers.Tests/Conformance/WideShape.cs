namespace VsgGym.Solvers.Tests;

/// <summary>Where the rows of a table stand whose few states have many joint actions.</summary>
public enum WideShape
{
    /// <summary>One state of 1000 x 1000 actions.</summary>
    OneState,

    /// <summary>Ten states of 300 x 300 actions; nine of 333 x 333 on places of the players' own.</summary>
    TenStates,

    /// <summary>One state of twenty players with two actions each, 2^20 joint actions.</summary>
    TwentyPlayers,

    /// <summary>One state with as many actions of two players as the solver takes that finds equilibria of a stage, or solves dense equations.</summary>
    LargestStage,
}
