namespace VsgGym.Core;

/// <summary>What the ground of a grid's cell is.</summary>
public enum GridGround
{
    /// <summary>Nothing special.</summary>
    Plain,

    /// <summary>A place to reach; its text stands in brackets.</summary>
    Goal,

    /// <summary>No piece enters.</summary>
    Blocked,

    /// <summary>A striped cell, such as a zebra crossing.</summary>
    Striped,

    /// <summary>A lightly shaded cell, such as a pavement.</summary>
    Shaded,
}
