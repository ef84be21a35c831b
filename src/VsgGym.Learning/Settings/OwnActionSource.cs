namespace VsgGym.Learning;

/// <summary>Which actions of its own a player lets the modeled opponents expect.</summary>
public enum OwnActionSource
{
    /// <summary>Those it plays, whatever the opponents do: a_i ~ sum over a_-i of rho(a_-i | s) pi(a_i | s, a_-i), as (5) is printed.</summary>
    Marginal,

    /// <summary>Its answer to the very actions that are judged: a_i ~ pi(a_i | s, a_-i), as in the lower bound (3).</summary>
    Conditional,
}
