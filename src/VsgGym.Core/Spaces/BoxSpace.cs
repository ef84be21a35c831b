using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>Vectors with a lower and an upper bound per coordinate, sent as float32.</summary>
public sealed record BoxSpace : Space
{
    /// <summary>Builds the space.</summary>
    /// <param name="low">[n], finite, each below or equal to its upper bound.</param>
    /// <param name="high">[n], finite.</param>
    /// <exception cref="ArgumentException">Lengths differ, a bound is not finite, or a lower bound exceeds its upper bound.</exception>
    public BoxSpace(ImmutableArray<float> low, ImmutableArray<float> high)
    {
        if (low.Length == 0 || low.Length != high.Length)
            throw new ArgumentException($"low and high: lengths {low.Length} and {high.Length} must be equal and at least 1.", nameof(low));
        for (int i = 0; i < low.Length; i++)
            if (!float.IsFinite(low[i]) || !float.IsFinite(high[i]) || low[i] > high[i])
                throw new ArgumentException($"low[{i}] = {low[i]} and high[{i}] = {high[i]}: finite bounds with low <= high are needed.", nameof(low));
        Low = low;
        High = high;
    }

    /// <summary>Lower bounds, [n].</summary>
    public ImmutableArray<float> Low { get; }

    /// <summary>Upper bounds, [n].</summary>
    public ImmutableArray<float> High { get; }

    /// <inheritdoc/>
    public override ElementType ElementType => ElementType.Float32;

    /// <inheritdoc/>
    public override int Length => Low.Length;
}
