namespace VsgGym.Export;

/// <summary>Where a file runs.</summary>
public sealed record OnnxOptions
{
    /// <summary>"cpu" or "cuda". Default cpu.</summary>
    public string Provider { get; init; } = "cpu";

    /// <summary>Threads inside one operator, at least 1; 0 leaves it to the runtime. Default 1, which suits the small networks of policies.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Which CUDA device, from 0. Default 0.</summary>
    public int Device { get; init; }
}
