using System.Numerics;

namespace VsgGym.TorchSharp.Tests.Kernels;

/// <summary>The product by its definition, three loops in double, with the bound of Higham, Accuracy and Stability (2002), Eq. (3.5).</summary>
internal static class GemmReference
{
    /// <summary>The largest violation of |C - exact| at most (k + 4) u (sum |a b| + |start|), or 0; NaN counts as one.</summary>
    internal static double Excess<T>(
        bool transposeA, bool transposeB, int m, int n, int k, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Func<int, int, double> start, ReadOnlySpan<T> c, bool relu = false)
        where T : unmanaged, INumberBase<T>
    {
        double unit = typeof(T) == typeof(float) ? Math.ScaleB(1, -23) : Math.ScaleB(1, -52), worst = 0;
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
            {
                double sum = start(i, j), size = Math.Abs(sum);
                for (int p = 0; p < k; p++)
                {
                    double term = double.CreateChecked(transposeA ? a[(p * m) + i] : a[(i * k) + p]) * double.CreateChecked(transposeB ? b[(j * k) + p] : b[(p * n) + j]);
                    sum += term;
                    size += Math.Abs(term);
                }

                double error = Math.Abs(double.CreateChecked(c[(i * n) + j]) - (relu ? Math.Max(0, sum) : sum));
                if (!(error <= (k + 4) * unit * size)) worst = Math.Max(worst, double.IsNaN(error) ? double.PositiveInfinity : error);
            }

        return worst;
    }
}
