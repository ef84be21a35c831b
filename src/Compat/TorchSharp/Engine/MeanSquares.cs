using System.Numerics.Tensors;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace TorchSharp.Engine;

/// <summary>The mean of squared differences in one pass, and its gradient 2 (x - t) / n in another.</summary>
internal static class MeanSquares
{
    private const int Block = 1024;

    internal static Tensor Of(Tensor input, Tensor target)
    {
        TensorCore x = Strided.Dense(input.Core);
        TensorCore t = Strided.Dense(target.Core);
        var r = new TensorCore(Shapes.Scalar, x.Type);
        if (x.Type == ScalarType.Float32) r.Span<float>()[0] = (float)(Sum<float>(x.Span<float>(), t.Span<float>()) / x.Count);
        else r.Span<double>()[0] = Sum<double>(x.Span<double>(), t.Span<double>()) / x.Count;
        x.Release();
        t.Release();
        var result = new Tensor(r);
        Tape.Record(result, static (n, g) =>
        {
            Tensor error = n.Kept(0).sub(n.Kept(1));
            n.Send(0, error.mul(g.MulNumber(2.0 / error.Core.Count, ScalarType.Float32)));
        }, input)?.Keep(input, target);
        return result;
    }

    private static double Sum<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> t)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        Span<T> error = stackalloc T[Math.Min(Block, x.Length)];
        double total = 0;
        for (int at = 0; at < x.Length; at += Block)
        {
            int n = Math.Min(Block, x.Length - at);
            TensorPrimitives.Subtract(x.Slice(at, n), t.Slice(at, n), error[..n]);
            total += double.CreateTruncating(TensorPrimitives.SumOfSquares<T>(error[..n]));
        }

        return total;
    }
}
