using System.Collections.Immutable;
using System.Text;

namespace VsgGym.Core;

/// <summary>Square cells with pieces, marked grounds and barriers between rows.</summary>
internal sealed record GridBlock(
    int Rows, int Columns, ImmutableArray<GridMark> Marks, ImmutableArray<GridEdge> Barriers, ImmutableArray<Token> Tokens) : DrawingBlock
{
    private const double CellSize = 64;
    private const char BarrierLine = '≈';

    public override void AppendText(StringBuilder text)
    {
        int width = Marks.Any(mark => mark.Text.Length > 0) ? 7 : 5; // room for a piece beside a name
        for (int r = 0; r < Rows; r++)
            for (int c = 0; c < Columns; c++) width = Math.Max(width, Letters(r, c).Length + 2);
        BoxLines.Append(text, '┌', '┬', '┐', width, Columns);
        for (int r = 0; r < Rows; r++)
        {
            for (int c = 0; c < Columns; c++) text.Append('│').Append(Cell(r, c, width));
            text.Append("│\n");
            if (r + 1 < Rows) AppendEdge(text, r + 1, width);
        }

        BoxLines.Append(text, '└', '┴', '┘', width, Columns);
    }

    public override void AppendSvg(SvgCanvas canvas)
    {
        foreach (var mark in Marks) AppendGround(canvas, mark);
        for (int r = 0; r < Rows; r++)
            for (int c = 0; c < Columns; c++)
                canvas.Rectangle(c * CellSize, canvas.Top + (r * CellSize), CellSize, CellSize, "vsg-line");
        foreach (var mark in Marks)
            if (mark.Text.Length > 0) canvas.Text((mark.Column * CellSize) + 5, canvas.Top + (mark.Row * CellSize) + 15, mark.Text, 13, bold: true);
        foreach (var barrier in Barriers) AppendBarrier(canvas, barrier);
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

    private static void AppendGround(SvgCanvas canvas, GridMark mark)
    {
        double x = mark.Column * CellSize, y = canvas.Top + (mark.Row * CellSize);
        if (mark.Ground == GridGround.Goal) canvas.Rectangle(x + 2, y + 2, CellSize - 4, CellSize - 4, "vsg-mark");
        if (mark.Ground == GridGround.Blocked) canvas.Rectangle(x, y, CellSize, CellSize, fill: "#8C8C8C");
        if (mark.Ground == GridGround.Shaded) canvas.Rectangle(x, y, CellSize, CellSize, fill: "#DDE3E8");
        const int Stripes = 4;
        for (int i = 0; mark.Ground == GridGround.Striped && i < Stripes; i++)
            canvas.Rectangle(x + 4, y + 4 + (i * (CellSize - 8) / (Stripes - 0.5)), CellSize - 8, (CellSize - 8) / (2 * Stripes), fill: "#B4B4B4");
    }

    private static void AppendBarrier(SvgCanvas canvas, GridEdge barrier)
    {
        const int Dashes = 3;
        double x = barrier.Column * CellSize, y = canvas.Top + (barrier.Row * CellSize);
        for (int i = 0; i < Dashes; i++)
            canvas.Rectangle(x + 5 + (i * (CellSize - 10) / (Dashes - 0.25)), y - 3, (CellSize - 10) / (Dashes - 0.25) * 0.7, 6, "vsg-mark");
    }

    private void AppendEdge(StringBuilder text, int row, int width)
    {
        for (int c = 0; c < Columns; c++) text.Append(c == 0 ? '├' : '┼').Append(Barriers.Contains(new GridEdge(row, c)) ? BarrierLine : '─', width);
        text.Append("┤\n");
    }

    private string Cell(int row, int column, int width)
    {
        string letters = BoxLines.Center(Letters(row, column), width);
        var ground = Marks.FirstOrDefault(mark => mark.Row == row && mark.Column == column).Ground;
        if (ground == GridGround.Blocked) return letters.Replace(' ', '█');
        if (ground == GridGround.Shaded) return letters.Replace(' ', '·');
        return ground == GridGround.Striped ? letters.Replace(' ', '░') : letters;
    }

    private string Letters(int row, int column) => string.Join(' ', Marks
        .Where(mark => mark.Row == row && mark.Column == column && mark.Text.Length > 0)
        .Select(mark => mark.Ground == GridGround.Goal ? $"[{mark.Text}]" : mark.Text)
        .Concat(Tokens.Where(t => t.Row == row && t.Column == column).Select(t => t.Text)));
}
