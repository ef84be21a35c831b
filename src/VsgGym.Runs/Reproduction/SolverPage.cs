using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>Writes an experiment of solvers as a Markdown page, one table per game and curve, one per game of the answers' numbers, and as comma-separated values.</summary>
public static class SolverPage
{
    /// <summary>The page.</summary>
    /// <param name="experiment">What was run.</param>
    /// <param name="numbers">What <see cref="SolverSummary"/> made of it.</param>
    /// <param name="command">The command that makes the page.</param>
    public static string Write(SolverExperiment experiment, ImmutableArray<MeasuredNumber> numbers, string command)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        var page = new StringBuilder();
        string seeds = experiment.Seeds == 1 ? "One seed (0)" : $"{experiment.Seeds} seeds (0 to {experiment.Seeds - 1}); ± is one standard error of the mean over them";
        page.Append(CultureInfo.InvariantCulture, $"# {experiment.Title}\n\nSource: {experiment.Locus}. {seeds}. Made by:\n\n    {command}\n");
        foreach (string note in experiment.Notes) page.Append('\n').Append(note).Append('\n');
        foreach (var game in experiment.Games)
        {
            MeasuredNumber[] own = [.. numbers.Where(number => number.Game == game.Label)];
            page.Append(CultureInfo.InvariantCulture, $"\n## {game.Label}\n");
            foreach (var measure in experiment.Measures.Where(measure => measure.IsCurve)) AppendCurve(page, experiment, measure, own);
            AppendAnswers(page, experiment, own);
            if (!Agreement.IsCompared(own)) continue;
            page.Append(CultureInfo.InvariantCulture, $"\nWhat agrees. {Agreement.Rule(experiment)}\n\n");
            foreach (var method in experiment.Methods)
                page.Append(CultureInfo.InvariantCulture, $"- `{method.Label}`: {Agreement.Describe(experiment, [.. own.Where(number => number.Method == method.Label)])}\n");
        }

        return page.ToString();
    }

    /// <summary>Every number, one a line under a heading; an empty field where there is none.</summary>
    /// <param name="numbers">The numbers.</param>
    public static string WriteCsv(ImmutableArray<MeasuredNumber> numbers)
    {
        var lines = new StringBuilder("game,method,measure,iteration,mean,standard_error,published\n");
        foreach (var number in numbers)
            lines.Append(CultureInfo.InvariantCulture, $"{Quote(number.Game)},{Quote(number.Method)},{Quote(number.Measure)},{number.Iteration},{Exact(number.Mean)},{Exact(number.StandardError)},{number.Published}\n");
        return lines.ToString();
    }

    private static void AppendCurve(StringBuilder page, SolverExperiment experiment, SolverMeasure measure, MeasuredNumber[] numbers)
    {
        MeasuredNumber[] own = [.. numbers.Where(number => number.Measure == measure.Name)];
        int[] marks = [.. experiment.Marks.Where(mark => Array.Exists(own, number => number.Iteration == mark))]; // a game may be followed for less long than others
        AppendRow(page, [$"{measure.Title}; {experiment.Iteration}", .. marks.Select(mark => mark.ToString(CultureInfo.InvariantCulture))], heading: true);
        foreach (var method in experiment.Methods)
            AppendPair(page, method.Label, [.. marks.Select(mark => own.FirstOrDefault(number => number.Method == method.Label && number.Iteration == mark))], measure.LogFloor is not null);
    }

    private static void AppendAnswers(StringBuilder page, SolverExperiment experiment, MeasuredNumber[] numbers)
    {
        SolverMeasure[] measures = [.. experiment.Measures.Where(measure => !measure.IsCurve)];
        if (measures.Length == 0) return;
        AppendRow(page, ["the answer", .. measures.Select(measure => measure.Title)], heading: true);
        foreach (var method in experiment.Methods)
            AppendPair(page, method.Label, [.. measures.Select(measure => numbers.FirstOrDefault(number => number.Method == method.Label && number.Measure == measure.Name))]);
    }

    // A method's row, and below it the published one where there is something published.
    private static void AppendPair(StringBuilder page, string method, MeasuredNumber?[] numbers, bool logarithmic = false)
    {
        AppendRow(page, [$"`{method}`", .. numbers.Select(number => Measured(number, logarithmic))]);
        if (Array.Exists(numbers, number => number?.Published is not null))
            AppendRow(page, ["published", .. numbers.Select(number => number?.Published is { } value ? Text(value, logarithmic) : string.Empty)]);
    }

    private static void AppendRow(StringBuilder page, string[] cells, bool heading = false)
    {
        if (heading) page.Append('\n');
        page.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n");
        if (heading) page.Append(CultureInfo.InvariantCulture, $"|{string.Concat(Enumerable.Repeat("---|", cells.Length))}\n");
    }

    private static string Measured(MeasuredNumber? number, bool logarithmic)
    {
        if (number is null || double.IsNaN(number.Mean)) return "-";
        return number.StandardError > 0 ? $"{Text(number.Mean, logarithmic)} ± {Text(number.StandardError, logarithmic)}" : Text(number.Mean, logarithmic);
    }

    // Where orders of magnitude count, three decimals would say 0.
    private static string Text(double value, bool logarithmic) => logarithmic ? value.ToString("G4", CultureInfo.InvariantCulture) : Drawing.Number(value);

    private static string Exact(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    private static string Quote(string text) => text.AsSpan().IndexOfAny(",\"\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
