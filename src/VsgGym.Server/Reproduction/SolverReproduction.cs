using VsgGym.Runs;

namespace VsgGym.Server.Reproduction;

/// <summary>Regenerates an experiment of solvers: its page, its numbers and its figures.</summary>
internal static class SolverReproduction
{
    private const string NumbersFile = "numbers.csv";

    /// <summary>Runs what is missing and writes everything.</summary>
    /// <returns>The page, and what was written.</returns>
    public static (string Page, string Written) Run(ReproductionCall call, CancellationToken cancellationToken)
    {
        var experiment = SolverExperiment.Load(call.Id);
        if (call.Seeds is { } seeds) experiment = experiment with { Seeds = seeds };
        experiment = experiment with { Methods = MethodChoice.Of(experiment.Methods, method => method.Label, call.Only) };
        int told = 0; // twentieths
        void Report(int done, int total)
        {
            if (done * 20 / total is var part && part == told && done < total) return;
            else told = part;
            call.Progress.WriteLine($"{done}/{total} trials");
        }

        var results = new SolverExperimentRunner(Composition.Catalog, TimeProvider.System).Run(experiment, call.Folder, call.Jobs, call.Fresh, Report, cancellationToken);
        var numbers = SolverSummary.Of(experiment, results);
        string page = SolverPage.Write(experiment, numbers, call.Command);
        string[] figures = [.. CurveFigure.SaveAll(experiment, results, numbers, call.Folder), .. AnswerFigure.SaveAll(experiment, numbers, call.Folder)];
        string pictures = string.Concat(figures.Select(name => $"\n![{name}]({name}.png)\n"));
        File.WriteAllText(Path.Combine(call.Folder, ReproductionCall.PageFile), page + pictures);
        File.WriteAllText(Path.Combine(call.Folder, NumbersFile), SolverPage.WriteCsv(numbers));
        return (page, $"{ReproductionCall.PageFile}, {NumbersFile}, {ExperimentRunner.ResultFile} and the figures as PNG and SVG");
    }
}
