using System.Text;

namespace VsgGym.Core;

/// <summary>The lines between cells in text.</summary>
internal static class BoxLines
{
    /// <summary>A line over cells of one width.</summary>
    public static void Append(StringBuilder text, char left, char middle, char right, int width, int cells)
    {
        for (int c = 0; c < cells; c++) text.Append(c == 0 ? left : middle).Append('─', width);
        text.Append(right).Append('\n');
    }

    /// <summary>Text in the middle of a width, one blank more on the right where it does not divide.</summary>
    public static string Center(string text, int width) => text.PadLeft((width + text.Length) / 2).PadRight(width);
}
