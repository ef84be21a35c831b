using System.Numerics;
using System.Numerics.Tensors;
using TorchSharp.Kernels;
using static TorchSharp.torch;

namespace TorchSharp.Engine;

/// <summary>Softmax and its relatives along the rows of a dense matrix; the row's maximum is taken off before exponents are.</summary>
internal static class SoftmaxRows
{
    internal static TensorCore LogSumExp(TensorCore x)
    {
        var r = new TensorCore(Shapes.Without(x.Shape, Math.Max(0, x.Shape.Length - 1), true), x.Type);
        if (x.Type == ScalarType.Float32) LogSumExp<float>(x, r);
        else LogSumExp<double>(x, r);
        return r;
    }

    internal static TensorCore Softmax(TensorCore x, bool log)
    {
        var r = new TensorCore(x.Shape, x.Type, x.Strides);
        if (x.Type == ScalarType.Float32) Rows<float>(x, r, log);
        else Rows<double>(x, r, log);
        return r;
    }

    /// <summary>Backward of softmax, y (g - sum g y), or of its logarithm, g - exp(y) sum g.</summary>
    internal static TensorCore Backward(TensorCore y, TensorCore g, bool log)
    {
        var r = new TensorCore(y.Shape, y.Type, y.Strides);
        if (y.Type == ScalarType.Float32) BackwardRows<float>(y, g, r, log);
        else BackwardRows<double>(y, g, r, log);
        return r;
    }

    private static int Width(TensorCore x) => x.Shape.Length == 0 ? 1 : (int)x.Shape[^1];

    private static void LogSumExp<T>(TensorCore x, TensorCore r)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = Width(x);
        Workers.For(r.Count, width * 8L, (from, to) =>
        {
            ReadOnlySpan<T> source = x.Span<T>();
            Span<T> result = r.Span<T>();
            T[] scratch = System.Buffers.ArrayPool<T>.Shared.Rent(width);
            for (int i = from; i < to; i++) result[i] = LogSumExp(source.Slice(i * width, width), scratch.AsSpan(0, width), out T _);
            System.Buffers.ArrayPool<T>.Shared.Return(scratch);
        });
    }

    /// <summary>Leaves exp(x - max) in the scratch and their sum in the result.</summary>
    private static T LogSumExp<T>(ReadOnlySpan<T> row, Span<T> scratch, out T sum)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T most = TensorPrimitives.Max(row);
        // All at minus infinity: the sum is zero; any at plus infinity: so is the result.
        T off = T.IsInfinity(most) ? T.Zero : most;
        TensorPrimitives.Subtract(row, off, scratch);
        TensorPrimitives.Exp<T>(scratch, scratch);
        sum = TensorPrimitives.Sum<T>(scratch);
        return T.Log(sum) + off;
    }

    private static void Rows<T>(TensorCore x, TensorCore r, bool log)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = Width(x);
        if (x.Count == 0) return;
        Workers.For(x.Count / width, width * 8L, (from, to) =>
        {
            ReadOnlySpan<T> source = x.Span<T>();
            Span<T> result = r.Span<T>();
            for (int i = from; i < to; i++)
            {
                ReadOnlySpan<T> row = source.Slice(i * width, width);
                Span<T> target = result.Slice(i * width, width);
                T total = LogSumExp(row, target, out T sum);
                if (log) TensorPrimitives.Subtract(row, total, target);
                else TensorPrimitives.Divide(target, sum, target);
            }
        });
    }

    private static void BackwardRows<T>(TensorCore y, TensorCore g, TensorCore r, bool log)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = Width(y);
        if (y.Count == 0) return;
        Workers.For(y.Count / width, width * 8L, (from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                ReadOnlySpan<T> output = y.Span<T>().Slice(i * width, width);
                ReadOnlySpan<T> gradient = g.Span<T>().Slice(i * width, width);
                Span<T> target = r.Span<T>().Slice(i * width, width);
                if (log)
                {
                    TensorPrimitives.Exp(output, target);
                    TensorPrimitives.Multiply(target, -TensorPrimitives.Sum(gradient), target);
                    TensorPrimitives.Add(target, gradient, target);
                }
                else
                {
                    TensorPrimitives.Subtract(gradient, TensorPrimitives.Dot(output, gradient), target);
                    TensorPrimitives.Multiply(target, output, target);
                }
            }
        });
    }
}
