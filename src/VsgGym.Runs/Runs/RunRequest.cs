namespace VsgGym.Runs;

/// <summary>What a caller wants trained.</summary>
public sealed record RunRequest
{
    /// <summary>The game, found and checked.</summary>
    public required RunGame Game { get; init; }

    /// <summary>The learner's id.</summary>
    public required string Learner { get; init; }

    /// <summary>The learner's options as a JSON object; empty means defaults.</summary>
    public string OptionsJson { get; init; } = string.Empty;

    /// <summary>Any 64-bit value. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>For people, at most 200 characters; may be empty.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Steps between two evaluations; 0: a twentieth of the run, -1: only at the end. Default 0.</summary>
    public long EvaluateEvery { get; init; }

    /// <summary>Episodes of each evaluation; 0: 100. Default 0.</summary>
    public long EvaluationEpisodes { get; init; }

    /// <summary>Steps between two checkpoints; 0: a tenth of the run. Default 0.</summary>
    public long CheckpointEvery { get; init; }

    /// <summary>Steps between two events with metrics; 0: a hundredth of the run. Default 0.</summary>
    public long MetricsEvery { get; init; }

    /// <summary>A second start with the same id gives the same run, at most 200 characters; empty: none.</summary>
    public string RequestId { get; init; } = string.Empty;
}
