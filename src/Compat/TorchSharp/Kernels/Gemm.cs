using System.Numerics;
using System.Numerics.Tensors;

namespace TorchSharp.Kernels;

/// <summary>Products of row-major matrices. Each output is summed in one fixed order whatever the number of threads.</summary>
internal static class Gemm
{
    internal static void Run(bool transposeA, bool transposeB, int m, int n, int k, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, bool accumulate) =>
        Product(transposeA, transposeB, m, n, k, a, b, c, accumulate);

    internal static void Run(bool transposeA, bool transposeB, int m, int n, int k, ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, bool accumulate) =>
        Product(transposeA, transposeB, m, n, k, a, b, c, accumulate);

    internal static void Linear(int rows, int inputs, int outputs, ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> y, bool relu) =>
        LinearRows(rows, inputs, outputs, x, weight, bias, y, relu);

    internal static void Linear(int rows, int inputs, int outputs, ReadOnlySpan<double> x, ReadOnlySpan<double> weight, ReadOnlySpan<double> bias, Span<double> y, bool relu) =>
        LinearRows(rows, inputs, outputs, x, weight, bias, y, relu);

    private static void LinearRows<T>(int rows, int inputs, int outputs, ReadOnlySpan<T> x, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> y, bool relu)
        where T : unmanaged, INumber<T>
    {
        Product(false, true, rows, outputs, inputs, x, weight, y, false);
        for (int r = 0; r < rows; r++)
        {
            Span<T> row = y.Slice(r * outputs, outputs);
            if (!bias.IsEmpty) TensorPrimitives.Add(row, bias, row);
            if (relu) TensorPrimitives.Max(row, T.Zero, row);
        }
    }

    private static void Product<T>(bool transposeA, bool transposeB, int m, int n, int k, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, bool accumulate)
        where T : unmanaged, INumber<T>
    {
        if (!accumulate) c[..(m * n)].Clear();
        for (int i = 0; i < m; i++)
        {
            Span<T> row = c.Slice(i * n, n);
            if (transposeB && !transposeA)
            {
                for (int j = 0; j < n; j++) row[j] += TensorPrimitives.Dot(a.Slice(i * k, k), b.Slice(j * k, k));
                continue;
            }

            for (int l = 0; l < k; l++)
            {
                T value = transposeA ? a[(l * m) + i] : a[(i * k) + l];
                if (!transposeB) TensorPrimitives.MultiplyAdd(b.Slice(l * n, n), value, row, row);
                else for (int j = 0; j < n; j++) row[j] += value * b[(j * k) + l];
            }
        }
    }
}
