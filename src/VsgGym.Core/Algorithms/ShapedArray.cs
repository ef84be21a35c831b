using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>Numbers in row-major order with their shape.</summary>
public sealed class ShapedArray
{
    /// <summary>Wraps an array.</summary>
    /// <param name="data">As many numbers as the shape's product; not copied.</param>
    /// <param name="shape">Each at least 0; empty for a single number.</param>
    /// <exception cref="ArgumentException">The length is not the shape's product.</exception>
    public ShapedArray(double[] data, params ImmutableArray<int> shape)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (shape.Any(extent => extent < 0)) throw new ArgumentException($"shape [{string.Join(", ", shape)}]: an extent must be at least 0.", nameof(shape));
        double size = shape.Aggregate(1.0, (product, extent) => product * extent); // exact as far as arrays reach, and never wraps around
        if (size != data.Length) throw new ArgumentException($"shape [{string.Join(", ", shape)}] needs {size} numbers, {data.Length} given.", nameof(data));
        Data = data;
        Shape = shape;
    }

    /// <summary>The numbers, the last extent running fastest; the array that was given.</summary>
    public double[] Data { get; }

    /// <summary>The extents, slowest first.</summary>
    public ImmutableArray<int> Shape { get; }
}
