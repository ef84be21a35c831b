using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace VsgGym.Runs;

/// <summary>Writes a theorem test as a Markdown page and as comma-separated values.</summary>
public static class TheoremPage
{
    /// <summary>The page.</summary>
    /// <param name="test">What was held against games.</param>
    /// <param name="rows">What came out.</param>
    /// <param name="command">The command that makes the page.</param>
    public static string Write(TheoremTest test, ImmutableArray<TheoremRow> rows, string command)
    {
        ArgumentNullException.ThrowIfNull(test);
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"# {test.Title}\n\nSource: {test.Locus}. Made by:\n\n    {command}\n");
        foreach (string note in test.Notes) page.Append('\n').Append(note).Append('\n');
        foreach (string group in rows.Select(row => row.Group).Distinct())
        {
            TheoremRow[] own = [.. rows.Where(row => row.Group == group)];
            page.Append(CultureInfo.InvariantCulture, $"\n## {group}\n\n{Summarize(own)}\n\n");
            string[] headings = ["game", "premise", test.BoundHeading, test.MeasuredHeading, "holds", .. test.OtherHeadings];
            page.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", headings)} |\n|{string.Concat(Enumerable.Repeat("---|", headings.Length))}\n");
            foreach (var row in own)
                page.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", [row.Game, YesNo(row.Premise), Short(row.Bound), Short(row.Measured), YesNo(row.Holds), .. row.Others.Select(Short)])} |\n");
        }

        return page.ToString();
    }

    /// <summary>Every row, one a line under a heading.</summary>
    /// <param name="test">What was held against games.</param>
    /// <param name="rows">What came out.</param>
    public static string WriteCsv(TheoremTest test, ImmutableArray<TheoremRow> rows)
    {
        ArgumentNullException.ThrowIfNull(test);
        var lines = new StringBuilder();
        string[] headings = ["group", "game", "premise", test.BoundHeading, test.MeasuredHeading, "holds", .. test.OtherHeadings];
        lines.AppendJoin(',', headings.Select(Quote)).Append('\n');
        foreach (var row in rows)
            lines.AppendJoin(',', [Quote(row.Group), Quote(row.Game), YesNo(row.Premise), Exact(row.Bound), Exact(row.Measured), YesNo(row.Holds), .. row.Others.Select(Exact)]).Append('\n');
        return lines.ToString();
    }

    /// <summary>How often premise and promise hold, in a sentence.</summary>
    internal static string Summarize(TheoremRow[] rows)
    {
        int inside = rows.Count(row => row.Premise), kept = rows.Count(row => row.Premise && row.Holds), outside = rows.Length - inside, lucky = rows.Count(row => !row.Premise && row.Holds);
        var sentences = new List<string>();
        if (inside > 0) sentences.Add($"The premises hold in {inside} of {rows.Length}, and there the promise holds in {kept} and fails in {inside - kept}.");
        if (outside > 0) sentences.Add($"The premises do not hold in {outside} of {rows.Length}, and there the promise holds all the same in {lucky} and fails in {outside - lucky}.");
        return string.Join(' ', sentences);
    }

    private static string YesNo(bool value) => value ? "yes" : "no";

    private static string Short(double number) => number.ToString("G4", CultureInfo.InvariantCulture);

    private static string Exact(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string Quote(string text) => text.AsSpan().IndexOfAny(",\"") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
