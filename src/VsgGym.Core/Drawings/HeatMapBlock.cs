using System.Collections.Immutable;
using System.Text;

namespace VsgGym.Core;

/// <summary>A surface as shaded cells; low is light in text, and dark blue to yellow in SVG.</summary>
internal sealed record HeatMapBlock(
    Axis Horizontal, Axis Vertical, ImmutableArray<ImmutableArray<double>> Values, (double Horizontal, double Vertical)? Point) : DrawingBlock
{
    private const string Shades = " ░▒▓█";
    private const double Side = 240;

    // Points of the color map cividis (Nunez, Anderton, Renslow 2018), which reads the same to color-blind eyes.
    private static readonly (int Red, int Green, int Blue)[] Colors =
        [(0, 34, 78), (50, 66, 111), (91, 96, 112), (124, 123, 120), (163, 154, 118), (207, 189, 103), (254, 232, 56)];

    private double Lowest { get; } = Values.Min(row => row.Min());

    private double Highest { get; } = Values.Max(row => row.Max());

    public override void AppendText(StringBuilder text)
    {
        int side = Values.Length;
        string high = Drawing.Number(Vertical.High), low = Drawing.Number(Vertical.Low);
        int label = Math.Max(Math.Max(high.Length, low.Length), Vertical.Title.Length);
        var point = PointCell();
        BoxLines.Append(text.Append(' ', label + 1), '┌', '─', '┐', side * 2, 1);
        for (int r = 0; r < side; r++)
        {
            string name = r == 0 ? high : r == side - 1 ? low : r == side / 2 ? Vertical.Title : string.Empty;
            text.Append(name.PadLeft(label)).Append(" │");
            for (int c = 0; c < side; c++)
                text.Append(point == (r, c) ? "<>" : new string(Shades[(int)(Share(Values[r][c]) * (Shades.Length - 0.001))], 2));
            text.Append("│\n");
        }

        BoxLines.Append(text.Append(' ', label + 1), '└', '─', '┘', side * 2, 1);
        string left = Drawing.Number(Horizontal.Low), right = Drawing.Number(Horizontal.High);
        string axis = BoxLines.Center(Horizontal.Title, (side * 2) - left.Length - right.Length);
        text.Append(' ', label + 2).Append(left).Append(axis).Append(right).Append('\n');
        text.Append(' ', label + 2).Append(Legend()).Append('\n');
    }

    public override void AppendSvg(SvgCanvas canvas)
    {
        string high = Drawing.Number(Vertical.High), low = Drawing.Number(Vertical.Low);
        double left = SvgCanvas.WidthOf(new string('x', Math.Max(Vertical.Title.Length, Math.Max(high.Length, low.Length)))) + 8;
        double top = canvas.Top, cell = Side / Values.Length;
        for (int r = 0; r < Values.Length; r++)
            for (int c = 0; c < Values.Length; c++) // half a pixel over, so that no seams show
                canvas.Rectangle(left + (c * cell), top + (r * cell), Math.Min(cell + 0.5, Side - (c * cell)), Math.Min(cell + 0.5, Side - (r * cell)), fill: Color(Share(Values[r][c])));
        canvas.Rectangle(left, top, Side, Side, "vsg-line");
        canvas.Text(left - 6, top + 11, high, anchor: "end");
        canvas.Text(left - 6, top + (Side / 2) + 5, Vertical.Title, anchor: "end", style: "vsg-dim");
        canvas.Text(left - 6, top + Side, low, anchor: "end");
        canvas.Text(left, top + Side + 17, Drawing.Number(Horizontal.Low));
        canvas.Text(left + (Side / 2), top + Side + 17, Horizontal.Title, anchor: "middle", style: "vsg-dim");
        canvas.Text(left + Side, top + Side + 17, Drawing.Number(Horizontal.High), anchor: "end");
        if (Point is { } point)
            canvas.Ring(left + (Side * Fraction(Horizontal, point.Horizontal)), top + (Side * (1 - Fraction(Vertical, point.Vertical))), 6);
        AppendScale(canvas, left + Side + 14, top);
        canvas.Take(left + Side + 40 + SvgCanvas.WidthOf("-00.00"), Side + 30);
    }

    private void AppendScale(SvgCanvas canvas, double x, double top)
    {
        const int Steps = 24;
        for (int i = 0; i < Steps; i++)
            canvas.Rectangle(x, top + (i * Side / Steps), 14, (Side / Steps) + (i + 1 < Steps ? 0.5 : 0), fill: Color(1 - (i / (Steps - 1.0))));
        canvas.Text(x + 20, top + 11, Drawing.Number(Highest));
        canvas.Text(x + 20, top + Side, Drawing.Number(Lowest));
    }

    private string Legend() => $"' ' {Drawing.Number(Lowest)} .. '█' {Drawing.Number(Highest)}" + (Point is null ? string.Empty : ", <> the joint action");

    private (int Row, int Column)? PointCell()
    {
        if (Point is not { } point) return null;
        int side = Values.Length;
        return (side - 1 - Cell(Fraction(Vertical, point.Vertical), side), Cell(Fraction(Horizontal, point.Horizontal), side));
    }

    private double Share(double value) => Highest > Lowest ? (value - Lowest) / (Highest - Lowest) : 0;

    private static double Fraction(Axis axis, double value) => Math.Clamp((value - axis.Low) / (axis.High - axis.Low), 0, 1);

    private static int Cell(double fraction, int cells) => Math.Min((int)(fraction * cells), cells - 1);

    private static string Color(double share)
    {
        double position = Math.Clamp(share, 0, 1) * (Colors.Length - 1);
        int index = Math.Min((int)position, Colors.Length - 2);
        var (a, b) = (Colors[index], Colors[index + 1]);
        double t = position - index;
        return $"#{Mix(a.Red, b.Red, t):X2}{Mix(a.Green, b.Green, t):X2}{Mix(a.Blue, b.Blue, t):X2}";
    }

    private static int Mix(int from, int to, double share) => (int)Math.Round(from + (share * (to - from)));
}
