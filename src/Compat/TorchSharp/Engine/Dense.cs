using TorchSharp.Kernels;
using static TorchSharp.torch;

namespace TorchSharp.Engine;

/// <summary>Kernels on dense arrays that no single element function expresses.</summary>
internal static class Dense
{
    /// <summary>The gradient where the output is positive, else zero: backward of ReLU.</summary>
    internal static Tensor MaskPositive(Tensor gradient, Tensor output)
    {
        if (GradMode.Enabled && gradient.Core.RequiresGrad) return where(output.gt(0), gradient, zeros_like(gradient));
        TensorCore g = Strided.Dense(gradient.Core);
        TensorCore y = Strided.Dense(output.Core);
        var r = new TensorCore(y.Shape, g.Type, y.Strides);
        if (g.Type == ScalarType.Float32) ReluKernel.Backward(y.Span<float>(), g.Span<float>(), r.Span<float>());
        else ReluKernel.Backward(y.Span<double>(), g.Span<double>(), r.Span<double>());
        g.Release();
        y.Release();
        return new Tensor(r);
    }

    /// <summary>Picks from two dense arrays by a dense mask, all of one shape.</summary>
    internal static void Where(TensorCore mask, TensorCore x, TensorCore y, TensorCore r)
    {
        switch (Types.Size(r.Type))
        {
            case 1: Where<byte>(mask.Span<bool>(), x.Span<byte>(), y.Span<byte>(), r.Span<byte>()); break;
            case 4: Where<int>(mask.Span<bool>(), x.Span<int>(), y.Span<int>(), r.Span<int>()); break;
            default: Where<long>(mask.Span<bool>(), x.Span<long>(), y.Span<long>(), r.Span<long>()); break;
        }
    }

    private static void Where<T>(ReadOnlySpan<bool> mask, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> r)
        where T : unmanaged
    {
        int stepX = x.Length == 1 ? 0 : 1;
        int stepY = y.Length == 1 ? 0 : 1;
        int stepMask = mask.Length == 1 ? 0 : 1;
        for (int i = 0; i < r.Length; i++) r[i] = mask[i * stepMask] ? x[i * stepX] : y[i * stepY];
    }
}
