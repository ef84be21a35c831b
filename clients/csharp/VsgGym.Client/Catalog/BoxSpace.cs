namespace VsgGym.Client;

/// <summary>Vectors of float32 between bounds.</summary>
/// <param name="Low">Least value of each component.</param>
/// <param name="High">Largest value of each component.</param>
public sealed record BoxSpace(IReadOnlyList<float> Low, IReadOnlyList<float> High) : Space
{
    /// <summary>A name per component, or none.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Number of components.</summary>
    public int Length => Low.Count;
}
