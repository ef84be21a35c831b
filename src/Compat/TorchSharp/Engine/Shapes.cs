namespace TorchSharp.Engine;

/// <summary>Arithmetic on shapes. Shape and stride arrays are never written after they were made, so tensors share them.</summary>
internal static class Shapes
{
    internal static readonly long[] Scalar = [];

    internal static long Count(ReadOnlySpan<long> shape)
    {
        long count = 1;
        foreach (long size in shape) count *= size;
        return count;
    }

    internal static long[] Strides(ReadOnlySpan<long> shape)
    {
        if (shape.Length == 0) return Scalar;
        var strides = new long[shape.Length];
        long step = 1;
        for (int d = shape.Length - 1; d >= 0; d--)
        {
            strides[d] = step;
            step *= Math.Max(1, shape[d]);
        }

        return strides;
    }

    internal static bool IsContiguous(ReadOnlySpan<long> shape, ReadOnlySpan<long> strides)
    {
        long step = 1;
        for (int d = shape.Length - 1; d >= 0; d--)
        {
            if (shape[d] == 0) return true;
            if (shape[d] != 1 && strides[d] != step) return false;
            step *= shape[d];
        }

        return true;
    }

    internal static bool Same(long[] a, long[] b) => ReferenceEquals(a, b) || a.AsSpan().SequenceEqual(b);

    /// <summary>The shape both broadcast to, by the rules of NumPy.</summary>
    internal static long[] Broadcast(long[] a, long[] b)
    {
        if (Same(a, b)) return a;
        int rank = Math.Max(a.Length, b.Length);
        var result = new long[rank];
        for (int d = 1; d <= rank; d++)
        {
            long left = d <= a.Length ? a[^d] : 1;
            long right = d <= b.Length ? b[^d] : 1;
            TorchError.Require(left == right || left == 1 || right == 1, $"The size of tensor a ({left}) must match the size of tensor b ({right}) at non-singleton dimension {rank - d}");
            result[rank - d] = left == 1 ? right : left;
        }

        return Same(result, a) ? a : Same(result, b) ? b : result;
    }

    /// <summary>Strides by which a tensor is read as one of the larger shape: zero where it is repeated.</summary>
    internal static long[] ExpandStrides(long[] shape, long[] strides, long[] larger)
    {
        var result = new long[larger.Length];
        int lead = larger.Length - shape.Length;
        for (int d = 0; d < shape.Length; d++) result[lead + d] = shape[d] == 1 && larger[lead + d] != 1 ? 0 : strides[d];
        return result;
    }

    internal static int Dim(long dim, int rank)
    {
        int limit = Math.Max(rank, 1);
        TorchError.Require(dim >= -limit && dim < limit, $"Dimension out of range (expected to be in range of [{-limit}, {limit - 1}], but got {dim})");
        return (int)(dim < 0 ? dim + limit : dim);
    }

    internal static long[] Without(long[] shape, int dim, bool keep)
    {
        if (shape.Length == 0) return shape;
        if (keep)
        {
            var kept = (long[])shape.Clone();
            kept[dim] = 1;
            return kept;
        }

        var result = new long[shape.Length - 1];
        for (int d = 0, at = 0; d < shape.Length; d++)
        {
            if (d != dim) result[at++] = shape[d];
        }

        return result;
    }

    /// <summary>Sizes before, at and after a dimension: a contiguous tensor is [outer, size, inner].</summary>
    internal static (int Outer, int Size, int Inner) Split(long[] shape, int dim)
    {
        if (shape.Length == 0) return (1, 1, 1);
        return ((int)Count(shape.AsSpan(0, dim)), (int)shape[dim], (int)Count(shape.AsSpan(dim + 1)));
    }

    /// <summary>Fills in the one -1 of a requested shape.</summary>
    internal static long[] Infer(ReadOnlySpan<long> requested, long count)
    {
        long[] shape = requested.ToArray();
        int open = Array.IndexOf(shape, -1);
        if (open >= 0)
        {
            long rest = 1;
            for (int d = 0; d < shape.Length; d++) rest *= d == open ? 1 : shape[d];
            TorchError.Require(rest != 0 && count % rest == 0, $"shape '{Text(requested)}' is invalid for input of size {count}");
            shape[open] = count / rest;
        }

        TorchError.Require(Count(shape) == count, $"shape '{Text(requested)}' is invalid for input of size {count}");
        return shape;
    }

    internal static string Text(ReadOnlySpan<long> shape) => $"[{string.Join(", ", shape.ToArray())}]";
}
