namespace VsgGym.Solvers;

/// <summary>Which Nash equilibrium of a stage a player acts on, of those found in the order of support enumeration.</summary>
public enum NashSelection
{
    /// <summary>The first.</summary>
    First,

    /// <summary>The second where there is one, else the first.</summary>
    Second,

    /// <summary>The one that pays the player most, the first of equals; the two players may then act on different ones.</summary>
    Best,
}
