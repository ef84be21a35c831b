using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>An array given by some of its elements; the others are 0.</summary>
/// <param name="Indices">[n * D], the place of each element row by row, none twice.</param>
/// <param name="Values">[n].</param>
/// <param name="Shape">The lengths of the D axes.</param>
public sealed record SparseArray(IReadOnlyList<int> Indices, IReadOnlyList<double> Values, int[] Shape)
{
    /// <summary>The whole array.</summary>
    public NdArray ToDense()
    {
        double[] dense = new double[Shape.Aggregate(1, (product, axis) => checked(product * axis))];
        for (int i = 0; i < Values.Count; i++)
        {
            int place = 0;
            for (int d = 0; d < Shape.Length; d++) place = (place * Shape[d]) + Indices[(i * Shape.Length) + d];
            dense[place] = Values[i];
        }

        return new NdArray(dense, Shape);
    }

    internal Wire.SparseTensor ToWire()
    {
        if (Indices.Count != (long)Values.Count * Shape.Length)
            throw ErrorDecoder.Invalid("indices", $"{Indices.Count} numbers", $"must be {Shape.Length} for each of the {Values.Count} values", "wrong_shape");
        var wire = new Wire.SparseTensor { Indices = Tensors.Whole(Indices, Values.Count, Shape.Length), Values = new NdArray([.. Values], Values.Count).ToWire() };
        wire.Shape.AddRange(Shape.Select(axis => (long)axis));
        return wire;
    }

    internal static SparseArray FromWire(Wire.SparseTensor wire) =>
        new(Tensors.Whole(wire.Indices), NdArray.FromWire(wire.Values).Data.ToArray(), [.. wire.Shape.Select(axis => checked((int)axis))]);
}
