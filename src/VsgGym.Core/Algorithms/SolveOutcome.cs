namespace VsgGym.Core;

/// <summary>What a solve ended with.</summary>
public sealed record SolveOutcome
{
    /// <summary>How it ended.</summary>
    public required SolveStatus Status { get; init; }

    /// <summary>Why: "tolerance", the name of the limiting option ("max_iterations", "episodes"), "time_limit", "diverged", or what the caller's stop request said.</summary>
    public required string StopReason { get; init; }

    /// <summary>Iterations done; 0 where time ran out in the first one.</summary>
    public required long Iterations { get; init; }

    /// <summary>The last iteration's residual, in the unit of <see cref="IterationReport.Residual"/>; NaN where none was done, or where it diverged.</summary>
    public required double LastResidual { get; init; }

    /// <summary>The answer, also of a solve that was stopped or diverged.</summary>
    public required Solution Solution { get; init; }

    /// <summary>The course of the numbers.</summary>
    public required SolveTrace Trace { get; init; }
}
