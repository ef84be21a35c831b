using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>A run as it stands at one moment.</summary>
public sealed record RunInfo
{
    /// <summary>The run's id.</summary>
    public required string Id { get; init; }

    /// <summary>For people; may be empty.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public required RunState State { get; init; }

    /// <summary>From 1 while queued, else 0.</summary>
    public required int QueuePosition { get; init; }

    /// <summary>Steps taken.</summary>
    public required long Step { get; init; }

    /// <summary>Number of the newest event, 0 before the first.</summary>
    public required long LastSequence { get; init; }

    /// <summary>Step of the newest checkpoint, 0 for none.</summary>
    public required long CheckpointStep { get; init; }

    /// <summary>What is trained; null where the specification cannot be read: the faults then say why.</summary>
    public required RunSpec? Spec { get; init; }

    /// <summary>Why it failed.</summary>
    public required ImmutableArray<Fault> Faults { get; init; }

    /// <summary>When it was started, in milliseconds since 1970.</summary>
    public required long CreatedUnixMs { get; init; }

    /// <summary>When it ended, in milliseconds since 1970; 0 until it ended.</summary>
    public required long EndedUnixMs { get; init; }

    /// <summary>Time spent training, over all its lives.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Of the present life; 0 when it is not running.</summary>
    public required double StepsPerSecond { get; init; }

    /// <summary>What it has exported.</summary>
    public required ImmutableArray<ExportedModel> Models { get; init; }
}
