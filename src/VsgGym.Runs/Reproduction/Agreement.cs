using System.Collections.Immutable;
using System.Globalization;

namespace VsgGym.Runs;

/// <summary>Says in a sentence where a method's numbers agree with the published ones and where they do not.</summary>
internal static class Agreement
{
    private const double Errors = 2; // standard errors of the difference of two means

    /// <summary>What counts as agreement, one sentence.</summary>
    public static string Rule(SolverExperiment experiment)
    {
        string reading = Reading([.. experiment.Measures.Where(measure => measure.ReadingError > 0)]);
        string within = experiment.Seeds > 1
            ? $"twice the standard error of the difference, the published mean taken to be over as many trials with the same spread{(reading.Length > 0 ? $", plus what rounding and reading may hide ({reading})" : string.Empty)}"
            : $"what rounding and reading may hide ({reading})";
        return $"A number agrees where it lies within {within}.";
    }

    /// <summary>Whether the paper has a number for a game.</summary>
    public static bool IsCompared(IEnumerable<MeasuredNumber> numbers) => numbers.Any(number => number.Published is not null);

    /// <summary>The sentence.</summary>
    /// <param name="experiment">What was run.</param>
    /// <param name="numbers">The method's numbers in one game.</param>
    public static string Describe(SolverExperiment experiment, ImmutableArray<MeasuredNumber> numbers)
    {
        var parts = experiment.Measures.Select(measure => Describe(experiment, measure, [.. numbers.Where(number => number.Measure == measure.Name)])).Where(part => part.Length > 0).ToArray();
        return parts.Length > 0 ? Sum(parts) + "." : $"no published numbers; it ends at {string.Join(", ", experiment.Measures.Select(measure => Last(measure, numbers)))}.";
    }

    private static string Reading(SolverMeasure[] measures)
    {
        string[] errors = [.. measures.Select(measure => measure.ReadingError.ToString("G3", CultureInfo.InvariantCulture))];
        return errors.Distinct().Count() == 1 ? errors[0] : string.Join(", ", measures.Zip(errors, (measure, error) => $"{error} for {measure.Name}"));
    }

    private static string Describe(SolverExperiment experiment, SolverMeasure measure, ImmutableArray<MeasuredNumber> numbers)
    {
        MeasuredNumber[] compared = [.. numbers.Where(number => number.Published is not null)];
        if (compared.Length == 0) return string.Empty;
        MeasuredNumber[] wrong = [.. compared.Where(number => Distance(number) > Allowed(number, measure))];
        var worst = (wrong.Length > 0 ? wrong : compared).MaxBy(Distance)!;
        string example = $"{Text(worst.Mean)} against {Text(worst.Published!.Value)}{Place(experiment, worst)}";
        if (compared.Length == 1) return $"{measure.Name} {(wrong.Length == 0 ? "agrees" : "does not agree")}: {example}{Strength(worst, wrong.Length)}";
        return wrong.Length == 0
            ? $"{measure.Name} agrees at all {compared.Length} marks, at worst {example}"
            : $"{measure.Name} agrees at {compared.Length - wrong.Length} of {compared.Length} marks, at worst {example}{Strength(worst, wrong.Length)}";
    }

    // Numbers of an answer: those that agree by name only, the others with both numbers.
    private static string Sum(string[] parts)
    {
        string[] agreeing = [.. parts.Where(part => part.Contains(" agrees: ", StringComparison.Ordinal)).Select(part => part[..part.IndexOf(" agrees: ", StringComparison.Ordinal)])];
        if (agreeing.Length < 2) return string.Join("; ", parts);
        string together = agreeing.Length == parts.Length ? "all agree" : $"{string.Join(", ", agreeing)} agree";
        return string.Join("; ", [together, .. parts.Where(part => !part.Contains(" agrees: ", StringComparison.Ordinal))]);
    }

    private static string Last(SolverMeasure measure, ImmutableArray<MeasuredNumber> numbers) =>
        numbers.LastOrDefault(number => number.Measure == measure.Name) is { } last ? $"{measure.Name} {Text(last.Mean)}" : $"no {measure.Name}";

    private static string Place(SolverExperiment experiment, MeasuredNumber number) => number.Iteration is { } at ? $" at {experiment.Iteration} {at}" : string.Empty;

    private static string Strength(MeasuredNumber number, int wrong) =>
        wrong > 0 && number.StandardError > 0 ? $", {(Distance(number) / (Math.Sqrt(2) * number.StandardError)).ToString("0.0", CultureInfo.InvariantCulture)} standard errors" : string.Empty;

    private static double Distance(MeasuredNumber number) => Math.Abs(number.Mean - number.Published!.Value);

    private static double Allowed(MeasuredNumber number, SolverMeasure measure) => (Errors * Math.Sqrt(2) * number.StandardError) + measure.ReadingError;

    private static string Text(double value) => Core.Drawing.Number(value);
}
