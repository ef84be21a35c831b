using System.Numerics;
using System.Runtime.Intrinsics;

namespace TorchSharp.Kernels;

/// <summary>Products of small row-major matrices. The order of each sum follows from the shape alone, never from the number of threads.</summary>
/// <remarks>The result must not overlap an operand. NaN and infinity spread as in PyTorch: no product is left out.</remarks>
internal static unsafe class Gemm
{
    /// <summary>C = op(A) op(B), or C += op(A) op(B).</summary>
    /// <param name="transposeA">Whether A is stored [k, m] instead of [m, k].</param>
    /// <param name="transposeB">Whether B is stored [n, k] instead of [k, n].</param>
    /// <param name="m">Rows of C, at least 0.</param>
    /// <param name="n">Columns of C, at least 0.</param>
    /// <param name="k">Products per element, at least 0; for 0 the product is 0.</param>
    /// <param name="a">At least m k elements.</param>
    /// <param name="b">At least k n elements.</param>
    /// <param name="c">At least m n elements, [m, n].</param>
    /// <param name="accumulate">Whether to add to C.</param>
    /// <exception cref="ArgumentException">A length is negative or a span too short.</exception>
    internal static void Run(
        bool transposeA, bool transposeB, int m, int n, int k, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, bool accumulate) =>
        Start(new() { TransposeA = transposeA, TransposeB = transposeB, M = m, N = n, K = k, Accumulate = accumulate }, a, b, [], c);

    /// <inheritdoc cref="Run(bool, bool, int, int, int, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, bool)"/>
    internal static void Run(
        bool transposeA, bool transposeB, int m, int n, int k, ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, bool accumulate) =>
        Start(new() { TransposeA = transposeA, TransposeB = transposeB, M = m, N = n, K = k, Accumulate = accumulate }, a, b, [], c);

    /// <summary>Y = X W^T + bias, then max(0, Y) if asked.</summary>
    /// <param name="rows">Rows of X and Y, at least 0.</param>
    /// <param name="inputs">Columns of X and W, at least 0.</param>
    /// <param name="outputs">Rows of W, columns of Y, at least 0.</param>
    /// <param name="x">[rows, inputs].</param>
    /// <param name="weight">[outputs, inputs].</param>
    /// <param name="bias">[outputs], or empty for none.</param>
    /// <param name="y">[rows, outputs].</param>
    /// <param name="relu">Whether negative results become 0; NaN stays.</param>
    /// <exception cref="ArgumentException">A length is negative or a span too short.</exception>
    internal static void Linear(
        int rows, int inputs, int outputs, ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> y, bool relu) =>
        Start(new() { TransposeB = true, M = rows, N = outputs, K = inputs, Relu = relu }, x, weight, bias, y);

    /// <inheritdoc cref="Linear(int, int, int, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, bool)"/>
    internal static void Linear(
        int rows, int inputs, int outputs, ReadOnlySpan<double> x, ReadOnlySpan<double> weight, ReadOnlySpan<double> bias, Span<double> y, bool relu) =>
        Start(new() { TransposeB = true, M = rows, N = outputs, K = inputs, Relu = relu }, x, weight, bias, y);

    private static void Start<T>(Product<T> product, ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> bias, Span<T> c)
        where T : unmanaged, INumberBase<T>
    {
        int m = product.M, n = product.N, k = product.K;
        if (m < 0 || n < 0 || k < 0) throw new ArgumentException($"m {m}, n {n}, k {k}: must be at least 0.");
        if (a.Length < (long)m * k) throw new ArgumentException($"a: has {a.Length} elements, needs {m} * {k}.", nameof(a));
        if (b.Length < (long)k * n) throw new ArgumentException($"b: has {b.Length} elements, needs {k} * {n}.", nameof(b));
        if (c.Length < (long)m * n) throw new ArgumentException($"c: has {c.Length} elements, needs {m} * {n}.", nameof(c));
        if (!bias.IsEmpty && bias.Length < n) throw new ArgumentException($"bias: has {bias.Length} elements, needs {n}.", nameof(bias));
        if (m == 0 || n == 0) return;
        fixed (T* aStart = a, bStart = b, biasStart = bias, cStart = c)
        {
            product.A = aStart;
            product.B = bStart;
            product.Bias = biasStart;
            product.C = cStart;
            Choose(product);
        }
    }

    private static void Choose<T>(in Product<T> product) where T : unmanaged, INumberBase<T>
    {
        if (product.K > 0 && (product.M == 1 || product.N == 1))
            VectorProduct<T>.Run(ByVector(product));
        else if (product.K is > 0 and <= OuterProduct<T>.MaximumDepth && !product.Accumulate && product.N >= Vector256<T>.Count)
            OuterProduct<T>.Run(product);
        else
            Product<T>.Run(product);
    }

    private static VectorProduct<T> ByVector<T>(in Product<T> product) where T : unmanaged, INumberBase<T>
    {
        bool single = product.N == 1; // C is one column; otherwise one row. Either way it is contiguous, as the vector is.
        return new()
        {
            Matrix = single ? product.A : product.B,
            Vector = single ? product.B : product.A,
            Start = product.Accumulate ? product.C : product.Bias,
            VectorStep = 1,
            StartStep = product.Accumulate || !single ? 1 : 0,
            Result = product.C,
            Count = single ? product.M : product.N,
            Depth = product.K,
            Columns = single ? product.TransposeA && product.M > 1 : !product.TransposeB,
            Relu = product.Relu,
        };
    }
}
