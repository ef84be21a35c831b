namespace VsgGym.Server.Verbs.Demo;

/// <summary>Cells of characters to draw curves in: 2 x 4 braille dots a cell, or one letter a cell in plain ASCII.</summary>
internal sealed class DotCanvas
{
    private const string Letters = "*o+x";

    // Unicode's order of the braille dots: column, then row.
    private static readonly byte[,] Bits = { { 0x01, 0x02, 0x04, 0x40 }, { 0x08, 0x10, 0x20, 0x80 } };

    private readonly bool _unicode;
    private readonly byte[,] _dots;
    private readonly int[,] _owner;

    /// <summary>An empty canvas.</summary>
    /// <param name="columns">Characters across.</param>
    /// <param name="rows">Characters down.</param>
    /// <param name="unicode">Whether braille may be used.</param>
    public DotCanvas(int columns, int rows, bool unicode)
    {
        _unicode = unicode;
        (DotsAcross, DotsDown) = unicode ? (columns * 2, rows * 4) : (columns, rows);
        _dots = new byte[rows, columns];
        _owner = new int[rows, columns];
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < columns; c++) _owner[r, c] = -1;
    }

    /// <summary>Dots from left to right.</summary>
    public int DotsAcross { get; }

    /// <summary>Dots from top to bottom.</summary>
    public int DotsDown { get; }

    /// <summary>What a curve looks like in the legend.</summary>
    /// <param name="series">Which curve, from 0.</param>
    /// <param name="unicode">Whether braille may be used.</param>
    public static string Sample(int series, bool unicode) => !unicode ? new string(Letters[series % Letters.Length], 3) : series == 0 ? "⠒⠒⠒" : "⠂⠂⠂";

    /// <summary>Draws one dot of a curve.</summary>
    /// <param name="x">In [0, <see cref="DotsAcross"/>).</param>
    /// <param name="y">From the top, in [0, <see cref="DotsDown"/>).</param>
    /// <param name="series">Which curve, from 0; every curve but the first is dotted, so that they differ without color.</param>
    public void Dot(int x, int y, int series)
    {
        if (_unicode && series > 0 && (x + y) % 3 != 0) return;
        var (row, column) = _unicode ? (y / 4, x / 2) : (y, x);
        _dots[row, column] |= _unicode ? Bits[x % 2, y % 4] : (byte)1;
        _owner[row, column] = series;
    }

    /// <summary>One line of characters, cut where the curve changes.</summary>
    /// <param name="row">From the top.</param>
    public IEnumerable<ChartRun> Row(int row)
    {
        for (int c = 0, start = 0; c < _dots.GetLength(1); c++)
        {
            bool last = c + 1 == _dots.GetLength(1) || _owner[row, c + 1] != _owner[row, start];
            if (!last) continue;
            yield return new ChartRun(string.Concat(Enumerable.Range(start, c + 1 - start).Select(k => Letter(row, k))), _owner[row, start]);
            start = c + 1;
        }
    }

    private char Letter(int row, int column) =>
        _dots[row, column] == 0 ? ' ' : _unicode ? (char)(0x2800 + _dots[row, column]) : Letters[_owner[row, column] % Letters.Length];
}
