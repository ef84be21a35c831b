namespace VsgGym.Export;

/// <summary>What an uploaded model may be at most.</summary>
public sealed record UploadLimits
{
    /// <summary>The file's size. Default 64 MiB.</summary>
    public long Bytes { get; init; } = 64L << 20;

    /// <summary>Nodes of the graph, those inside branches counted. Default 10,000.</summary>
    public int Nodes { get; init; } = 10_000;
}
