using System.Globalization;

namespace VsgGym.Server.Verbs.Demo;

/// <summary>Curves over one horizontal axis, drawn in characters: axes with numbers, a legend, one line of text per row.</summary>
/// <param name="Title">What the vertical axis shows.</param>
/// <param name="XLabel">What the horizontal axis shows.</param>
/// <param name="X">Positions on the horizontal axis, ascending.</param>
/// <param name="Series">The curves, each with one value per position.</param>
internal sealed record LineChart(string Title, string XLabel, IReadOnlyList<double> X, IReadOnlyList<ChartSeries> Series)
{
    private const int Gutter = 7;
    private const int LeastColumns = 20;
    private const int MostColumns = 100;

    /// <summary>Position at the left end. Default 0.</summary>
    public double From { get; init; }

    /// <summary>Value at the bottom. Default 0.</summary>
    public double Low { get; init; }

    /// <summary>Value at the top. Default 1.</summary>
    public double High { get; init; } = 1;

    /// <summary>Rows of the plotting area, a multiple of 4 and one more. Default 13.</summary>
    public int Rows { get; init; } = 13;

    /// <summary>The chart's lines, each in pieces of one color.</summary>
    /// <param name="width">Characters available; the chart uses between 27 and 107.</param>
    /// <param name="unicode">Braille and line characters, or plain ASCII.</param>
    public IReadOnlyList<IReadOnlyList<ChartRun>> Render(int width, bool unicode)
    {
        int columns = Math.Clamp(width - Gutter - 1, LeastColumns, MostColumns);
        var canvas = new DotCanvas(columns, Rows, unicode);
        for (int s = Series.Count - 1; s >= 0; s--) Plot(canvas, s); // the first curve lies on top
        var lines = new List<IReadOnlyList<ChartRun>> { new ChartRun[] { new(new string(' ', Gutter) + Title, -1) } };
        for (int r = 0; r < Rows; r++) lines.Add([new ChartRun(Tick(r, unicode), -1), .. canvas.Row(r)]);
        lines.Add([new ChartRun(new string(' ', Gutter - 1) + (unicode ? '└' : '+') + new string(unicode ? '─' : '-', columns), -1)]);
        lines.Add([new ChartRun(Numbers(columns), -1)]);
        lines.Add(Legend(unicode));
        return lines;
    }

    private void Plot(DotCanvas canvas, int series)
    {
        int before = -1;
        for (int x = 0; x < canvas.DotsAcross; x++)
        {
            double at = From + ((X[^1] - From) * x / Math.Max(canvas.DotsAcross - 1, 1));
            double height = (Interpolate(Series[series].Values, at) - Low) / (High - Low);
            int y = (int)Math.Round((1 - Math.Clamp(height, 0, 1)) * (canvas.DotsDown - 1));
            int from = before < 0 ? y : before;
            for (int step = Math.Min(from, y); step <= Math.Max(from, y); step++)
                if (step != from || before < 0 || from == y) canvas.Dot(x, step, series);
            before = y;
        }
    }

    private double Interpolate(IReadOnlyList<double> values, double at)
    {
        int right = 1;
        while (right < X.Count - 1 && X[right] < at) right++;
        if (X.Count == 1) return values[0];
        double share = (at - X[right - 1]) / (X[right] - X[right - 1]);
        return values[right - 1] + (Math.Clamp(share, 0, 1) * (values[right] - values[right - 1]));
    }

    private string Tick(int row, bool unicode)
    {
        string edge = unicode ? "│" : "|";
        if (row % ((Rows - 1) / 4) != 0) return new string(' ', Gutter - 1) + edge;
        double value = High - ((High - Low) * row / (Rows - 1));
        return Format(value, Math.Abs(value) < 10 ? "0.00" : "0.0").PadLeft(Gutter - 2) + ' ' + (unicode ? "┤" : "+");
    }

    private string Numbers(int columns)
    {
        char[] line = new string(' ', Gutter + columns + XLabel.Length + 1).ToCharArray();
        for (int k = 0; k <= 4; k++)
        {
            string text = Format(From + ((X[^1] - From) * k / 4), "0");
            int center = Gutter + (int)Math.Round((columns - 1) * k / 4.0);
            text.CopyTo(line.AsSpan(Math.Min(center - (text.Length / 2), Gutter + columns - text.Length)));
        }

        return new string(line).TrimEnd() + "  " + XLabel;
    }

    private List<ChartRun> Legend(bool unicode)
    {
        var line = new List<ChartRun> { new(new string(' ', Gutter), -1) };
        for (int s = 0; s < Series.Count; s++)
        {
            line.Add(new ChartRun(DotCanvas.Sample(s, unicode), s));
            line.Add(new ChartRun($" {Series[s].Name}   ", -1));
        }

        return line;
    }

    private static string Format(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
