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
        if (Eliminate(matrix, vector, 0) is >= 0 and var column) throw new ArgumentException($"matrix: singular or not finite at column {column}.", nameof(matrix));
        Substitute(matrix, vector);
    }

    /// <summary>Solves A x = b in place as <see cref="Solve"/> does, or says that it cannot.</summary>
    /// <param name="matrix">[n * n], row-major; overwritten.</param>
    /// <param name="vector">[n], b on entry, x on return.</param>
    /// <param name="leastPivot">A pivot of at most this size counts as 0; at least 0.</param>
    /// <returns>False where the matrix is singular or not finite; the vector is then of no use.</returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static bool TrySolve(Span<double> matrix, Span<double> vector, double leastPivot)
    {
        if (Eliminate(matrix, vector, leastPivot) >= 0) return false;
        Substitute(matrix, vector);
        return true;
    }

    // The column at which the matrix is singular, -1 where it is not.
    private static int Eliminate(Span<double> matrix, Span<double> vector, double leastPivot)
    {
        int n = vector.Length;
        if (matrix.Length != (long)n * n) throw new ArgumentException($"matrix: {matrix.Length} numbers given, {n} x {n} needed.", nameof(matrix));
        for (int column = 0; column < n; column++)
        {
            Pivot(matrix, vector, column);
            double pivot = matrix[(column * n) + column];
            if (!(Math.Abs(pivot) > leastPivot) || !double.IsFinite(pivot)) return column;
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

        return -1;
    }

    private static void Substitute(ReadOnlySpan<double> matrix, Span<double> vector)
    {
        int n = vector.Length;
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
