using System.Text;

namespace VsgGym.Server.Verbs;

/// <summary>Columns of text, each as wide as its longest cell, so that output reads the same on a terminal and in a file.</summary>
internal static class TextTable
{
    private const string Gap = "  ";

    /// <summary>Lays out rows; the last column is not padded.</summary>
    /// <param name="indent">Blanks before each row.</param>
    /// <param name="rows">Rows of equally many cells; the first one may be a heading.</param>
    public static string Lay(int indent, params IReadOnlyList<string[]> rows)
    {
        var text = new StringBuilder();
        if (rows.Count == 0) return string.Empty;
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (string[] row in rows)
        {
            text.Append(' ', indent);
            for (int c = 0; c < row.Length - 1; c++) text.Append(row[c].PadRight(widths[c])).Append(Gap);
            text.Append(row[^1]);
            while (text.Length > 0 && text[^1] == ' ') text.Length--;
            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Breaks text at blanks into lines of at most this many characters; longer words stay whole.</summary>
    public static string Wrap(string text, int width)
    {
        var lines = new StringBuilder();
        foreach (string paragraph in text.Split('\n'))
        {
            int used = 0;
            foreach (string word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (used > 0) lines.Append(used + 1 + word.Length <= width ? ' ' : '\n');
                used = used > 0 && used + 1 + word.Length <= width ? used + 1 + word.Length : word.Length;
                lines.Append(word);
            }

            lines.Append('\n');
        }

        return lines.ToString();
    }
}
