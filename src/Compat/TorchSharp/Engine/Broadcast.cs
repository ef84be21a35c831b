using System.Numerics;

namespace TorchSharp.Engine;

/// <summary>Runs a function of two numbers over shapes that are repeated to a common one; the usual cases without copies.</summary>
internal static class Broadcast
{
    internal static void Run<TOp, T>(TensorCore a, TensorCore b, TensorCore r)
        where TOp : struct, IBinaryOp
        where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<T> left = a.Span<T>();
        ReadOnlySpan<T> right = b.Span<T>();
        Span<T> result = r.Span<T>();
        if (result.Length == 0) return;
        if (left.Length == result.Length && right.Length == result.Length) TOp.Run(left, right, result);
        else if (right.Length == 1) TOp.Run(left, right[0], result);
        else if (left.Length == 1) TOp.Run(left[0], right, result);
        else if (left.Length == result.Length && IsTail(b.Shape, r.Shape)) Rows<TOp, T>(left, right, result);
        else if (right.Length == result.Length && IsTail(a.Shape, r.Shape)) RowsLeft<TOp, T>(left, right, result);
        else if (left.Length == result.Length && IsColumn(b.Shape, r.Shape)) Columns<TOp, T>(left, right, result);
        else if (right.Length == result.Length && IsColumn(a.Shape, r.Shape)) ColumnsLeft<TOp, T>(left, right, result);
        else General<TOp, T>(a, b, r);
    }

    // The last dimensions of the result, whole: the operand is repeated row by row.
    private static bool IsTail(long[] shape, long[] whole)
    {
        int d = 0;
        while (d < shape.Length && shape[d] == 1) d++;
        for (int back = 1; back <= shape.Length - d; back++)
        {
            if (shape[^back] != whole[^back]) return false;
        }

        return true;
    }

    // All but the last dimension of the result: the operand gives one number per row.
    private static bool IsColumn(long[] shape, long[] whole)
    {
        if (shape.Length != whole.Length || shape[^1] != 1) return false;
        return shape.AsSpan(0, shape.Length - 1).SequenceEqual(whole.AsSpan(0, whole.Length - 1));
    }

    private static void Rows<TOp, T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> r)
        where TOp : struct, IBinaryOp
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < r.Length; i += b.Length) TOp.Run(a.Slice(i, b.Length), b, r.Slice(i, b.Length));
    }

    private static void RowsLeft<TOp, T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> r)
        where TOp : struct, IBinaryOp
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < r.Length; i += a.Length) TOp.Run(a, b.Slice(i, a.Length), r.Slice(i, a.Length));
    }

    private static void Columns<TOp, T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> r)
        where TOp : struct, IBinaryOp
        where T : unmanaged, INumber<T>
    {
        int width = r.Length / b.Length;
        for (int i = 0; i < b.Length; i++) TOp.Run(a.Slice(i * width, width), b[i], r.Slice(i * width, width));
    }

    private static void ColumnsLeft<TOp, T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> r)
        where TOp : struct, IBinaryOp
        where T : unmanaged, INumber<T>
    {
        int width = r.Length / a.Length;
        for (int i = 0; i < a.Length; i++) TOp.Run(a[i], b.Slice(i * width, width), r.Slice(i * width, width));
    }

    private static void General<TOp, T>(TensorCore a, TensorCore b, TensorCore r)
        where TOp : struct, IBinaryOp
        where T : unmanaged, INumber<T>
    {
        TensorCore left = Strided.DenseAs(a, r.Shape);
        TensorCore right = Strided.DenseAs(b, r.Shape);
        TOp.Run<T>(left.Span<T>(), right.Span<T>(), r.Span<T>());
        left.Release();
        right.Release();
    }
}
