namespace VsgGym.Numerics;

/// <summary>How the solution of a linear program ended.</summary>
public enum LinearProgramStatus
{
    /// <summary>Solution, duals and value are those of an optimal vertex.</summary>
    Optimal,

    /// <summary>No point meets all constraints.</summary>
    Infeasible,

    /// <summary>Feasible points have values without bound.</summary>
    Unbounded,

    /// <summary>The limit of pivots was met, or rounding left a basis singular; there is no answer.</summary>
    Stopped,
}
