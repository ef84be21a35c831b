using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>Writes an experiment's results as a Markdown page: one table per kind of game, the command that makes it, and the notes.</summary>
public static class ResultTable
{
    /// <summary>The page.</summary>
    /// <param name="experiment">What was run.</param>
    /// <param name="results">Every trial with its result.</param>
    /// <param name="catalog">Measures uniform play where a game has a table.</param>
    /// <param name="command">The command that makes the page.</param>
    public static string Write(Experiment experiment, ImmutableArray<(Trial Trial, TrialResult Result)> results, Catalog catalog, string command)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(catalog);
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"# {experiment.Title}\n\nSource: {experiment.Locus}. {experiment.Seeds} seeds (0 to {experiment.Seeds - 1}). Made by:\n\n    {command}\n\nReturns are the first player's; ± is one standard error of the mean over seeds.\n");
        foreach (string note in experiment.Notes) page.Append('\n').Append(note).Append('\n');
        foreach (var game in experiment.Games) Append(page, experiment, game, results, catalog);
        return page.ToString();
    }

    private static void Append(StringBuilder page, Experiment experiment, ExperimentGame game, ImmutableArray<(Trial Trial, TrialResult Result)> results, Catalog catalog)
    {
        string[] names = [.. game.Outcomes.Select(outcome => outcome.Name)];
        if (names.Length > 0) names = [.. names, "other"];
        bool hasTable = results.Any(r => r.Trial.Game == game && r.Result.NashConv.Length > 0);
        string[] heading =
        [
            "method", .. names, "failed", "greedy return", "sampled return", .. hasTable ? ["NashConv at the end", "lowest", "highest"] : Array.Empty<string>(), "s per trial",
        ];
        page.Append(CultureInfo.InvariantCulture, $"\n## {game.Label}\n\n| {string.Join(" | ", heading)} |\n|{string.Concat(Enumerable.Repeat("---|", heading.Length))}\n");
        foreach (var method in experiment.Methods)
        {
            TrialResult[] own = [.. results.Where(r => r.Trial.Game == game && r.Trial.Method == method).Select(r => r.Result)];
            var ended = own.Where(result => result.Outcome != "failed").ToArray();
            double[] gaps = [.. ended.Where(result => result.NashConv.Length > 0).Select(result => result.NashConv[^1])];
            string[] row =
            [
                $"`{method.Label}`", .. names.Select(name => Number(own.Count(result => result.Outcome == name))), Number(own.Length - ended.Length),
                Mean([.. ended.Select(result => result.GreedyReturn)]), Mean([.. ended.Select(result => result.SampledReturn)]),
                .. hasTable ? [Mean(gaps), Number(gaps.DefaultIfEmpty(double.NaN).Min()), Number(gaps.DefaultIfEmpty(double.NaN).Max())] : Array.Empty<string>(),
                Number(own.Select(result => result.Seconds).DefaultIfEmpty(0).Average()),
            ];
            page.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row)} |\n");
        }

        if (hasTable) AppendReferences(page, game, catalog, names.Length);
    }

    private static void AppendReferences(StringBuilder page, ExperimentGame game, Catalog catalog, int names)
    {
        var table = catalog.CreateGame(game.Id, game.Options?.GetRawText() ?? "{}").Table!;
        var uniform = catalog.CreateMetric("nash", table).Measure(PolicyProfile.Uniform(table), CancellationToken.None);
        string blanks = string.Concat(Enumerable.Repeat(" |", names + 1));
        page.Append(CultureInfo.InvariantCulture, $"| uniform play |{blanks} | {Number(uniform.Values[0])} | {Number(uniform.Gap)} | {Number(uniform.Gap)} | {Number(uniform.Gap)} | |\n");
        page.Append(CultureInfo.InvariantCulture, $"| an exact equilibrium |{blanks} | | 0 | 0 | 0 | |\n");
    }

    private static string Mean(double[] values)
    {
        if (values.Length == 0) return "-";
        double mean = values.Average();
        double variance = values.Length < 2 ? 0 : values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
        return $"{Number(mean)} ± {Number(Math.Sqrt(variance / values.Length))}";
    }

    private static string Number(double value) => double.IsNaN(value) ? "-" : Drawing.Number(value);
}
