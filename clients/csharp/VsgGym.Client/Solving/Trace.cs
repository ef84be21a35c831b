namespace VsgGym.Client;

/// <summary>Rows of numbers along a solve; the first two columns are "iteration" and "residual".</summary>
/// <param name="Columns">Names of the columns.</param>
/// <param name="Rows">[rows, columns].</param>
/// <example>
/// <code>
/// double[] residuals = solution.Trace.Column("residual");
/// </code>
/// </example>
public sealed record Trace(IReadOnlyList<string> Columns, NdArray Rows)
{
    /// <summary>Number of rows.</summary>
    public int Count => Rows.Rank == 0 ? 0 : Rows.Shape[0];

    /// <summary>One column, [rows].</summary>
    /// <param name="name">One of <see cref="Columns"/>.</param>
    /// <exception cref="InvalidArgumentException">No such column.</exception>
    public double[] Column(string name)
    {
        int column = Columns.ToList().IndexOf(name);
        if (column < 0) throw ErrorDecoder.Invalid("column", name, $"must be one of {string.Join(", ", Columns)}", "unknown_column");
        return [.. Enumerable.Range(0, Count).Select(row => Rows[row, column])];
    }
}
