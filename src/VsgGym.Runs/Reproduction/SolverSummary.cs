using System.Collections.Immutable;

namespace VsgGym.Runs;

/// <summary>A measured number, the mean over seeds, beside the published one.</summary>
/// <param name="Game">The game's label.</param>
/// <param name="Method">The method's label.</param>
/// <param name="Measure">The measure's name.</param>
/// <param name="Iteration">Where on the curve; null for a number of the answer.</param>
/// <param name="Mean">The mean.</param>
/// <param name="StandardError">Its standard error; 0 for one seed.</param>
/// <param name="Published">What the paper has, or null.</param>
public sealed record MeasuredNumber(string Game, string Method, string Measure, int? Iteration, double Mean, double StandardError, double? Published);

/// <summary>The numbers of an experiment of solvers, averaged over seeds.</summary>
public static class SolverSummary
{
    private const double Rounding = 1e-12;

    /// <summary>Every point of every curve and every number of an answer, in the order of games, methods, measures and iterations.</summary>
    /// <param name="experiment">What was run.</param>
    /// <param name="results">Every trial with its result.</param>
    /// <returns>A curve is as long as the shortest of its seeds.</returns>
    public static ImmutableArray<MeasuredNumber> Of(SolverExperiment experiment, ImmutableArray<(SolverTrial Trial, SolverTrialResult Result)> results)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        var numbers = ImmutableArray.CreateBuilder<MeasuredNumber>();
        foreach (var game in experiment.Games)
            foreach (var method in experiment.Methods)
                foreach (var measure in experiment.Measures) numbers.AddRange(Of(experiment, game, method, measure, results));
        return numbers.ToImmutable();
    }

    /// <summary>The curves of a measure, [seeds][points].</summary>
    /// <param name="results">Every trial with its result.</param>
    /// <param name="game">The game.</param>
    /// <param name="method">The method.</param>
    /// <param name="measure">The measure's name.</param>
    public static double[][] Curves(IEnumerable<(SolverTrial Trial, SolverTrialResult Result)> results, SolverGame game, SolverMethod method, string measure) =>
        [.. results.Where(r => r.Trial.Game == game && r.Trial.Method == method).Select(r => r.Result.Numbers[measure].ToArray())];

    private static IEnumerable<MeasuredNumber> Of(
        SolverExperiment experiment, SolverGame game, SolverMethod method, SolverMeasure measure, ImmutableArray<(SolverTrial Trial, SolverTrialResult Result)> results)
    {
        double[][] curves = Curves(results, game, method, measure.Name);
        var published = experiment.Published.Where(p => p.Method == method.Label && p.Measure == measure.Name && (p.Game ?? game.Label) == game.Label).ToArray();
        int points = curves.Select(curve => curve.Length).DefaultIfEmpty(0).Min();
        for (int k = 0; k < points; k++)
        {
            int? iteration = measure.IsCurve ? (k + 1) * experiment.Every : null;
            double[] values = [.. curves.Select(curve => curve[k])];
            double mean = values.Average();
            yield return new MeasuredNumber(game.Label, method.Label, measure.Name, iteration, mean, StandardError(values, mean), Published(experiment, published, iteration));
        }
    }

    private static double? Published(SolverExperiment experiment, PublishedNumbers[] published, int? iteration)
    {
        foreach (var row in published)
        {
            int at = iteration is { } number ? (row.At ?? experiment.Marks).IndexOf(number) : 0;
            if (at >= 0 && at < row.Values.Length) return row.Values[at];
        }

        return null;
    }

    private static double StandardError(double[] values, double mean)
    {
        if (values.Length < 2) return 0;
        double variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
        double error = Math.Sqrt(variance / values.Length);
        return error > Rounding * Math.Abs(mean) ? error : 0; // equal numbers, whose sum was rounded
    }
}
