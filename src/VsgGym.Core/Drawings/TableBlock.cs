using System.Collections.Immutable;
using System.Text;

namespace VsgGym.Core;

/// <summary>A table; in text the highlighted cell stands in brackets.</summary>
internal sealed record TableBlock(
    string RowTitle, string ColumnTitle, ImmutableArray<string> RowNames, ImmutableArray<string> ColumnNames,
    ImmutableArray<ImmutableArray<string>> Cells, (int Row, int Column)? Highlight) : DrawingBlock
{
    private const double LineHeight = 20;
    private const double CellHeight = 32;

    public override void AppendText(StringBuilder text)
    {
        int label = LabelWidth(), width = CellWidth() + 2, columns = ColumnNames.Length;
        string indent = new(' ', label + 1);
        if (ColumnTitle.Length > 0) text.Append((indent + BoxLines.Center(ColumnTitle, (columns * (width + 1)) + 1)).TrimEnd()).Append('\n');
        text.Append((RowTitle.PadRight(label + 1) + string.Concat(ColumnNames.Select(name => " " + BoxLines.Center(name, width)))).TrimEnd()).Append('\n');
        BoxLines.Append(text.Append(indent), '┌', '┬', '┐', width, columns);
        for (int r = 0; r < RowNames.Length; r++)
        {
            text.Append(RowNames[r].PadLeft(label)).Append(' ');
            for (int c = 0; c < columns; c++)
            {
                string cell = BoxLines.Center(Cells[r][c], width - 2);
                text.Append('│').Append(Highlight == (r, c) ? $"[{cell}]" : $" {cell} ");
            }

            text.Append("│\n");
            if (r + 1 < RowNames.Length) BoxLines.Append(text.Append(indent), '├', '┼', '┤', width, columns);
        }

        BoxLines.Append(text.Append(indent), '└', '┴', '┘', width, columns);
    }

    public override void AppendSvg(SvgCanvas canvas)
    {
        double left = SvgCanvas.WidthOf(new string('x', LabelWidth())) + 10;
        double width = SvgCanvas.WidthOf(new string('x', CellWidth())) + 24;
        double top = canvas.Top + LineHeight + (ColumnTitle.Length > 0 ? LineHeight : 0);
        double middle = left + (ColumnNames.Length * width / 2);
        if (ColumnTitle.Length > 0) canvas.Text(middle, canvas.Top + 13, ColumnTitle, anchor: "middle", style: "vsg-dim");
        if (RowTitle.Length > 0) canvas.Text(0, top - 7, RowTitle, style: "vsg-dim");
        for (int c = 0; c < ColumnNames.Length; c++)
            canvas.Text(left + ((c + 0.5) * width), top - 7, ColumnNames[c], anchor: "middle", bold: true);
        for (int r = 0; r < RowNames.Length; r++)
        {
            double y = top + (r * CellHeight);
            canvas.Text(left - 8, y + 21, RowNames[r], anchor: "end", bold: true);
            for (int c = 0; c < ColumnNames.Length; c++) canvas.Rectangle(left + (c * width), y, width, CellHeight, "vsg-line");
        }

        if (Highlight is { } cell) canvas.Rectangle(left + (cell.Column * width), top + (cell.Row * CellHeight), width, CellHeight, "vsg-mark");
        for (int r = 0; r < RowNames.Length; r++)
            for (int c = 0; c < ColumnNames.Length; c++)
                canvas.Text(left + ((c + 0.5) * width), top + (r * CellHeight) + 21, Cells[r][c], anchor: "middle");
        canvas.Take(left + (ColumnNames.Length * width), top - canvas.Top + (RowNames.Length * CellHeight) + 12);
    }

    private int LabelWidth() => RowNames.Append(RowTitle).Max(name => name.Length);

    private int CellWidth() => Cells.SelectMany(row => row).Concat(ColumnNames).Max(cell => cell.Length);
}
