namespace VsgGym.Numerics;

/// <summary>Dense linear systems.</summary>
public static class LinearSystem
{
    /// <summary>Solves A x = b in place by Gaussian elimination with partial pivoting.</summary>
    /// <param name="matrix">[n * n], row-major; overwritten.</param>
    /// <param name="vector">[n], b on entry, x on return.</param>
    /// <exception cref="ArgumentException">The sizes differ, or the matrix is singular or not finite.</exception>
    public static void Solve(Span<double> matrix, Span<double> vector)
    {
        int n = vector.Length;
        if (matrix.Length != (long)n * n) throw new ArgumentException($"matrix: {matrix.Length} numbers given, {n} x {n} needed.", nameof(matrix));
        for (int column = 0; column < n; column++)
        {
            Pivot(matrix, vector, column);
            double pivot = matrix[(column * n) + column];
            if (pivot == 0 || !double.IsFinite(pivot)) throw new ArgumentException($"matrix: singular or not finite at column {column}.", nameof(matrix));
            var pivotRow = matrix.Slice((column * n) + column + 1, n - column - 1);
            for (int row = column + 1; row < n; row++)
            {
                double factor = matrix[(row * n) + column] / pivot;
                if (factor == 0) continue;
                var target = matrix.Slice((row * n) + column + 1, n - column - 1);
                for (int k = 0; k < target.Length; k++) target[k] -= factor * pivotRow[k];
                vector[row] -= factor * vector[column];
            }
        }

        for (int row = n - 1; row >= 0; row--)
        {
            double sum = vector[row];
            for (int k = row + 1; k < n; k++) sum -= matrix[(row * n) + k] * vector[k];
            vector[row] = sum / matrix[(row * n) + row];
        }
    }

    private static void Pivot(Span<double> matrix, Span<double> vector, int column)
    {
        int n = vector.Length, best = column;
        for (int row = column + 1; row < n; row++)
            if (Math.Abs(matrix[(row * n) + column]) > Math.Abs(matrix[(best * n) + column])) best = row;
        if (best == column) return;
        for (int k = column; k < n; k++)
            (matrix[(column * n) + k], matrix[(best * n) + k]) = (matrix[(best * n) + k], matrix[(column * n) + k]);
        (vector[column], vector[best]) = (vector[best], vector[column]);
    }
}
