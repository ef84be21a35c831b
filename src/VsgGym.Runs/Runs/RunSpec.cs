using System.Collections.Immutable;

namespace VsgGym.Runs;

/// <summary>A run as it is kept: everything that determines its bits, with every default filled in, and what follows from it.</summary>
public sealed record RunSpec
{
    /// <summary>The version of the form this program writes and reads.</summary>
    public const int Version = 1;

    /// <summary>The game.</summary>
    public required RunGame Game { get; init; }

    /// <summary>The learner's id.</summary>
    public required string Learner { get; init; }

    /// <summary>The learner's options with every default.</summary>
    public required string OptionsJson { get; init; }

    /// <summary>The seed of everything random.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Steps between two evaluations, at least 1; -1: only at the end.</summary>
    public required long EvaluateEvery { get; init; }

    /// <summary>Episodes of each evaluation, at least 1.</summary>
    public required long EvaluationEpisodes { get; init; }

    /// <summary>Steps between two checkpoints, at least 1.</summary>
    public required long CheckpointEvery { get; init; }

    /// <summary>Steps between two events with metrics, at least 1.</summary>
    public required long MetricsEvery { get; init; }

    /// <summary>The most steps, from the learner's options.</summary>
    public required long MaxSteps { get; init; }

    /// <summary>The names of the learner's metrics.</summary>
    public required ImmutableArray<string> MetricNames { get; init; }

    /// <summary>The game's players.</summary>
    public required ImmutableArray<RunPlayer> Players { get; init; }

    /// <summary>SHA-256, in lower-case hexadecimal digits, of game, learner, options, seed and intervals: what determines the events.</summary>
    public required string Hash { get; init; }
}
