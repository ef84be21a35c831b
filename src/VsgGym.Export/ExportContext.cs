namespace VsgGym.Export;

/// <summary>Where a policy comes from: what an exported file says about its origin in its metadata.</summary>
public sealed record ExportContext
{
    /// <summary>The game's id: "pursuit-v0".</summary>
    public required string GameId { get; init; }

    /// <summary>The game's options as JSON. Default: {}.</summary>
    public string GameOptions { get; init; } = "{}";

    /// <summary>The learner's or solver's id.</summary>
    public required string Algorithm { get; init; }

    /// <summary>The run's id; empty outside a run.</summary>
    public string RunId { get; init; } = string.Empty;

    /// <summary>The run's seed.</summary>
    public ulong Seed { get; init; }

    /// <summary>SHA-256 of what the training was asked to do, in lower-case hexadecimal; empty where there is none.</summary>
    public string TrainingHash { get; init; } = string.Empty;

    /// <summary>The product's version.</summary>
    public required string ProductVersion { get; init; }
}
