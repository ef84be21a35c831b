using VsgGym.Core;
using VsgGym.Runs;

namespace VsgGym.Server.Hosting;

/// <summary>What the server takes at most, and how long it keeps what nobody uses.</summary>
internal sealed record ServerLimits
{
    /// <summary>Copies per environment, at least 1.</summary>
    public int MaxNumEnvs { get; init; } = 65536;

    /// <summary>The largest message taken or sent, in bytes.</summary>
    public int MaxMessageBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Open environments, at least 1.</summary>
    public int MaxEnvironments { get; init; } = 1024;

    /// <summary>Solves at once, at least 1.</summary>
    public int MaxSolves { get; init; } = 8;

    /// <summary>The most memory that the tables of one solve may take, in bytes.</summary>
    public long MaxSolveBytes { get; init; } = SolveLimits.DefaultMaxBytes;

    /// <summary>Uploaded games kept, at least 1.</summary>
    public int MaxUploads { get; init; } = 256;

    /// <summary>Uploaded models kept, at least 1.</summary>
    public int MaxModels { get; init; } = 256;

    /// <summary>The largest model file taken, in bytes.</summary>
    public int MaxModelBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Bytes of uploaded models kept in all.</summary>
    public long MaxModelTotalBytes { get; init; } = 4L << 30;

    /// <summary>Evaluations at once, at least 1.</summary>
    public int MaxEvaluations { get; init; } = 4;

    /// <summary>Training runs at once, at least 1.</summary>
    public int MaxRuns { get; init; } = System.Environment.ProcessorCount;

    /// <summary>Training runs that may wait, at least 0.</summary>
    public int MaxQueuedRuns { get; init; } = 100;

    /// <summary>Training runs kept, ended ones included, at least 1.</summary>
    public int MaxStoredRuns { get; init; } = new RunLimits().MaxStored;

    /// <summary>Bytes of runs on disk above which no further run is started.</summary>
    public long MaxRunBytes { get; init; } = new RunLimits().MaxBytes;

    /// <summary>An environment unused for this long is closed.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(1800);

    /// <summary>An environment whose connections have closed is closed after this long.</summary>
    public TimeSpan Orphan { get; init; } = TimeSpan.FromSeconds(30);
}
