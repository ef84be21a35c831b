namespace VsgGym.Core;

/// <summary>Where an algorithm stands after an iteration.</summary>
public enum IterationState
{
    /// <summary>More iterations are useful.</summary>
    Running,

    /// <summary>The residual, which no damping makes smaller, fell below the tolerance everywhere; further steps change nothing that counts.</summary>
    Converged,

    /// <summary>A number left the finite range.</summary>
    Diverged,
}

/// <summary>What one iteration did.</summary>
/// <param name="Iteration">Its number, from 1.</param>
/// <param name="Residual">The method's own fixed-point error, at least 0, as its page defines it: mostly the largest change of a value, in reward units; NaN where a number left the
/// finite range.</param>
/// <param name="State">Whether the method is done.</param>
public readonly record struct IterationReport(long Iteration, double Residual, IterationState State);
