namespace VsgGym.Solvers;

/// <summary>Which of a game's correlated equilibria is taken.</summary>
public enum CorrelatedObjective
{
    /// <summary>The one of the largest sum of the players' values.</summary>
    Utilitarian,

    /// <summary>The one whose least value of a player is the largest.</summary>
    Egalitarian,

    /// <summary>The one whose largest value of a player is the largest.</summary>
    Republican,

    /// <summary>Each player takes the one of its own largest value and plays its own part of it, so together they play no correlated equilibrium in general.</summary>
    Libertarian,
}
