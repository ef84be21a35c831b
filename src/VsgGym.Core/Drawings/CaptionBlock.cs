using System.Text;

namespace VsgGym.Core;

/// <summary>A line of text.</summary>
internal sealed record CaptionBlock(string Line, bool IsTitle) : DrawingBlock
{
    public override void AppendText(StringBuilder text) => text.Append(Line.TrimEnd()).Append('\n');

    public override void AppendSvg(SvgCanvas canvas)
    {
        double size = IsTitle ? 17 : SvgCanvas.FontSize;
        canvas.Text(0, canvas.Top + (size * 0.8), Line, size, bold: IsTitle);
        canvas.Take(SvgCanvas.WidthOf(Line, size), size + 8);
    }
}
