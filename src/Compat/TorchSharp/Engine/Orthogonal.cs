using System.Numerics.Tensors;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace TorchSharp.Engine;

/// <summary>Random orthonormal rows.</summary>
internal static class Orthogonal
{
    /// <summary>count rows of the given width, count at most width, in row order.</summary>
    internal static double[] Rows(int count, int width)
    {
        using Tensor normal = RandomNumbers.Normal([count, width], ScalarType.Float64, 0, 1, null);
        double[] rows = normal.Core.Span<double>().ToArray();
        for (int r = 0; r < count; r++)
        {
            Span<double> row = rows.AsSpan(r * width, width);
            // A second pass takes off what rounding left of the first.
            for (int pass = 0; pass < 2; pass++)
            {
                for (int other = 0; other < r; other++)
                {
                    ReadOnlySpan<double> done = rows.AsSpan(other * width, width);
                    TensorPrimitives.MultiplyAdd(done, -TensorPrimitives.Dot(done, (ReadOnlySpan<double>)row), row, row);
                }

                TensorPrimitives.Divide(row, TensorPrimitives.Norm((ReadOnlySpan<double>)row), row);
            }
        }

        return rows;
    }
}
