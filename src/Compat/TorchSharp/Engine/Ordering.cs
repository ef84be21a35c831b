using System.Numerics;
using static TorchSharp.torch;

namespace TorchSharp.Engine;

/// <summary>Sorting along the last dimension and positions of what is not zero.</summary>
internal static class Ordering
{
    internal static TensorCore NonZero(TensorCore source)
    {
        TensorCore x = Convert.Dense(source, ScalarType.Bool);
        ReadOnlySpan<bool> flags = x.Span<bool>();
        int rank = x.Shape.Length;
        int count = 0;
        foreach (bool flag in flags) count += flag ? 1 : 0;
        var r = new TensorCore([count, rank], ScalarType.Int64);
        Span<long> result = r.Span<long>();
        int at = 0;
        for (int i = 0; i < flags.Length; i++)
        {
            if (!flags[i]) continue;
            long rest = i;
            for (int d = rank - 1; d >= 0; d--)
            {
                result[(at * rank) + d] = rest % x.Shape[d];
                rest /= x.Shape[d];
            }

            at++;
        }

        x.Release();
        return r;
    }

    /// <summary>Positions that sort each row of a dense array; equal elements keep their order.</summary>
    internal static TensorCore ArgSort(TensorCore x, bool descending)
    {
        var r = new TensorCore(x.Shape, ScalarType.Int64);
        switch (x.Type)
        {
            case ScalarType.Float32: Rows<float>(x, r, descending); break;
            case ScalarType.Float64: Rows<double>(x, r, descending); break;
            case ScalarType.Int64: Rows<long>(x, r, descending); break;
            case ScalarType.Int32: Rows<int>(x, r, descending); break;
            default: Rows<byte>(x, r, descending); break;
        }

        return r;
    }

    private static void Rows<T>(TensorCore x, TensorCore r, bool descending)
        where T : unmanaged, INumber<T>
    {
        int width = x.Shape.Length == 0 ? 1 : (int)x.Shape[^1];
        if (x.Count == 0) return;
        T[] row = new T[width];
        long[] order = new long[width];
        for (int at = 0; at < x.Count; at += width)
        {
            x.Span<T>().Slice(at, width).CopyTo(row);
            for (int i = 0; i < width; i++) order[i] = i;
            Array.Sort(order, (a, b) =>
            {
                int c = Compare(row[a], row[b]);
                return c == 0 ? a.CompareTo(b) : descending ? -c : c;
            });
            order.CopyTo(r.Span<long>().Slice(at, width));
        }
    }

    // NaN counts as the largest number, as in PyTorch.
    private static int Compare<T>(T a, T b)
        where T : unmanaged, INumber<T> =>
        T.IsNaN(a) ? (T.IsNaN(b) ? 0 : 1) : T.IsNaN(b) ? -1 : a.CompareTo(b);
}
