using System.Numerics;
using System.Numerics.Tensors;
using TorchSharp.Kernels;
using static TorchSharp.torch;

namespace TorchSharp.Engine;

/// <summary>Reductions of dense arrays, seen as [outer, size, inner]. Each result is summed in one fixed order.</summary>
internal static class Reduce
{
    private const int Block = 1024;

    /// <summary>Dimensions from last to first, so that removing one does not move the others; all where none is named.</summary>
    internal static int[] Dims(ReadOnlySpan<long> dims, int rank)
    {
        int count = dims.Length == 0 ? rank : dims.Length;
        if (rank == 0) return [];
        var result = new int[count];
        for (int i = 0; i < count; i++) result[i] = dims.Length == 0 ? i : Shapes.Dim(dims[i], rank);
        Array.Sort(result, static (a, b) => b.CompareTo(a));
        return result;
    }

    internal static long[] Every(int rank)
    {
        var dims = new long[rank];
        for (int d = 0; d < rank; d++) dims[d] = d;
        return dims;
    }

    internal static TensorCore SumAll(TensorCore source, ScalarType type)
    {
        TensorCore x = Convert.Dense(source, type);
        var r = new TensorCore(Shapes.Scalar, type);
        switch (type)
        {
            case ScalarType.Float32: r.Span<float>()[0] = (float)Total(x.Span<float>()); break;
            case ScalarType.Float64: r.Span<double>()[0] = Total(x.Span<double>()); break;
            case ScalarType.Int64: r.Span<long>()[0] = TensorPrimitives.Sum<long>(x.Span<long>()); break;
            case ScalarType.Int32: r.Span<int>()[0] = TensorPrimitives.Sum<int>(x.Span<int>()); break;
            default: throw TorchError.Unsupported("sum", type);
        }

        x.Release();
        return r;
    }

    /// <summary>Sum in blocks of a fixed size, the blocks in double precision.</summary>
    internal static double Total<T>(ReadOnlySpan<T> x)
        where T : unmanaged, INumber<T>
    {
        double total = 0;
        for (int at = 0; at < x.Length; at += Block) total += double.CreateTruncating(TensorPrimitives.Sum(x.Slice(at, Math.Min(Block, x.Length - at))));
        return total;
    }

    internal static double Total<T>(Span<T> x)
        where T : unmanaged, INumber<T> => Total((ReadOnlySpan<T>)x);

    internal static TensorCore Sum(TensorCore x, int dim)
    {
        var r = new TensorCore(Shapes.Without(x.Shape, dim, true), x.Type);
        switch (x.Type)
        {
            case ScalarType.Float32: SumRows<float>(x, r, dim); break;
            case ScalarType.Float64: SumRows<double>(x, r, dim); break;
            case ScalarType.Int64: SumRows<long>(x, r, dim); break;
            case ScalarType.Int32: SumRows<int>(x, r, dim); break;
            default: throw TorchError.Unsupported("sum", x.Type);
        }

        return r;
    }

    /// <summary>Adds the rows of a matrix into one row.</summary>
    internal static void ColumnSums<T>(ReadOnlySpan<T> x, int rows, int columns, Span<T> sums)
        where T : unmanaged, INumber<T>
    {
        sums.Clear();
        for (int r = 0; r < rows; r++) TensorPrimitives.Add(sums, x.Slice(r * columns, columns), sums);
    }

    internal static TensorCore Prod(TensorCore x, int dim)
    {
        var r = new TensorCore(Shapes.Without(x.Shape, dim, true), x.Type);
        switch (x.Type)
        {
            case ScalarType.Float32: ProdRows<float>(x, r, dim); break;
            case ScalarType.Float64: ProdRows<double>(x, r, dim); break;
            default: ProdRows<long>(x, r, dim); break;
        }

        return r;
    }

    /// <summary>For each element the product of the others along the dimension.</summary>
    internal static TensorCore ProductOfOthers(TensorCore x, int dim)
    {
        var r = new TensorCore(x.Shape, x.Type);
        if (x.Type == ScalarType.Float32) Others<float>(x, r, dim);
        else Others<double>(x, r, dim);
        return r;
    }

    internal static TensorCore RunningSum(TensorCore x, int dim)
    {
        var r = new TensorCore(x.Shape, x.Type);
        switch (x.Type)
        {
            case ScalarType.Float32: Running<float>(x, r, dim); break;
            case ScalarType.Float64: Running<double>(x, r, dim); break;
            default: Running<long>(x, r, dim); break;
        }

        return r;
    }

    /// <summary>Largest or smallest elements along a dimension and their first positions; NaN wins, as in PyTorch.</summary>
    internal static TensorCore Extreme(TensorCore x, int dim, bool largest, out TensorCore positions)
    {
        long[] shape = Shapes.Without(x.Shape, dim, true);
        TorchError.Require(x.Count > 0, "Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument.");
        var r = new TensorCore(shape, x.Type);
        positions = new TensorCore(shape, ScalarType.Int64);
        switch (x.Type)
        {
            case ScalarType.Float32: ExtremeRows<float>(x, r, positions, dim, largest); break;
            case ScalarType.Float64: ExtremeRows<double>(x, r, positions, dim, largest); break;
            case ScalarType.Int64: ExtremeRows<long>(x, r, positions, dim, largest); break;
            case ScalarType.Int32: ExtremeRows<int>(x, r, positions, dim, largest); break;
            default: ExtremeRows<byte>(x, r, positions, dim, largest); break;
        }

        return r;
    }

    /// <summary>Whether all, or any, elements along a dimension are not zero.</summary>
    internal static TensorCore Truth(TensorCore source, int dim, bool every)
    {
        TensorCore x = Convert.Dense(source, ScalarType.Bool);
        (int outer, int size, int inner) = Shapes.Split(x.Shape, dim);
        var r = new TensorCore(Shapes.Without(x.Shape, dim, true), ScalarType.Bool);
        Span<bool> flags = x.Span<bool>();
        Span<bool> result = r.Span<bool>();
        for (int o = 0; o < outer; o++)
        {
            for (int i = 0; i < inner; i++)
            {
                bool truth = every;
                for (int s = 0; s < size && truth == every; s++) truth = flags[(((o * size) + s) * inner) + i];
                result[(o * inner) + i] = truth;
            }
        }

        x.Release();
        return r;
    }

    private static void SumRows<T>(TensorCore x, TensorCore r, int dim)
        where T : unmanaged, INumber<T>
    {
        (int outer, int size, int inner) = Shapes.Split(x.Shape, dim);
        Workers.For(outer, (long)size * inner, (from, to) =>
        {
            ReadOnlySpan<T> source = x.Span<T>();
            Span<T> result = r.Span<T>();
            for (int o = from; o < to; o++)
            {
                if (inner == 1) result[o] = SumLine(source.Slice(o * size, size));
                else ColumnSums(source.Slice(o * size * inner, size * inner), size, inner, result.Slice(o * inner, inner));
            }
        });
    }

    private static T SumLine<T>(ReadOnlySpan<T> line)
        where T : unmanaged, INumber<T> => line.Length <= Block || typeof(T) == typeof(long) ? TensorPrimitives.Sum(line) : T.CreateTruncating(Total(line));

    private static void ProdRows<T>(TensorCore x, TensorCore r, int dim)
        where T : unmanaged, INumber<T>
    {
        (int outer, int size, int inner) = Shapes.Split(x.Shape, dim);
        Span<T> source = x.Span<T>();
        Span<T> result = r.Span<T>();
        result.Fill(T.One);
        for (int o = 0; o < outer; o++)
        {
            for (int s = 0; s < size; s++) TensorPrimitives.Multiply(result.Slice(o * inner, inner), source.Slice(((o * size) + s) * inner, inner), result.Slice(o * inner, inner));
        }
    }

    private static void Others<T>(TensorCore x, TensorCore r, int dim)
        where T : unmanaged, INumber<T>
    {
        (int outer, int size, int inner) = Shapes.Split(x.Shape, dim);
        Span<T> source = x.Span<T>();
        Span<T> result = r.Span<T>();
        for (int o = 0; o < outer; o++)
        {
            for (int i = 0; i < inner; i++)
            {
                int first = (o * size * inner) + i;
                T before = T.One;
                for (int s = 0; s < size; s++)
                {
                    result[first + (s * inner)] = before;
                    before *= source[first + (s * inner)];
                }

                T after = T.One;
                for (int s = size - 1; s >= 0; s--)
                {
                    result[first + (s * inner)] *= after;
                    after *= source[first + (s * inner)];
                }
            }
        }
    }

    private static void Running<T>(TensorCore x, TensorCore r, int dim)
        where T : unmanaged, INumber<T>
    {
        (int outer, int size, int inner) = Shapes.Split(x.Shape, dim);
        Span<T> source = x.Span<T>();
        Span<T> result = r.Span<T>();
        for (int o = 0; o < outer; o++)
        {
            for (int s = 0; s < size; s++)
            {
                int at = ((o * size) + s) * inner;
                if (s == 0) source.Slice(at, inner).CopyTo(result[at..]);
                else TensorPrimitives.Add(source.Slice(at, inner), result.Slice(at - inner, inner), result.Slice(at, inner));
            }
        }
    }

    private static void ExtremeRows<T>(TensorCore x, TensorCore r, TensorCore positions, int dim, bool largest)
        where T : unmanaged, INumber<T>
    {
        (int outer, int size, int inner) = Shapes.Split(x.Shape, dim);
        ReadOnlySpan<T> source = x.Span<T>();
        Span<T> result = r.Span<T>();
        Span<long> where = positions.Span<long>();
        for (int o = 0; o < outer; o++)
        {
            for (int i = 0; i < inner; i++)
            {
                int first = (o * size * inner) + i;
                T best = source[first];
                int at = 0;
                for (int s = 1; s < size && !T.IsNaN(best); s++)
                {
                    T value = source[first + (s * inner)];
                    if ((largest ? value <= best : value >= best) && !T.IsNaN(value)) continue;
                    best = value;
                    at = s;
                }

                result[(o * inner) + i] = best;
                where[(o * inner) + i] = at;
            }
        }
    }
}
