using System.Collections.Immutable;
using System.Text;

namespace VsgGym.Core;

/// <summary>Nodes and directed edges; in text a line per edge, node after node, with a bar for its weight.</summary>
internal sealed record GraphBlock(ImmutableArray<GraphNode> Nodes, ImmutableArray<GraphEdge> Edges) : DrawingBlock
{
    private const double Unit = 104; // pixels between neighbors
    private const double Radius = 17;
    private const double Spread = 34; // between edges that join the same nodes
    private const double Thinnest = 1.5;
    private const double Thickest = 9;
    private const int BarLength = 10;

    public override void AppendText(StringBuilder text)
    {
        int name = Nodes.Max(node => Name(node).Length), label = Edges.IsEmpty ? 0 : Edges.Max(edge => edge.Label.Length);
        for (int n = 0; n < Nodes.Length; n++)
        {
            bool joined = false;
            foreach (var edge in Edges)
            {
                joined |= edge.From == n || edge.To == n;
                if (edge.From == n) text.Append(Line(edge, name, label)).Append('\n');
            }

            if (!joined) text.Append("  ").Append(Name(Nodes[n])).Append('\n');
        }
    }

    public override void AppendSvg(SvgCanvas canvas)
    {
        double[] offsets = [.. Enumerable.Range(0, Edges.Length).Select(Offset)];
        GraphCurve[] whole = [.. Edges.Select((edge, e) => GraphCurve.Between(Unit * Nodes[edge.From].X, Unit * Nodes[edge.From].Y, Unit * Nodes[edge.To].X, Unit * Nodes[edge.To].Y, offsets[e]))];
        var (left, top, right, bottom) = Extent(whole);
        double shiftX = -left, shiftY = canvas.Top - top;
        for (int e = 0; e < Edges.Length; e++) AppendEdge(canvas, Edges[e], whole[e], shiftX, shiftY);
        for (int e = 0; e < Edges.Length; e++) // over all lines
        {
            var (x, y) = whole[e].At(0.5);
            if (Edges[e].Label.Length > 0) canvas.Label(x + shiftX, y + shiftY + 4, Edges[e].Label);
        }

        foreach (var node in Nodes)
        {
            double x = (Unit * node.X) + shiftX, y = (Unit * node.Y) + shiftY, half = HalfWidth(node);
            canvas.Pill(x, y, half, Radius, node.Emphasis ? "vsg-mark" : "vsg-line");
            canvas.Text(x, y + 5, node.Label, anchor: "middle", bold: true);
        }

        canvas.Take(right - left, bottom - top + 14);
    }

    private static string Name(GraphNode node) => node.Emphasis ? $"[{node.Label}]" : node.Label;

    /// <summary>Pills are as wide as their names.</summary>
    private static double HalfWidth(GraphNode node) => Math.Max(Radius, (SvgCanvas.WidthOf(node.Label) / 2) + 9);

    private string Line(GraphEdge edge, int name, int label)
    {
        var line = new StringBuilder(edge.Emphasis ? "* " : "  ");
        line.Append(Name(Nodes[edge.From]).PadRight(name)).Append(" ─> ").Append(Name(Nodes[edge.To]).PadRight(name));
        if (label > 0) line.Append("  ").Append(edge.Label.PadRight(label));
        if (edge.Weight is { } weight) line.Append("  ").Append('█', (int)Math.Round(weight * BarLength, MidpointRounding.AwayFromZero));
        return line.ToString().TrimEnd();
    }

    /// <summary>How far an edge bends, so that edges between the same two nodes, in either direction, do not cover each other.</summary>
    private double Offset(int index)
    {
        var (from, to) = (Edges[index].From, Edges[index].To);
        int before = 0, all = 0;
        for (int e = 0; e < Edges.Length; e++)
        {
            var other = Edges[e];
            if ((other.From, other.To) != (from, to) && (other.From, other.To) != (to, from)) continue;
            all++;
            if (e < index) before++;
        }

        double off = (((all - 1) / 2.0) - before) * Spread;
        return from < to ? off : -off; // left of one direction is right of the other
    }

    private (double Left, double Top, double Right, double Bottom) Extent(GraphCurve[] curves)
    {
        double left = double.PositiveInfinity, top = left, right = double.NegativeInfinity, bottom = right;
        foreach (var node in Nodes) Include(Unit * node.X, Unit * node.Y, HalfWidth(node) + 1, Radius + 1);
        for (int e = 0; e < curves.Length; e++)
        {
            var (x, y) = curves[e].At(0.5); // farthest from the nodes' own places
            Include(x, y, Math.Max(Thickest / 2, SvgCanvas.WidthOf(Edges[e].Label, SvgCanvas.LabelSize) / 2), SvgCanvas.LabelSize);
        }

        return (left, top, right, bottom);

        void Include(double x, double y, double halfWidth, double halfHeight)
        {
            (left, right) = (Math.Min(left, x - halfWidth), Math.Max(right, x + halfWidth));
            (top, bottom) = (Math.Min(top, y - halfHeight), Math.Max(bottom, y + halfHeight));
        }
    }

    private void AppendEdge(SvgCanvas canvas, GraphEdge edge, GraphCurve whole, double shiftX, double shiftY)
    {
        double width = edge.Weight is { } weight ? Thinnest + (weight * (Thickest - Thinnest)) : Thinnest, head = 7 + (0.7 * width);
        GraphNode start = Nodes[edge.From], end = Nodes[edge.To];
        var line = whole.Clip((x, y) => Inside(start, x, y, Radius + 1), (x, y) => Inside(end, x, y, Radius + 2 + head)); // the head fills the rest
        var (alongX, alongY) = line.EndDirection();
        string style = edge.Emphasis ? "vsg-edge-mark" : "vsg-edge";
        canvas.Curve(Shift(line, shiftX, shiftY), width, style);
        canvas.ArrowHead(line.X2 + shiftX, line.Y2 + shiftY, alongX * head, alongY * head, style);
    }

    private static GraphCurve Shift(GraphCurve curve, double x, double y) =>
        new(curve.X0 + x, curve.Y0 + y, curve.X1 + x, curve.Y1 + y, curve.X2 + x, curve.Y2 + y);

    /// <summary>Whether a point is within a radius of the bar in the middle of a node's pill.</summary>
    private static bool Inside(GraphNode node, double x, double y, double radius)
    {
        double bar = HalfWidth(node) - Radius;
        double acrossX = x - (Unit * node.X), acrossY = y - (Unit * node.Y);
        acrossX -= Math.Clamp(acrossX, -bar, bar);
        return (acrossX * acrossX) + (acrossY * acrossY) < radius * radius;
    }
}
