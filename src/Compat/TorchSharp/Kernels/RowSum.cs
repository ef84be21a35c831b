using System.Numerics;

namespace TorchSharp.Kernels;

/// <summary>Sums over the rows of a matrix: the gradient of a bias.</summary>
internal static unsafe class RowSum
{
    /// <summary>sums[j] = sum of x[i, j] over i, or the same added to it.</summary>
    /// <param name="rows">At least 0; for 0 the sum is 0.</param>
    /// <param name="columns">At least 0.</param>
    /// <param name="x">At least rows columns elements, [rows, columns].</param>
    /// <param name="sums">At least so many elements as columns.</param>
    /// <param name="accumulate">Whether to add.</param>
    /// <exception cref="ArgumentException">A length is negative or a span too short.</exception>
    internal static void Run(int rows, int columns, ReadOnlySpan<float> x, Span<float> sums, bool accumulate) =>
        Start(rows, columns, x, sums, accumulate);

    /// <inheritdoc cref="Run(int, int, ReadOnlySpan{float}, Span{float}, bool)"/>
    internal static void Run(int rows, int columns, ReadOnlySpan<double> x, Span<double> sums, bool accumulate) =>
        Start(rows, columns, x, sums, accumulate);

    private static void Start<T>(int rows, int columns, ReadOnlySpan<T> x, Span<T> sums, bool accumulate) where T : unmanaged, INumberBase<T>
    {
        if (rows < 0 || columns < 0) throw new ArgumentException($"rows {rows}, columns {columns}: must be at least 0.");
        if (x.Length < (long)rows * columns) throw new ArgumentException($"x: has {x.Length} elements, needs {rows} * {columns}.", nameof(x));
        if (sums.Length < columns) throw new ArgumentException($"sums: has {sums.Length} elements, needs {columns}.", nameof(sums));
        if (columns == 0) return;
        T one = T.One; // Weights of 1 make the weighted sum of rows a plain one, exactly.
        fixed (T* matrix = x, result = sums)
            VectorProduct<T>.Run(new()
            {
                Matrix = matrix,
                Vector = &one,
                Start = accumulate ? result : null,
                StartStep = 1,
                Result = result,
                Count = columns,
                Depth = rows,
                Columns = true,
            });
    }
}
