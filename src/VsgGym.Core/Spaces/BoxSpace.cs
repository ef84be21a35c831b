using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>Vectors with a lower and an upper bound per coordinate, sent as float32.</summary>
public sealed record BoxSpace : Space
{
    /// <summary>Builds the space.</summary>
    /// <param name="low">[n], finite, each below or equal to its upper bound.</param>
    /// <param name="high">[n], finite.</param>
    /// <param name="labels">A name per coordinate, or none.</param>
    /// <exception cref="ArgumentException">Lengths differ, a bound is not finite, a lower bound exceeds its upper bound, or the labels are neither absent nor one per coordinate.</exception>
    public BoxSpace(ImmutableArray<float> low, ImmutableArray<float> high, ImmutableArray<string> labels = default)
    {
        if (low.Length == 0 || low.Length != high.Length)
            throw new ArgumentException($"low and high: lengths {low.Length} and {high.Length} must be equal and at least 1.", nameof(low));
        for (int i = 0; i < low.Length; i++)
            if (!float.IsFinite(low[i]) || !float.IsFinite(high[i]) || low[i] > high[i])
                throw new ArgumentException($"low[{i}] = {low[i]} and high[{i}] = {high[i]}: finite bounds with low <= high are needed.", nameof(low));
        Low = low;
        High = high;
        Labels = labels.IsDefault ? [] : labels;
        if (Labels.Length != 0 && Labels.Length != low.Length)
            throw new ArgumentException($"labels: {Labels.Length} given for {low.Length} coordinates; give one each or none.", nameof(labels));
    }

    /// <summary>Lower bounds, [n].</summary>
    public ImmutableArray<float> Low { get; }

    /// <summary>Upper bounds, [n].</summary>
    public ImmutableArray<float> High { get; }

    /// <summary>A name per coordinate, or empty.</summary>
    public ImmutableArray<string> Labels { get; }

    /// <inheritdoc/>
    public override ElementType ElementType => ElementType.Float32;

    /// <inheritdoc/>
    public override int Length => Low.Length;
}
