using System.Numerics;
using System.Numerics.Tensors;
using static TorchSharp.torch;

namespace TorchSharp.Engine;

/// <summary>Reads and writes at positions given by an index array; equal positions are added in the order of the index.</summary>
internal static class Gathering
{
    internal static TensorCore Gather(TensorCore source, int dim, TensorCore index)
    {
        TensorCore x = Strided.Dense(source);
        TensorCore at = Positions(x, dim, index);
        var r = new TensorCore(index.Shape, x.Type);
        Pick(x, at, r);
        at.Release();
        x.Release();
        return r;
    }

    /// <summary>Adds the source into the target at the places gather would read.</summary>
    internal static void ScatterAdd(TensorCore target, int dim, TensorCore index, TensorCore source)
    {
        TensorCore at = Positions(target, dim, index);
        AddAt(target, at, source);
        at.Release();
    }

    /// <summary>Writes the source into the target at the places gather would read.</summary>
    internal static void Scatter(TensorCore target, int dim, TensorCore index, TensorCore source)
    {
        TensorCore at = Positions(target, dim, index);
        PutAt(target, at, source);
        at.Release();
    }

    internal static TensorCore Select(TensorCore source, int dim, TensorCore index)
    {
        TensorCore x = Strided.Dense(source);
        (int outer, int size, int inner) = Shapes.Split(x.Shape, dim);
        var shape = (long[])x.Shape.Clone();
        if (shape.Length > 0) shape[dim] = index.Count;
        var r = new TensorCore(shape, x.Type);
        int width = inner * Types.Size(x.Type);
        Span<byte> from = Strided.Bytes(x);
        Span<byte> to = Strided.Bytes(r);
        ReadOnlySpan<long> at = index.Span<long>();
        for (int o = 0; o < outer; o++)
        {
            for (int i = 0; i < at.Length; i++) from.Slice(((o * size) + Checked(at[i], size)) * width, width).CopyTo(to[(((o * at.Length) + i) * width)..]);
        }

        x.Release();
        return r;
    }

    /// <summary>Adds slices of the source to the slices of the target that the index names.</summary>
    internal static void SelectAdd(TensorCore target, int dim, TensorCore index, TensorCore source)
    {
        switch (target.Type)
        {
            case ScalarType.Float32: SelectAdd<float>(target, dim, index, source); break;
            case ScalarType.Float64: SelectAdd<double>(target, dim, index, source); break;
            default: SelectAdd<long>(target, dim, index, source); break;
        }
    }

    /// <summary>Elements of a dense array by their positions in it.</summary>
    internal static void Pick(TensorCore x, TensorCore at, TensorCore r)
    {
        switch (Types.Size(x.Type))
        {
            case 1: Pick<byte>(x, at, r); break;
            case 4: Pick<int>(x, at, r); break;
            default: Pick<long>(x, at, r); break;
        }
    }

    internal static void PutAt(TensorCore target, TensorCore at, TensorCore source)
    {
        switch (Types.Size(target.Type))
        {
            case 1: Put<byte>(target, at, source); break;
            case 4: Put<int>(target, at, source); break;
            default: Put<long>(target, at, source); break;
        }
    }

    internal static void AddAt(TensorCore target, TensorCore at, TensorCore source)
    {
        switch (target.Type)
        {
            case ScalarType.Float32: Add<float>(target, at, source); break;
            case ScalarType.Float64: Add<double>(target, at, source); break;
            default: Add<long>(target, at, source); break;
        }
    }

    internal static int Checked(long index, int size)
    {
        TorchError.Require(index >= -size && index < size, $"index {index} is out of bounds for dimension with size {size}");
        return (int)(index < 0 ? index + size : index);
    }

    private static void Pick<T>(TensorCore x, TensorCore at, TensorCore r)
        where T : unmanaged
    {
        ReadOnlySpan<T> source = x.Span<T>();
        ReadOnlySpan<long> index = at.Span<long>();
        Span<T> result = r.Span<T>();
        for (int i = 0; i < result.Length; i++) result[i] = source[(int)index[i]];
    }

    private static void Put<T>(TensorCore target, TensorCore at, TensorCore source)
        where T : unmanaged
    {
        ReadOnlySpan<T> values = source.Span<T>();
        ReadOnlySpan<long> index = at.Span<long>();
        Span<T> result = target.Span<T>();
        int step = values.Length == 1 ? 0 : 1;
        for (int i = 0; i < index.Length; i++) result[(int)index[i]] = values[i * step];
    }

    private static void Add<T>(TensorCore target, TensorCore at, TensorCore source)
        where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<T> values = source.Span<T>();
        ReadOnlySpan<long> index = at.Span<long>();
        Span<T> result = target.Span<T>();
        for (int i = 0; i < index.Length; i++) result[(int)index[i]] += values[i];
    }

    private static void SelectAdd<T>(TensorCore target, int dim, TensorCore index, TensorCore source)
        where T : unmanaged, INumber<T>
    {
        (int outer, int size, int inner) = Shapes.Split(target.Shape, dim);
        ReadOnlySpan<long> at = index.Span<long>();
        Span<T> result = target.Span<T>();
        ReadOnlySpan<T> values = source.Span<T>();
        for (int o = 0; o < outer; o++)
        {
            for (int i = 0; i < at.Length; i++)
            {
                Span<T> slice = result.Slice(((o * size) + Checked(at[i], size)) * inner, inner);
                TensorPrimitives.Add(slice, values.Slice(((o * at.Length) + i) * inner, inner), slice);
            }
        }
    }

    // Position in the dense array x of each element that an index of gather's kind names.
    private static TensorCore Positions(TensorCore x, int dim, TensorCore index)
    {
        TorchError.Require(index.Type == ScalarType.Int64, "gather(): Expected dtype int64 for index");
        TorchError.Require(index.Shape.Length == x.Shape.Length, "Index tensor must have the same number of dimensions as input tensor");
        TensorCore dense = Strided.Dense(index);
        var r = new TensorCore(index.Shape, ScalarType.Int64);
        ReadOnlySpan<long> at = dense.Span<long>();
        Span<long> result = r.Span<long>();
        int rank = index.Shape.Length;
        Span<long> place = stackalloc long[Math.Max(1, rank)];
        place.Clear();
        for (int i = 0; i < at.Length; i++)
        {
            long position = 0;
            for (int d = 0; d < rank; d++) position += x.Strides[d] * (d == dim ? Checked(at[i], (int)x.Shape[d]) : place[d]);
            result[i] = position;
            for (int d = rank - 1; d >= 0 && ++place[d] == index.Shape[d]; d--) place[d] = 0;
        }

        dense.Release();
        return r;
    }
}
