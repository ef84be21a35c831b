using System.Numerics;
using System.Numerics.Tensors;

namespace TorchSharp.Engine;

internal readonly struct AddOp : IBinaryOp
{
    public static void Run<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> r)
        where T : unmanaged, INumber<T> => TensorPrimitives.Add(a, b, r);

    public static void Run<T>(ReadOnlySpan<T> a, T b, Span<T> r)
        where T : unmanaged, INumber<T> => TensorPrimitives.Add(a, b, r);

    public static void Run<T>(T a, ReadOnlySpan<T> b, Span<T> r)
        where T : unmanaged, INumber<T> => TensorPrimitives.Add(b, a, r);
}

internal readonly struct SubOp : IBinaryOp
{
    public static void Run<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> r)
        where T : unmanaged, INumber<T> => TensorPrimitives.Subtract(a, b, r);

    public static void Run<T>(ReadOnlySpan<T> a, T b, Span<T> r)
        where T : unmanaged, INumber<T> => TensorPrimitives.Subtract(a, b, r);

    public static void Run<T>(T a, ReadOnlySpan<T> b, Span<T> r)
        where T : unmanaged, INumber<T> => TensorPrimitives.Subtract(a, b, r);
}

internal readonly struct MulOp : IBinaryOp
{
    public static void Run<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> r)
        where T : unmanaged, INumber<T> => TensorPrimitives.Multiply(a, b, r);

    public static void Run<T>(ReadOnlySpan<T> a, T b, Span<T> r)
        where T : unmanaged, INumber<T> => TensorPrimitives.Multiply(a, b, r);

    public static void Run<T>(T a, ReadOnlySpan<T> b, Span<T> r)
        where T : unmanaged, INumber<T> => TensorPrimitives.Multiply(b, a, r);
}

internal readonly struct DivOp : IBinaryOp
{
    public static void Run<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> r)
        where T : unmanaged, INumber<T> => TensorPrimitives.Divide(a, b, r);

    public static void Run<T>(ReadOnlySpan<T> a, T b, Span<T> r)
        where T : unmanaged, INumber<T> => TensorPrimitives.Divide(a, b, r);

    public static void Run<T>(T a, ReadOnlySpan<T> b, Span<T> r)
        where T : unmanaged, INumber<T> => TensorPrimitives.Divide(a, b, r);
}

internal readonly struct MaxOp : IBinaryOp
{
    public static void Run<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> r)
        where T : unmanaged, INumber<T> => TensorPrimitives.Max(a, b, r);

    public static void Run<T>(ReadOnlySpan<T> a, T b, Span<T> r)
        where T : unmanaged, INumber<T> => TensorPrimitives.Max(a, b, r);

    public static void Run<T>(T a, ReadOnlySpan<T> b, Span<T> r)
        where T : unmanaged, INumber<T> => TensorPrimitives.Max(b, a, r);
}

internal readonly struct MinOp : IBinaryOp
{
    public static void Run<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> r)
        where T : unmanaged, INumber<T> => TensorPrimitives.Min(a, b, r);

    public static void Run<T>(ReadOnlySpan<T> a, T b, Span<T> r)
        where T : unmanaged, INumber<T> => TensorPrimitives.Min(a, b, r);

    public static void Run<T>(T a, ReadOnlySpan<T> b, Span<T> r)
        where T : unmanaged, INumber<T> => TensorPrimitives.Min(b, a, r);
}

/// <summary>Remainder with the sign of the divisor, as Python's and PyTorch's.</summary>
internal readonly struct RemainderOp : IBinaryOp
{
    public static void Run<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> r)
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < r.Length; i++) r[i] = Of(a[i], b[i]);
    }

    public static void Run<T>(ReadOnlySpan<T> a, T b, Span<T> r)
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < r.Length; i++) r[i] = Of(a[i], b);
    }

    public static void Run<T>(T a, ReadOnlySpan<T> b, Span<T> r)
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < r.Length; i++) r[i] = Of(a, b[i]);
    }

    private static T Of<T>(T a, T b)
        where T : unmanaged, INumber<T>
    {
        T rest = a % b;
        return rest != T.Zero && (rest < T.Zero) != (b < T.Zero) ? rest + b : rest;
    }
}

internal readonly struct NegOp : INumberOp
{
    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, INumber<T> => TensorPrimitives.Negate(x, y);
}

internal readonly struct AbsOp : INumberOp
{
    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, INumber<T> => TensorPrimitives.Abs(x, y);
}

internal readonly struct SquareOp : INumberOp
{
    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, INumber<T> => TensorPrimitives.Multiply(x, x, y);
}

internal readonly struct SignOp : INumberOp
{
    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < y.Length; i++) y[i] = x[i] > T.Zero ? T.One : x[i] < T.Zero ? T.Zero - T.One : x[i];
    }
}

internal readonly struct ReluOp : INumberOp
{
    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, INumber<T> => TensorPrimitives.Max(x, T.Zero, y);
}

internal readonly struct EqualOp : ICompareOp
{
    public static bool Test<T>(T a, T b)
        where T : unmanaged, INumber<T> => a == b;
}

internal readonly struct NotEqualOp : ICompareOp
{
    public static bool Test<T>(T a, T b)
        where T : unmanaged, INumber<T> => a != b;
}

internal readonly struct LessOp : ICompareOp
{
    public static bool Test<T>(T a, T b)
        where T : unmanaged, INumber<T> => a < b;
}

internal readonly struct LessEqualOp : ICompareOp
{
    public static bool Test<T>(T a, T b)
        where T : unmanaged, INumber<T> => a <= b;
}

internal readonly struct GreaterOp : ICompareOp
{
    public static bool Test<T>(T a, T b)
        where T : unmanaged, INumber<T> => a > b;
}

internal readonly struct GreaterEqualOp : ICompareOp
{
    public static bool Test<T>(T a, T b)
        where T : unmanaged, INumber<T> => a >= b;
}
