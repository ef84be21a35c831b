using System.Numerics;
using System.Numerics.Tensors;

namespace TorchSharp.Engine;

internal readonly struct ExpOp : IFloatOp
{
    public static int Cost => 4;

    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Exp(x, y);
}

internal readonly struct LogOp : IFloatOp
{
    public static int Cost => 4;

    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Log(x, y);
}

internal readonly struct SqrtOp : IFloatOp
{
    public static int Cost => 2;

    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Sqrt(x, y);
}

internal readonly struct SinOp : IFloatOp
{
    public static int Cost => 8;

    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Sin(x, y);
}

internal readonly struct CosOp : IFloatOp
{
    public static int Cost => 8;

    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Cos(x, y);
}

internal readonly struct FloorOp : IFloatOp
{
    public static int Cost => 1;

    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Floor(x, y);
}

internal readonly struct CeilOp : IFloatOp
{
    public static int Cost => 1;

    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Ceiling(x, y);
}

internal readonly struct RoundOp : IFloatOp
{
    public static int Cost => 1;

    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Round(x, y);
}

internal readonly struct ReciprocalOp : IFloatOp
{
    public static int Cost => 1;

    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Reciprocal(x, y);
}

internal readonly struct SigmoidOp : IFloatOp
{
    public static int Cost => 5;

    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Sigmoid(x, y);
}

/// <summary>exp(x) - 1 without loss near zero: (u - 1) x / log u with u = exp x (Kahan).</summary>
internal readonly struct Expm1Op : IFloatOp
{
    public static int Cost => 10;

    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
        {
            T value = x[i];
            T u = T.Exp(value);
            y[i] = u == T.One ? value : u - T.One == -T.One || T.IsInfinity(u) || T.IsNaN(u) ? u - T.One : (u - T.One) * value / T.Log(u);
        }
    }
}

/// <summary>log(1 + x) without loss near zero: x log u / (u - 1) with u = 1 + x (Kahan).</summary>
internal readonly struct Log1pOp : IFloatOp
{
    public static int Cost => 10;

    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
        {
            T value = x[i];
            T u = T.One + value;
            y[i] = u == T.One || T.IsPositiveInfinity(u) ? value : T.Log(u) * (value / (u - T.One));
        }
    }
}

/// <summary>max(x, 0) + log(1 + exp(-|x|)).</summary>
internal readonly struct SoftplusOp : IFloatOp
{
    private const int Piece = 256;

    public static int Cost => 10;

    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> small = stackalloc T[Piece];
        Span<T> log = stackalloc T[Piece];
        for (int at = 0; at < x.Length; at += Piece)
        {
            int n = Math.Min(Piece, x.Length - at);
            ReadOnlySpan<T> source = x.Slice(at, n);
            Span<T> e = small[..n];
            TensorPrimitives.Abs(source, e);
            TensorPrimitives.Negate<T>(e, e);
            TensorPrimitives.Exp<T>(e, e);
            TensorPrimitives.Add(e, T.One, log[..n]);
            TensorPrimitives.Log<T>(log[..n], log[..n]);
            Span<T> target = y.Slice(at, n);
            for (int i = 0; i < n; i++)
            {
                // Below one rounding of 1 + e the logarithm is e itself; between, Kahan's correction.
                T u = T.One + e[i];
                T tail = u == T.One ? e[i] : log[i] * (e[i] / (u - T.One));
                target[i] = T.Max(source[i], T.Zero) + tail;
            }
        }
    }
}

/// <summary>Hyperbolic tangent: a polynomial near zero, 1 - 2 / (exp 2|x| + 1) beyond (coefficients of the Cephes library).</summary>
internal readonly struct TanhOp : IFloatOp
{
    private const int Piece = 256;

    public static int Cost => 6;

    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> scratch = stackalloc T[Piece];
        Span<T> last = stackalloc T[Vector<T>.Count * 2];
        for (int at = 0; at < x.Length; at += Piece)
        {
            int n = Math.Min(Piece, x.Length - at);
            ReadOnlySpan<T> source = x.Slice(at, n);
            Span<T> e = scratch[..n];
            TensorPrimitives.Abs(source, e);
            TensorPrimitives.Add<T>(e, e, e);
            TensorPrimitives.Exp<T>(e, e);
            Span<T> target = y.Slice(at, n);
            int i = 0;
            for (; i <= n - Vector<T>.Count; i += Vector<T>.Count)
                Of(new Vector<T>(source[i..]), new Vector<T>(e[i..])).CopyTo(target[i..]);
            if (i == n) continue;
            last.Clear();
            source[i..].CopyTo(last);
            e[i..].CopyTo(last[Vector<T>.Count..]);
            Of(new Vector<T>(last), new Vector<T>(last[Vector<T>.Count..])).CopyTo(last);
            last[..(n - i)].CopyTo(target[i..]);
        }
    }

    private static Vector<T> Of<T>(Vector<T> x, Vector<T> exp2)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector<T> size = Vector.Abs(x);
        Vector<T> far = Vector<T>.One - (new Vector<T>(T.CreateTruncating(2)) / (exp2 + Vector<T>.One));
        far = Vector.ConditionalSelect(Vector.LessThan(x, Vector<T>.Zero), -far, far);
        Vector<T> z = x * x;
        Vector<T> near = x + (x * z * (typeof(T) == typeof(float) ? NearSingle(z) : NearDouble(z)));
        Vector<T> result = Vector.ConditionalSelect(Vector.LessThan(size, C<T>(0.625)), near, far);
        return Vector.ConditionalSelect(Vector.Equals(x, x), result, x);
    }

    private static Vector<T> NearSingle<T>(Vector<T> z)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        (((((((C<T>(-5.70498872745E-3) * z) + C<T>(2.06390887954E-2)) * z) + C<T>(-5.37397155531E-2)) * z) + C<T>(1.33314422036E-1)) * z) + C<T>(-3.33332819422E-1);

    private static Vector<T> NearDouble<T>(Vector<T> z)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector<T> p = (((C<T>(-9.64399179425052238628E-1) * z) + C<T>(-9.92877231001918586564E1)) * z) + C<T>(-1.61468768441708447952E3);
        Vector<T> q = ((((z + C<T>(1.12811678491632931402E2)) * z) + C<T>(2.23548839060100448583E3)) * z) + C<T>(4.84406305325125486048E3);
        return p / q;
    }

    private static Vector<T> C<T>(double value)
        where T : unmanaged, IFloatingPointIeee754<T> => new(T.CreateTruncating(value));
}
