using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace VsgGym.Core;

/// <summary>A picture of a world: captions, grids, tables, heat maps and graphs, one below the other, from which text and SVG are made.</summary>
/// <remarks>Immutable; built by <see cref="DrawingBuilder"/>. Both forms show the same content, and the same drawing gives the same characters.</remarks>
public sealed class Drawing
{
    private readonly ImmutableArray<DrawingBlock> _blocks;

    internal Drawing(ImmutableArray<DrawingBlock> blocks) => _blocks = blocks;

    /// <summary>Plain text for a monospace font: Unicode box characters, lines ending in '\n', no escape codes.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var block in _blocks) block.AppendText(text);
        return text.ToString();
    }

    /// <summary>A self-contained SVG document that is legible on light and dark pages, with colors that the color-blind can tell apart.</summary>
    public string ToSvg()
    {
        var canvas = new SvgCanvas();
        AppendSvg(canvas);
        return canvas.Close();
    }

    /// <summary>Draws below what a canvas has already.</summary>
    internal void AppendSvg(SvgCanvas canvas)
    {
        foreach (var block in _blocks) block.AppendSvg(canvas);
    }

    /// <summary>A number as drawings write it: at most three decimals, six digits when it is large, never "-0".</summary>
    /// <param name="value">Any number.</param>
    public static string Number(double value)
    {
        double rounded = Math.Abs(value) < 1e6 ? Math.Round(value, 3) + 0.0 : value;
        return rounded.ToString(Math.Abs(value) < 1e6 ? "0.###" : "G6", CultureInfo.InvariantCulture);
    }
}
