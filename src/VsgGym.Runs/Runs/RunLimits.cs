namespace VsgGym.Runs;

/// <summary>What a directory of runs takes at most.</summary>
public sealed record RunLimits
{
    /// <summary>Runs that train at once, at least 1. Default: the number of processors.</summary>
    public int MaxActive { get; init; } = Environment.ProcessorCount;

    /// <summary>Runs that may wait, at least 0. Default 100.</summary>
    public int MaxQueued { get; init; } = 100;

    /// <summary>Runs kept, at least 1. Default 1000.</summary>
    public int MaxStored { get; init; } = 1000;

    /// <summary>Bytes on disk above which no further run is started. Default 64 GiB.</summary>
    public long MaxBytes { get; init; } = 64L << 30;
}
