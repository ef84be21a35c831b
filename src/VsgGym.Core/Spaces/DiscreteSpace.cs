using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>The whole numbers 0, ..., Count - 1, sent as one int32.</summary>
public sealed record DiscreteSpace : Space
{
    /// <summary>Builds the space.</summary>
    /// <param name="count">At least 1.</param>
    /// <param name="labels">A name per number, or none.</param>
    /// <exception cref="ArgumentException">The count is below 1, or the labels are neither absent nor one per number.</exception>
    public DiscreteSpace(int count, ImmutableArray<string> labels = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Labels = labels.IsDefault ? [] : labels;
        if (Labels.Length != 0 && Labels.Length != count)
            throw new ArgumentException($"labels: {Labels.Length} given for {count} numbers; give one each or none.", nameof(labels));
        Count = count;
    }

    /// <summary>How many numbers, at least 1.</summary>
    public int Count { get; }

    /// <summary>A name per number, or empty.</summary>
    public ImmutableArray<string> Labels { get; }

    /// <inheritdoc/>
    public override ElementType ElementType => ElementType.Int32;

    /// <inheritdoc/>
    public override int Length => 1;
}
