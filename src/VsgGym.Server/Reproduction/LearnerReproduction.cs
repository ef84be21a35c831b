using System.Globalization;
using VsgGym.Runs;

namespace VsgGym.Server.Reproduction;

/// <summary>Regenerates an experiment of learners: its page and its figures.</summary>
internal static class LearnerReproduction
{
    /// <summary>Runs what is missing and writes everything.</summary>
    /// <returns>The page, and what was written.</returns>
    public static (string Page, string Written) Run(ReproductionCall call, CancellationToken cancellationToken)
    {
        Composition.TrainingThreads = 1; // the trials share the processors
        var experiment = Experiment.Load(call.Id);
        if (call.Seeds is { } seeds) experiment = experiment with { Seeds = seeds };
        experiment = experiment with { Methods = MethodChoice.Of(experiment.Methods, method => method.Label, call.Only) };
        var results = new ExperimentRunner(Composition.Catalog, TimeProvider.System).Run(
            experiment, call.Folder, call.Jobs, call.Fresh, progress => Report(call.Progress, progress), cancellationToken);
        string page = ResultTable.Write(experiment, results, Composition.Catalog, call.Command);
        string pictures = string.Concat(CurveFigure.SaveAll(experiment, results, call.Folder).Select(name => $"\n![{name}]({name}.png)\n"));
        File.WriteAllText(Path.Combine(call.Folder, ReproductionCall.PageFile), page + pictures);
        return (page, $"{ReproductionCall.PageFile}, {ExperimentRunner.ResultFile} and the figures as PNG and SVG");
    }

    private static void Report(TextWriter error, ExperimentProgress progress)
    {
        var (trial, result) = (progress.Trial, progress.Result);
        string end = result.Outcome.Length > 0 ? result.Outcome : string.Create(CultureInfo.InvariantCulture, $"return {result.GreedyReturn:0.###}");
        error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{progress.Done}/{progress.Total}  {trial.Game.Label}  {trial.Method.Label}  seed {trial.Seed}: {end} [{string.Join(", ", result.JointAction.Select(a => a.ToString("0.##", CultureInfo.InvariantCulture)))}] in {result.Seconds:0.0} s {result.Fault}"));
    }
}
