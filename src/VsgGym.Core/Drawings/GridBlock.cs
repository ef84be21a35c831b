using System.Collections.Immutable;
using System.Text;

namespace VsgGym.Core;

/// <summary>Square cells with pieces.</summary>
internal sealed record GridBlock(int Rows, int Columns, ImmutableArray<Token> Tokens) : DrawingBlock
{
    private const double CellSize = 64;

    public override void AppendText(StringBuilder text)
    {
        int width = 5;
        for (int r = 0; r < Rows; r++)
            for (int c = 0; c < Columns; c++) width = Math.Max(width, Letters(r, c).Length + 2);
        BoxLines.Append(text, '┌', '┬', '┐', width, Columns);
        for (int r = 0; r < Rows; r++)
        {
            for (int c = 0; c < Columns; c++) text.Append('│').Append(BoxLines.Center(Letters(r, c), width));
            text.Append("│\n");
            if (r + 1 < Rows) BoxLines.Append(text, '├', '┼', '┤', width, Columns);
        }

        BoxLines.Append(text, '└', '┴', '┘', width, Columns);
    }

    public override void AppendSvg(SvgCanvas canvas)
    {
        for (int r = 0; r < Rows; r++)
            for (int c = 0; c < Columns; c++)
                canvas.Rectangle(c * CellSize, canvas.Top + (r * CellSize), CellSize, CellSize, "vsg-line");
        foreach (var cell in Tokens.GroupBy(t => (t.Row, t.Column)))
        {
            var here = cell.ToArray();
            double radius = Math.Min(20, (CellSize - 8) / 2 / here.Length);
            for (int i = 0; i < here.Length; i++)
            {
                double x = (cell.Key.Column + 0.5) * CellSize;
                double shift = (i - ((here.Length - 1) / 2.0)) * 2 * radius;
                canvas.Token(x + shift, canvas.Top + ((cell.Key.Row + 0.5) * CellSize), radius - 1, here[i].Text, here[i].Player);
            }
        }

        canvas.Take(Columns * CellSize, (Rows * CellSize) + 12);
    }

    private string Letters(int row, int column) =>
        string.Join(' ', Tokens.Where(t => t.Row == row && t.Column == column).Select(t => t.Text));
}
