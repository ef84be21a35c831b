using System.Globalization;
using System.Security;
using System.Text;

namespace VsgGym.Core;

/// <summary>Collects SVG elements from top to bottom and wraps them in a document with its own background.</summary>
/// <remarks>Players' colors are the palette of Okabe and Ito (2008), which color-blind readers can tell apart.</remarks>
internal sealed class SvgCanvas
{
    /// <summary>Usual height of letters, in pixels.</summary>
    public const double FontSize = 14;

    /// <summary>Height of the letters beside lines.</summary>
    public const double LabelSize = 12;

    /// <summary>Room between the document's edge and its elements.</summary>
    public const double Margin = 16;

    private static readonly (string Fill, string Ink)[] Palette =
    [
        ("#0072B2", "#FFFFFF"), ("#D55E00", "#FFFFFF"), ("#009E73", "#FFFFFF"), ("#CC79A7", "#000000"),
        ("#E69F00", "#000000"), ("#56B4E9", "#000000"), ("#F0E442", "#000000"),
    ];

    private readonly StringBuilder _elements = new();
    private double _right;

    /// <summary>Where the next block starts.</summary>
    public double Top { get; private set; }

    /// <summary>Width of a line in a monospace font.</summary>
    public static double WidthOf(string text, double size = FontSize) => text.Length * size * 0.605;

    /// <summary>Moves the present height below a block.</summary>
    public void Take(double width, double height)
    {
        _right = Math.Max(_right, width);
        Top += height;
    }

    /// <summary>A line of text; x is its left end, middle or right end, by the anchor; y is its base line.</summary>
    public void Text(double x, double y, string text, double size = FontSize, string anchor = "start", bool bold = false, string style = "vsg-ink", string? fill = null)
    {
        _elements.Append(CultureInfo.InvariantCulture, $"<text x=\"{N(x)}\" y=\"{N(y)}\" font-size=\"{N(size)}\"");
        if (anchor != "start") _elements.Append(CultureInfo.InvariantCulture, $" text-anchor=\"{anchor}\"");
        if (bold) _elements.Append(" font-weight=\"bold\"");
        _elements.Append(fill is null ? $" class=\"{style}\"" : $" fill=\"{fill}\"");
        _elements.Append(CultureInfo.InvariantCulture, $" xml:space=\"preserve\">{SecurityElement.Escape(text)}</text>\n");
    }

    /// <summary>A rectangle of a style ("vsg-line", "vsg-mark") or a fill color.</summary>
    public void Rectangle(double x, double y, double width, double height, string style = "", string? fill = null) =>
        _elements.Append(CultureInfo.InvariantCulture, $"<rect x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\" {(fill is null ? $"class=\"{style}\"" : $"fill=\"{fill}\"")}/>\n");

    /// <summary>A player's piece: letters in a circle.</summary>
    public void Token(double x, double y, double radius, string text, int player)
    {
        var (fill, ink) = Palette[player % Palette.Length];
        _elements.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(radius)}\" fill=\"{fill}\"/>\n");
        double size = radius * (text.Length > 1 ? 0.9 : 1.15);
        Text(x, y + (size * 0.36), text, size, "middle", bold: true, fill: ink);
    }

    /// <summary>A ring that shows on dark and light cells alike.</summary>
    public void Ring(double x, double y, double radius)
    {
        _elements.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(radius)}\" fill=\"none\" stroke=\"#000000\" stroke-width=\"5\"/>\n");
        _elements.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(radius)}\" fill=\"none\" stroke=\"#FFFFFF\" stroke-width=\"2\"/>\n");
    }

    /// <summary>A graph's node: a rectangle with round ends.</summary>
    public void Pill(double x, double y, double halfWidth, double radius, string style) =>
        _elements.Append(CultureInfo.InvariantCulture, $"<rect x=\"{N(x - halfWidth)}\" y=\"{N(y - radius)}\" width=\"{N(2 * halfWidth)}\" height=\"{N(2 * radius)}\" rx=\"{N(radius)}\" class=\"{style}\"/>\n");

    /// <summary>A graph's line of a style ("vsg-edge", "vsg-edge-mark").</summary>
    public void Curve(GraphCurve curve, double width, string style) =>
        _elements.Append(CultureInfo.InvariantCulture, $"<path d=\"M{N(curve.X0)} {N(curve.Y0)}Q{N(curve.X1)} {N(curve.Y1)} {N(curve.X2)} {N(curve.Y2)}\" fill=\"none\" stroke-width=\"{N(width)}\" class=\"{style}\"/>\n");

    /// <summary>The head of a graph's arrow: from the middle of its base by a step to its tip, as wide as 1.2 times its length.</summary>
    public void ArrowHead(double x, double y, double stepX, double stepY, string style)
    {
        double sideX = -0.6 * stepY, sideY = 0.6 * stepX;
        _elements.Append(CultureInfo.InvariantCulture, $"<path d=\"M{N(x + stepX)} {N(y + stepY)}L{N(x + sideX)} {N(y + sideY)}L{N(x - sideX)} {N(y - sideY)}Z\" stroke=\"none\" class=\"{style}-head\"/>\n");
    }

    /// <summary>Small letters in the middle of a line, on a plate of the card's color that keeps them apart from it.</summary>
    public void Label(double x, double y, string text)
    {
        double width = WidthOf(text, LabelSize) + 6;
        Rectangle(x - (width / 2), y - LabelSize, width, LabelSize + 4, "vsg-plate");
        Text(x, y, text, LabelSize, "middle");
    }

    /// <summary>The elements so far, one a line.</summary>
    public string Elements => _elements.ToString();

    /// <summary>Letters of the elements so far.</summary>
    public int Length => _elements.Length;

    /// <summary>Width of the document.</summary>
    public double Width => _right + (2 * Margin);

    /// <summary>Height of the document.</summary>
    public double Height => Top + (2 * Margin) - 8;

    /// <summary>The whole document.</summary>
    public string Close() => SvgPage.Write(Width, Height, string.Empty, SvgPage.Card(Width, Height) + SvgPage.Inside(Elements));

    private static string N(double value) => Drawing.Number(Math.Round(value, 1));
}
