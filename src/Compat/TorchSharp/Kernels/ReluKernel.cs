using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TorchSharp.Kernels;

/// <summary>The gradient through max(0, x).</summary>
internal static unsafe class ReluKernel
{
    /// <summary>The gradient where the output is above 0, else 0; a NaN output lets it pass, as in PyTorch.</summary>
    /// <param name="output">[n], max(0, x) or x itself.</param>
    /// <param name="gradient">[n], by the output.</param>
    /// <param name="result">[n], by x; may be one of the other two.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    internal static void Backward(ReadOnlySpan<float> output, ReadOnlySpan<float> gradient, Span<float> result) => Run(output, gradient, result);

    /// <inheritdoc cref="Backward(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    internal static void Backward(ReadOnlySpan<double> output, ReadOnlySpan<double> gradient, Span<double> result) => Run(output, gradient, result);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> gradient, Span<T> result) where T : unmanaged, INumber<T>
    {
        int length = result.Length, lanes = Vector256<T>.Count, i = 0;
        if (output.Length != length || gradient.Length != length)
            throw new ArgumentException($"lengths differ: output {output.Length}, gradient {gradient.Length}, result {length}.", nameof(result));
        fixed (T* y = output, g = gradient, r = result)
        {
            for (; i <= length - lanes; i += lanes)
                Vector256.AndNot(Vector256.Load(g + i), Vector256.LessThanOrEqual(Vector256.Load(y + i), Vector256<T>.Zero)).Store(r + i);
            for (; i < length; i++) r[i] = y[i] <= T.Zero ? T.Zero : g[i];
        }
    }
}
