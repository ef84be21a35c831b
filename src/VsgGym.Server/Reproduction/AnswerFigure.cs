using ScottPlot;
using ScottPlot.TickGenerators;
using VsgGym.Runs;

namespace VsgGym.Server.Reproduction;

/// <summary>Draws the numbers of the methods' answers on one game as groups of bars, one group per number, with the published ones as diamonds.</summary>
internal static class AnswerFigure
{
    private const int PictureWidth = 1080, PictureHeight = 600;
    private const int MostLevelNames = 4; // of groups; more are turned
    private const float MarkSize = 10;
    private const double Gap = 1; // of a bar's width, between groups

    /// <summary>Writes NAME.png and NAME.svg for every game of an experiment that measures answers.</summary>
    /// <param name="experiment">What was run.</param>
    /// <param name="numbers">The means, with the published numbers.</param>
    /// <param name="folder">Where to.</param>
    /// <returns>The files' names without their endings.</returns>
    public static IReadOnlyList<string> SaveAll(SolverExperiment experiment, IReadOnlyList<MeasuredNumber> numbers, string folder)
    {
        SolverMeasure[] measures = [.. experiment.Measures.Where(measure => measure.Curve is null)];
        var names = new List<string>();
        if (measures.Length == 0) return names;
        foreach (var game in experiment.Games)
        {
            string name = CurveFigure.FileName($"answers {game.Label}");
            Save(experiment, measures, [.. numbers.Where(number => number.Game == game.Label && number.Iteration is null)], game.Label, Path.Combine(folder, name));
            names.Add(name);
        }

        return names;
    }

    private static void Save(SolverExperiment experiment, SolverMeasure[] measures, MeasuredNumber[] numbers, string title, string path)
    {
        using var plot = new Plot();
        var palette = new ScottPlot.Palettes.ColorblindFriendly();
        SolverMethod[] methods = [.. experiment.Methods.Where(method => method.InFigure)];
        double group = methods.Length + Gap;
        bool isCompared = false;
        for (int m = 0; m < methods.Length; m++)
        {
            var own = numbers.Where(number => number.Method == methods[m].Label).ToArray();
            var color = palette.GetColor(m + 1); // the first is black, as the diamonds are
            var bars = plot.Add.Bars([.. own.Select(number => Place(number, m))], [.. own.Select(number => number.Mean)]);
            bars.Color = color;
            bars.LegendText = methods[m].Label;
            MeasuredNumber[] published = [.. own.Where(number => number.Published is not null)];
            if (published.Length == 0) continue;
            isCompared = true;
            double[] places = [.. published.Select(number => Place(number, m))], values = [.. published.Select(number => number.Published!.Value)];
            var points = plot.Add.ScatterPoints(places, values, Colors.Black);
            points.MarkerSize = MarkSize;
            points.MarkerShape = MarkerShape.FilledDiamond;
            points.MarkerLineColor = Colors.White; // to be seen on dark bars
            points.MarkerLineWidth = 1.5f;
        }

        plot.Title(isCompared ? $"{title} (diamonds: published)" : title);
        plot.Axes.Bottom.TickGenerator = new NumericManual([.. measures.Select((_, k) => (k * group) + ((methods.Length - 1) / 2.0))], [.. measures.Select(measure => measure.Name)]);
        if (measures.Length > MostLevelNames)
        {
            plot.Axes.Bottom.TickLabelStyle.Rotation = 20;
            plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleLeft;
            plot.Axes.Bottom.TickLabelStyle.OffsetY = 8; // turned names would begin on the axis
            plot.Axes.Bottom.MinimumSize = 80;
        }

        plot.HideGrid();
        if (numbers.All(number => number.Mean >= 0)) plot.Axes.Margins(bottom: 0);
        plot.ShowLegend(Edge.Right);
        plot.SavePng(path + ".png", PictureWidth, PictureHeight);
        plot.SaveSvg(path + ".svg", PictureWidth, PictureHeight);

        double Place(MeasuredNumber number, int method) => (Array.FindIndex(measures, measure => measure.Name == number.Measure) * group) + method;
    }
}
