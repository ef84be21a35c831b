using System.Text;

namespace VsgGym.Core;

/// <summary>One part of a drawing, as wide as it needs and below the parts before it.</summary>
internal abstract record DrawingBlock
{
    /// <summary>Adds whole lines.</summary>
    public abstract void AppendText(StringBuilder text);

    /// <summary>Draws at the canvas's left edge and present height, and takes the room it used.</summary>
    public abstract void AppendSvg(SvgCanvas canvas);
}
