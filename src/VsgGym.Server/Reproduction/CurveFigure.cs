using System.Globalization;
using ScottPlot;
using VsgGym.Runs;

namespace VsgGym.Server.Reproduction;

/// <summary>Draws the methods' mean curves on one game, each with a band of one standard error of the mean to both sides, as PNG and SVG.</summary>
internal sealed class CurveFigure : IDisposable
{
    private const int PictureWidth = 1080, PictureHeight = 600;
    private const double BandOpacity = 0.18;
    private const float MarkSize = 9;

    private readonly Plot _plot = new();
    private readonly ScottPlot.Palettes.ColorblindFriendly _palette = new();
    private readonly double? _logFloor;
    private int _count;

    /// <summary>Starts an empty figure.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="horizontal">The name of the horizontal axis.</param>
    /// <param name="vertical">The name of the vertical axis.</param>
    /// <param name="logFloor">Above 0: the vertical axis is logarithmic, and what is below is drawn there; absent: it is linear.</param>
    public CurveFigure(string title, string horizontal, string vertical, double? logFloor = null)
    {
        _logFloor = logFloor;
        if (logFloor is not null)
            _plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true, LabelFormatter = y => Math.Pow(10, y).ToString("G3", CultureInfo.InvariantCulture) };
        _plot.Title(title);
        _plot.XLabel(horizontal);
        _plot.YLabel(vertical);
        _plot.ShowLegend(Edge.Right); // beside the curves: inside it hid bands
    }

    /// <summary>Adds a method.</summary>
    /// <param name="label">Its name in the legend.</param>
    /// <param name="horizontal">[n].</param>
    /// <param name="curves">One curve per seed, each at least [n].</param>
    public void Add(string label, double[] horizontal, double[][] curves)
    {
        if (curves.Length == 0) return;
        var color = _palette.GetColor(_count);
        double[] means = [.. horizontal.Select((_, i) => curves.Average(curve => curve[i]))];
        double[] errors = [.. horizontal.Select((_, i) => StandardError(curves, i, means[i]))];
        var band = _plot.Add.FillY(horizontal, [.. means.Zip(errors, (m, e) => Height(m - e))], [.. means.Zip(errors, (m, e) => Height(m + e))]);
        band.FillColor = color.WithAlpha(BandOpacity);
        band.LineWidth = 0;
        band.MarkerSize = 0;
        var line = _plot.Add.ScatterLine(horizontal, [.. means.Select(Height)], color);
        line.LegendText = label;
        line.LineWidth = 2;
        line.LinePattern = Patterns[_count++ / 2 % Patterns.Length];
    }

    /// <summary>Adds published points in the color of the method added last.</summary>
    /// <param name="horizontal">[n].</param>
    /// <param name="vertical">[n].</param>
    public void Mark(double[] horizontal, double[] vertical)
    {
        if (horizontal.Length == 0) return;
        var points = _plot.Add.ScatterPoints(horizontal, [.. vertical.Select(Height)], _palette.GetColor(_count - 1));
        points.MarkerSize = MarkSize;
        points.MarkerShape = MarkerShape.FilledDiamond;
    }

    /// <summary>Writes NAME.png and NAME.svg.</summary>
    /// <param name="path">The path without an ending.</param>
    public void Save(string path)
    {
        _plot.SavePng(path + ".png", PictureWidth, PictureHeight);
        _plot.SaveSvg(path + ".svg", PictureWidth, PictureHeight);
    }

    /// <inheritdoc/>
    public void Dispose() => _plot.Dispose();

    private double Height(double value) => _logFloor is { } floor ? Math.Log10(Math.Max(value, floor)) : value;

    private static LinePattern[] Patterns { get; } = [LinePattern.Solid, LinePattern.Dashed, LinePattern.Dotted];

    private static double StandardError(double[][] curves, int at, double mean)
    {
        if (curves.Length < 2) return 0;
        double variance = curves.Sum(curve => (curve[at] - mean) * (curve[at] - mean)) / (curves.Length - 1);
        return Math.Sqrt(variance / curves.Length);
    }

    /// <summary>The experiment's figures, one per game: the mean reward while learning and, where there is a table, NashConv.</summary>
    /// <param name="experiment">What was run.</param>
    /// <param name="results">Every trial with its result.</param>
    /// <param name="folder">Where to.</param>
    /// <returns>The files' names without their endings.</returns>
    public static IReadOnlyList<string> SaveAll(Experiment experiment, IReadOnlyList<(Trial Trial, TrialResult Result)> results, string folder)
    {
        var names = new List<string>();
        foreach (var game in experiment.Games)
        {
            var own = results.Where(r => r.Trial.Game == game && r.Result.Fault.Length == 0).ToList();
            string name = FileName(game.Label);
            using var rewards = new CurveFigure(game.Label, $"step (bins of {experiment.Bin})", "mean reward of the first player while learning");
            Fill(rewards, experiment, own, result => [.. result.Curve], i => (i + 1) * experiment.Bin);
            rewards.Save(Path.Combine(folder, "reward-" + name));
            names.Add("reward-" + name);
            if (own.All(r => r.Result.NashConv.Length == 0)) continue;
            using var gaps = new CurveFigure(game.Label, "share of the run, %", "NashConv of the sampled policies");
            Fill(gaps, experiment, own, result => [.. result.NashConv], i => 100.0 * i / experiment.Measurements);
            gaps.Save(Path.Combine(folder, "nashconv-" + name));
            names.Add("nashconv-" + name);
        }

        return names;
    }

    /// <summary>The figures of an experiment of solvers, one per game and curve, with the published points as diamonds.</summary>
    /// <param name="experiment">What was run.</param>
    /// <param name="results">Every trial with its result.</param>
    /// <param name="numbers">The means, with the published numbers.</param>
    /// <param name="folder">Where to.</param>
    /// <returns>The files' names without their endings.</returns>
    public static IReadOnlyList<string> SaveAll(
        SolverExperiment experiment, IReadOnlyList<(SolverTrial Trial, SolverTrialResult Result)> results, IReadOnlyList<MeasuredNumber> numbers, string folder)
    {
        var names = new List<string>();
        foreach (var game in experiment.Games)
        {
            foreach (var measure in experiment.Measures.Where(measure => measure.Curve is not null))
            {
                string subtitle = numbers.Any(number => number.Game == game.Label && number.Measure == measure.Name && number.Published is not null) ? " (diamonds: published)" : string.Empty;
                using var figure = new CurveFigure(game.Label + subtitle, experiment.Iteration, measure.Title, measure.LogFloor);
                foreach (var method in experiment.Methods.Where(method => method.InFigure))
                {
                    double[][] curves = [.. SolverSummary.Curves(results, game, method, measure.Name).Where(curve => curve.Length > 0)];
                    int length = curves.Select(curve => curve.Length).DefaultIfEmpty(0).Min();
                    figure.Add(method.Label, [.. Enumerable.Range(1, length).Select(k => (double)k * experiment.Every)], curves);
                    MeasuredNumber[] published = [.. numbers.Where(number => number.Game == game.Label && number.Method == method.Label && number.Measure == measure.Name && number.Published is not null)];
                    if (curves.Length > 0) figure.Mark([.. published.Select(number => (double)number.Iteration!)], [.. published.Select(number => number.Published!.Value)]);
                }

                string name = FileName($"{measure.Name} {game.Label}");
                figure.Save(Path.Combine(folder, name));
                names.Add(name);
            }
        }

        return names;
    }

    /// <summary>A label as part of a file's name.</summary>
    public static string FileName(string label)
    {
        string name = new([.. label.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]);
        while (name.Contains("--", StringComparison.Ordinal)) name = name.Replace("--", "-", StringComparison.Ordinal);
        return name.Trim('-');
    }

    private static void Fill(CurveFigure figure, Experiment experiment, List<(Trial Trial, TrialResult Result)> own, Func<TrialResult, double[]> curve, Func<int, double> horizontal)
    {
        foreach (var method in experiment.Methods)
        {
            double[][] curves = [.. own.Where(r => r.Trial.Method == method).Select(r => curve(r.Result)).Where(c => c.Length > 0)];
            int length = curves.Select(c => c.Length).DefaultIfEmpty(0).Min();
            figure.Add(method.Label, [.. Enumerable.Range(0, length).Select(horizontal)], curves);
        }
    }
}
