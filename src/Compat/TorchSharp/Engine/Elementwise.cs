using System.Numerics;
using TorchSharp.Kernels;
using static TorchSharp.torch;

namespace TorchSharp.Engine;

/// <summary>A function of one number, on spans of a floating type.</summary>
internal interface IFloatOp
{
    /// <summary>Rough cost of an element relative to an addition.</summary>
    static abstract int Cost { get; }

    static abstract void Run<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>A function of one number, on spans of any number type.</summary>
internal interface INumberOp
{
    static abstract void Run<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, INumber<T>;
}

/// <summary>A function of two numbers, on spans of any number type.</summary>
internal interface IBinaryOp
{
    static abstract void Run<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> r)
        where T : unmanaged, INumber<T>;

    static abstract void Run<T>(ReadOnlySpan<T> a, T b, Span<T> r)
        where T : unmanaged, INumber<T>;

    static abstract void Run<T>(T a, ReadOnlySpan<T> b, Span<T> r)
        where T : unmanaged, INumber<T>;
}

/// <summary>A test of two numbers.</summary>
internal interface ICompareOp
{
    static abstract bool Test<T>(T a, T b)
        where T : unmanaged, INumber<T>;
}

/// <summary>Functions of each element on its own. Large arrays are cut at fixed places, so the bits do not depend on the threads.</summary>
internal static class Elementwise
{
    private const int Block = 4096;
    private const int Parallel = 32768;

    internal static Tensor Float<TOp>(Tensor x)
        where TOp : struct, IFloatOp
    {
        ScalarType type = Types.FloatOf(x.Core.Type);
        TensorCore a = Convert.Dense(x.Core, type);
        var r = new TensorCore(a.Shape, type, a.Strides);
        if (type == ScalarType.Float32) RunFloat<TOp, float>(a, r);
        else RunFloat<TOp, double>(a, r);
        a.Release();
        return new Tensor(r);
    }

    internal static Tensor Number<TOp>(Tensor x)
        where TOp : struct, INumberOp
    {
        TensorCore a = Strided.Dense(x.Core);
        var r = new TensorCore(a.Shape, a.Type, a.Strides);
        Number<TOp>(a, r);
        a.Release();
        return new Tensor(r);
    }

    internal static void Number<TOp>(TensorCore a, TensorCore r)
        where TOp : struct, INumberOp
    {
        switch (a.Type)
        {
            case ScalarType.Float32: TOp.Run<float>(a.Span<float>(), r.Span<float>()); break;
            case ScalarType.Float64: TOp.Run<double>(a.Span<double>(), r.Span<double>()); break;
            case ScalarType.Int64: TOp.Run<long>(a.Span<long>(), r.Span<long>()); break;
            case ScalarType.Int32: TOp.Run<int>(a.Span<int>(), r.Span<int>()); break;
            default: TOp.Run<byte>(a.Span<byte>(), r.Span<byte>()); break;
        }
    }

    internal static Tensor Binary<TOp>(Tensor a, Tensor b)
        where TOp : struct, IBinaryOp => Binary<TOp>(a, b, Types.Promote(a.Core, b.Core));

    internal static Tensor Binary<TOp>(Tensor a, Tensor b, ScalarType type)
        where TOp : struct, IBinaryOp
    {
        TensorCore left = Convert.Dense(a.Core, type);
        TensorCore right = Convert.Dense(b.Core, type);
        long[] shape = Shapes.Broadcast(left.Shape, right.Shape);
        var r = new TensorCore(shape, type, ReferenceEquals(shape, left.Shape) ? left.Strides : ReferenceEquals(shape, right.Shape) ? right.Strides : null);
        BinaryInto<TOp>(left, right, r);
        left.Release();
        right.Release();
        return new Tensor(r);
    }

    /// <summary>Dense operands of the result's type, broadcast to its shape; the result may be the left operand itself.</summary>
    internal static void BinaryInto<TOp>(TensorCore a, TensorCore b, TensorCore r)
        where TOp : struct, IBinaryOp
    {
        switch (r.Type)
        {
            case ScalarType.Float32: Broadcast.Run<TOp, float>(a, b, r); break;
            case ScalarType.Float64: Broadcast.Run<TOp, double>(a, b, r); break;
            case ScalarType.Int64: Broadcast.Run<TOp, long>(a, b, r); break;
            case ScalarType.Int32: Broadcast.Run<TOp, int>(a, b, r); break;
            case ScalarType.Byte: Broadcast.Run<TOp, byte>(a, b, r); break;
            default:
                Broadcast.Run<TOp, byte>(a, b, r);
                System.Numerics.Tensors.TensorPrimitives.Min<byte>(r.Span<byte>(), 1, r.Span<byte>());
                break;
        }
    }

    /// <summary>A tensor and a number; the number keeps the tensor's type unless it is of a higher kind.</summary>
    internal static Tensor WithNumber<TOp>(Tensor a, double number, ScalarType kind, bool numberFirst = false, ScalarType? forced = null)
        where TOp : struct, IBinaryOp
    {
        ScalarType type = forced ?? Types.PromoteNumber(a.Core.Type, kind);
        TensorCore left = Convert.Dense(a.Core, type);
        var r = new TensorCore(left.Shape, type, left.Strides);
        NumberInto<TOp>(left, number, r, numberFirst);
        left.Release();
        return new Tensor(r);
    }

    internal static void NumberInto<TOp>(TensorCore a, double number, TensorCore r, bool numberFirst = false)
        where TOp : struct, IBinaryOp
    {
        switch (r.Type)
        {
            case ScalarType.Float32: NumberInto<TOp, float>(a, (float)number, r, numberFirst); break;
            case ScalarType.Float64: NumberInto<TOp, double>(a, number, r, numberFirst); break;
            case ScalarType.Int64: NumberInto<TOp, long>(a, (long)number, r, numberFirst); break;
            case ScalarType.Int32: NumberInto<TOp, int>(a, (int)number, r, numberFirst); break;
            default: NumberInto<TOp, byte>(a, (byte)number, r, numberFirst); break;
        }
    }

    internal static Tensor Compare<TOp>(Tensor a, Tensor b)
        where TOp : struct, ICompareOp
    {
        ScalarType type = Types.Promote(a.Core, b.Core);
        TensorCore left = Convert.Dense(a.Core, type);
        TensorCore right = Convert.Dense(b.Core, type);
        long[] shape = Shapes.Broadcast(left.Shape, right.Shape);
        TensorCore wideLeft = left.Count == 1 ? left.Retain() : Strided.DenseAs(left, shape);
        TensorCore wideRight = right.Count == 1 ? right.Retain() : Strided.DenseAs(right, shape);
        var r = new TensorCore(shape, ScalarType.Bool);
        switch (type)
        {
            case ScalarType.Float32: Compare<TOp, float>(wideLeft, wideRight, r); break;
            case ScalarType.Float64: Compare<TOp, double>(wideLeft, wideRight, r); break;
            case ScalarType.Int64: Compare<TOp, long>(wideLeft, wideRight, r); break;
            case ScalarType.Int32: Compare<TOp, int>(wideLeft, wideRight, r); break;
            default: Compare<TOp, byte>(wideLeft, wideRight, r); break;
        }

        wideLeft.Release();
        wideRight.Release();
        left.Release();
        right.Release();
        return new Tensor(r);
    }

    private static void Compare<TOp, T>(TensorCore a, TensorCore b, TensorCore r)
        where TOp : struct, ICompareOp
        where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<T> left = a.Span<T>();
        ReadOnlySpan<T> right = b.Span<T>();
        Span<bool> result = r.Span<bool>();
        int stepLeft = left.Length == 1 ? 0 : 1;
        int stepRight = right.Length == 1 ? 0 : 1;
        for (int i = 0; i < result.Length; i++) result[i] = TOp.Test(left[i * stepLeft], right[i * stepRight]);
    }

    private static void RunFloat<TOp, T>(TensorCore a, TensorCore r)
        where TOp : struct, IFloatOp
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (r.Count * (long)TOp.Cost < Parallel || r.Count < 2 * Block || Workers.Count == 1)
        {
            TOp.Run<T>(a.Span<T>(), r.Span<T>());
            return;
        }

        Workers.For(r.Count / Block, Block * TOp.Cost, (from, to) =>
        {
            Range range = Cut(from, to, r.Count);
            TOp.Run<T>(a.Span<T>()[range], r.Span<T>()[range]);
        });
    }

    private static void NumberInto<TOp, T>(TensorCore a, T number, TensorCore r, bool numberFirst)
        where TOp : struct, IBinaryOp
        where T : unmanaged, INumber<T>
    {
        if (numberFirst) TOp.Run(number, a.Span<T>(), r.Span<T>());
        else TOp.Run(a.Span<T>(), number, r.Span<T>());
    }

    /// <summary>Elements of the blocks [from, to); the last block takes the rest, so none is shorter than a block.</summary>
    internal static Range Cut(int from, int to, int count) => (from * Block)..(to == count / Block ? count : to * Block);
}
