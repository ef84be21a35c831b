using System.Collections.Immutable;

namespace VsgGym.Runs;

/// <summary>What became of a trial.</summary>
public sealed record TrialResult : ITrialResult
{
    /// <inheritdoc/>
    public required string Key { get; init; }

    /// <summary>How it ended, one of the game's outcomes or "other"; empty where the game names none; "failed" where the numbers diverged.</summary>
    public required string Outcome { get; init; }

    /// <summary>What went wrong, or empty.</summary>
    public string Fault { get; init; } = string.Empty;

    /// <summary>The greedy joint action where every player has one number: box actions, or discrete actions in a game of one state. Else empty.</summary>
    public ImmutableArray<double> JointAction { get; init; } = [];

    /// <summary>The first player's mean reward while learning, one number per bin of steps; empty where the learner does not tell its rewards.</summary>
    public required ImmutableArray<double> Curve { get; init; }

    /// <summary>NashConv of the sampled policies at each measurement, from the start to the end; empty where the game has no table.</summary>
    public ImmutableArray<double> NashConv { get; init; } = [];

    /// <summary>The first player's return of the greedy policies at the end.</summary>
    public required double GreedyReturn { get; init; }

    /// <summary>The first player's return of the sampled policies at the end.</summary>
    public required double SampledReturn { get; init; }

    /// <summary>Time it took.</summary>
    public required double Seconds { get; init; }
}
