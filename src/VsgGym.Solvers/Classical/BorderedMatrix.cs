using System.Numerics;

namespace VsgGym.Solvers;

/// <summary>A dense square matrix solved in place, with the sign of its determinant; nothing is allocated after the start.</summary>
/// <remarks>Gaussian elimination with partial pivoting; rows without an entry in a column cost nothing there, so block triangular matrices solve
/// fast.</remarks>
/// <param name="size">Rows and columns.</param>
internal sealed class BorderedMatrix(int size)
{
    private readonly double[] _entries = new double[size * size];

    /// <summary>Rows and columns.</summary>
    public int Size => size;

    /// <summary>One entry.</summary>
    public ref double this[int row, int column] => ref _entries[(row * size) + column];

    /// <summary>One row, [size].</summary>
    public Span<double> Row(int row) => _entries.AsSpan(row * size, size);

    /// <summary>Sets every entry to 0.</summary>
    public void Clear() => Array.Clear(_entries);

    /// <summary>Solves for a vector, destroying the matrix.</summary>
    /// <param name="vector">[size]: the right-hand side on entry, the solution on return.</param>
    /// <param name="cancellationToken">Checked between columns.</param>
    /// <returns>The determinant's sign; 0 when the matrix is singular or not finite, and then the vector means nothing.</returns>
    public int Solve(Span<double> vector, CancellationToken cancellationToken)
    {
        int sign = 1;
        for (int column = 0; column < size; column++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Pivot(vector, column)) sign = -sign;
            double pivot = this[column, column];
            if (pivot == 0 || !double.IsFinite(pivot)) return 0;
            if (pivot < 0) sign = -sign;
            for (int row = column + 1; row < size; row++)
            {
                double factor = this[row, column] / pivot;
                if (factor == 0) continue;
                Subtract(Row(row)[(column + 1)..], factor, Row(column)[(column + 1)..]);
                vector[row] -= factor * vector[column];
            }
        }

        for (int row = size - 1; row >= 0; row--)
        {
            double sum = vector[row];
            for (int k = row + 1; k < size; k++) sum -= this[row, k] * vector[k];
            vector[row] = sum / this[row, row];
        }

        return double.IsFinite(vector[0]) ? sign : 0;
    }

    private bool Pivot(Span<double> vector, int column)
    {
        int best = column;
        for (int row = column + 1; row < size; row++)
            if (Math.Abs(this[row, column]) > Math.Abs(this[best, column])) best = row;
        if (best == column) return false;
        for (int k = column; k < size; k++) (this[column, k], this[best, k]) = (this[best, k], this[column, k]);
        (vector[column], vector[best]) = (vector[best], vector[column]);
        return true;
    }

    private static void Subtract(Span<double> target, double factor, ReadOnlySpan<double> source)
    {
        int k = 0, width = Vector<double>.Count;
        for (; k <= target.Length - width; k += width)
            (new Vector<double>(target[k..]) - (factor * new Vector<double>(source[k..]))).CopyTo(target[k..]);
        for (; k < target.Length; k++) target[k] -= factor * source[k];
    }
}
