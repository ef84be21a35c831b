using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TorchSharp.Kernels;

/// <summary>One step of Adam in one pass over the four tensors.</summary>
/// <remarks>Every product and sum is rounded by itself, in vectors as in the rest, so the bits are the same on every processor.</remarks>
internal static unsafe class AdamKernel
{
    /// <summary>m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g g; p -= step m / (sqrt(v) root + eps), with g + decay p for g if decay is not 0.</summary>
    /// <param name="parameter">[n], updated.</param>
    /// <param name="gradient">[n].</param>
    /// <param name="m">[n], the mean gradient, updated.</param>
    /// <param name="v">[n], the mean squared gradient, updated.</param>
    /// <param name="c">The coefficients of this step.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    internal static void Step(Span<float> parameter, ReadOnlySpan<float> gradient, Span<float> m, Span<float> v, in AdamCoefficients c) =>
        Run(parameter, gradient, m, v, c);

    /// <inheritdoc cref="Step(Span{float}, ReadOnlySpan{float}, Span{float}, Span{float}, in AdamCoefficients)"/>
    internal static void Step(Span<double> parameter, ReadOnlySpan<double> gradient, Span<double> m, Span<double> v, in AdamCoefficients c) =>
        Run(parameter, gradient, m, v, c);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<T>(Span<T> parameter, ReadOnlySpan<T> gradient, Span<T> m, Span<T> v, in AdamCoefficients c)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int length = parameter.Length, lanes = Vector256<T>.Count, i = 0;
        if (gradient.Length != length || m.Length != length || v.Length != length)
            throw new ArgumentException($"lengths differ: parameter {length}, gradient {gradient.Length}, m {m.Length}, v {v.Length}.", nameof(gradient));
        // 1 - beta is taken in double, as PyTorch does: float(0.999) would be off by 1e-5 of it.
        T beta1 = T.CreateChecked(c.Beta1), rest1 = T.CreateChecked(1 - c.Beta1), beta2 = T.CreateChecked(c.Beta2), rest2 = T.CreateChecked(1 - c.Beta2);
        T step = T.CreateChecked(c.StepSize), root = T.CreateChecked(c.InverseBias2Root), epsilon = T.CreateChecked(c.Epsilon), decay = T.CreateChecked(c.WeightDecay);
        bool decays = decay != T.Zero;
        fixed (T* pp = parameter, gg = gradient, mm = m, vv = v)
        {
            for (; i <= length - lanes; i += lanes)
            {
                Vector256<T> p = Vector256.Load(pp + i), g = Vector256.Load(gg + i);
                if (decays) g += p * decay;
                Vector256<T> mean = (Vector256.Load(mm + i) * beta1) + (g * rest1);
                Vector256<T> square = (Vector256.Load(vv + i) * beta2) + (g * g * rest2);
                mean.Store(mm + i);
                square.Store(vv + i);
                (p - (mean * step / ((Vector256.Sqrt(square) * root) + Vector256.Create(epsilon)))).Store(pp + i);
            }

            for (; i < length; i++)
            {
                T g = gg[i];
                if (decays) g += pp[i] * decay;
                T mean = mm[i] = (mm[i] * beta1) + (g * rest1);
                T square = vv[i] = (vv[i] * beta2) + (g * g * rest2);
                pp[i] -= mean * step / ((T.Sqrt(square) * root) + epsilon);
            }
        }
    }
}
