using System.Collections.Immutable;

namespace VsgGym.Runs;

/// <summary>One number of a solve: followed over the iterations (curve), or read off the answer (policy, value or gap). Exactly one of the four is given.</summary>
public sealed record SolverMeasure
{
    /// <summary>Its name: "P(A,A)".</summary>
    public required string Name { get; init; }

    /// <summary>What the axis of its figure and the heading of its table say.</summary>
    public required string Title { get; init; }

    /// <summary>A curve: the columns of the solver's trace whose product it is, such as "residual" or "policy.player_0.A".</summary>
    public ImmutableArray<string>? Curve { get; init; }

    /// <summary>For a curve: each point is the mean over so many iterations up to it.</summary>
    public int Window { get; init; } = 1;

    /// <summary>A probability in the answer.</summary>
    public PolicyPlace? Policy { get; init; }

    /// <summary>A player's expected return under the answer, exact: the player's name.</summary>
    public string? Value { get; init; }

    /// <summary>The answer's gap under a concept: "nash".</summary>
    public string? Gap { get; init; }

    /// <summary>How far a published number may be from the true one because it was rounded or read off a figure.</summary>
    public double ReadingError { get; init; }

    /// <summary>Whether it is followed over the iterations.</summary>
    internal bool IsCurve => Curve is not null;
}

/// <summary>A number of a policy.</summary>
public sealed record PolicyPlace
{
    /// <summary>The player's name.</summary>
    public required string Player { get; init; }

    /// <summary>The time; past the policy's last it stays the last.</summary>
    public int Time { get; init; }

    /// <summary>The state's label or number.</summary>
    public string State { get; init; } = "0";

    /// <summary>The action's label.</summary>
    public required string Action { get; init; }
}
