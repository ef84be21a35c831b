namespace VsgGym.Numerics;

/// <summary>Value and optimal strategies of zero-sum matrix games, without allocation after construction.</summary>
/// <remarks>
/// A saddle point is taken where there is one (the first by rows), 2 x 2 games without one have a closed form, and all others are linear programs: with payoffs
/// scaled to B in [1, 2], maximize sum y under B y &lt;= 1 and y >= 0, whose duals are the row strategy and whose value is the
/// inverse of the game's. Where several strategies are optimal, one vertex of theirs is given, the same for the same bits of payoffs.
/// </remarks>
public sealed class MatrixGame
{
    private readonly LinearProgram _program;

    /// <summary>Allocates for the largest game.</summary>
    /// <param name="mostRows">At least 1.</param>
    /// <param name="mostColumns">At least 1.</param>
    public MatrixGame(int mostRows, int mostColumns) => _program = new LinearProgram(mostColumns, mostRows);

    /// <summary>The bytes that a game's memory takes.</summary>
    public static double EstimateBytes(double mostRows, double mostColumns) => LinearProgram.EstimateBytes(mostColumns, mostRows);

    /// <summary>Solves a game in which the row player gets the payoff and the column player pays it.</summary>
    /// <param name="payoffs">[rows * columns], row-major, finite.</param>
    /// <param name="row">[rows], overwritten by a maximin strategy.</param>
    /// <param name="column">[columns], overwritten by a minimax strategy.</param>
    /// <param name="cancellationToken">Checked while the linear program is solved.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">The sizes do not fit one another, or a payoff is not finite.</exception>
    /// <exception cref="ArithmeticException">Rounding left the linear program without an answer.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public double Solve(ReadOnlySpan<double> payoffs, Span<double> row, Span<double> column, CancellationToken cancellationToken = default)
    {
        if (payoffs.Length != (long)row.Length * column.Length || payoffs.Length == 0)
            throw new ArgumentException($"payoffs: {payoffs.Length} numbers given, {row.Length} x {column.Length} needed.", nameof(payoffs));
        double least = payoffs[0], largest = payoffs[0];
        foreach (double payoff in payoffs)
        {
            if (!double.IsFinite(payoff)) throw new ArgumentException($"payoffs: {payoff} is not finite.", nameof(payoffs));
            (least, largest) = (Math.Min(least, payoff), Math.Max(largest, payoff));
        }

        row.Clear();
        column.Clear();
        if (Saddle(payoffs, row, column) is { } value) return value;
        return row.Length == 2 && column.Length == 2 ? Closed(payoffs, row, column) : Program(payoffs, row, column, least, largest, cancellationToken);
    }

    private static double? Saddle(ReadOnlySpan<double> payoffs, Span<double> row, Span<double> column)
    {
        int columns = column.Length, bestRow = 0, bestColumn = 0;
        double maximin = double.NegativeInfinity, minimax = double.PositiveInfinity;
        for (int i = 0; i < row.Length; i++)
        {
            double least = double.PositiveInfinity;
            for (int j = 0; j < columns; j++) least = Math.Min(least, payoffs[(i * columns) + j]);
            if (least > maximin) (maximin, bestRow) = (least, i);
        }

        for (int j = 0; j < columns; j++)
        {
            double largest = double.NegativeInfinity;
            for (int i = 0; i < row.Length; i++) largest = Math.Max(largest, payoffs[(i * columns) + j]);
            if (largest < minimax) (minimax, bestColumn) = (largest, j);
        }

        if (maximin < minimax) return null;
        (row[bestRow], column[bestColumn]) = (1, 1);
        return maximin;
    }

    // Without a saddle point both rows and both columns are played, each so that the other player does not care.
    private static double Closed(ReadOnlySpan<double> payoffs, Span<double> row, Span<double> column)
    {
        double upper = payoffs[0] - payoffs[1], lower = payoffs[3] - payoffs[2]; // of one sign, which the left and right differences share
        double left = payoffs[0] - payoffs[2], right = payoffs[3] - payoffs[1];
        row[0] = lower / (upper + lower);
        row[1] = upper / (upper + lower);
        column[0] = right / (left + right);
        column[1] = left / (left + right);
        return (row[0] * payoffs[0]) + (row[1] * payoffs[2]);
    }

    private double Program(ReadOnlySpan<double> payoffs, Span<double> row, Span<double> column, double least, double largest, CancellationToken cancellationToken)
    {
        double range = largest - least;
        _program.Reset(column.Length, row.Length, cancellationToken);
        _program.Objective.Fill(1);
        for (int i = 0; i < row.Length; i++)
        {
            _program.SetRightSide(i, ConstraintKind.AtMost, 1);
            var left = _program.Row(i);
            for (int j = 0; j < left.Length; j++) left[j] = 1 + ((payoffs[(i * left.Length) + j] - least) / range);
        }

        if (_program.Maximize(cancellationToken) is not LinearProgramStatus.Optimal and var status)
            throw new ArithmeticException($"the linear program of a {row.Length} x {column.Length} matrix game ended as {status}");
        _program.Duals.CopyTo(row);
        _program.Solution.CopyTo(column);
        double total = Normalize(column);
        Normalize(row);
        return least + (range * ((1 / total) - 1));
    }

    private static double Normalize(Span<double> weights)
    {
        double sum = 0;
        foreach (ref double weight in weights) sum += weight = Math.Max(weight, 0);
        foreach (ref double weight in weights) weight /= sum;
        return sum;
    }
}
