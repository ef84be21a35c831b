using System.CommandLine;
using System.Globalization;
using VsgGym.Core;
using VsgGym.Runs;
using VsgGym.Server.Reproduction;

namespace VsgGym.Server.Verbs;

/// <summary>`reproduce ID`: regenerates a table and its figures.</summary>
internal static class ReproduceVerb
{
    private const string PageFile = "README.md";

    private static readonly Argument<string> Id = new("ID") { Description = $"One of {string.Join(", ", Experiment.Ids)}" };
    private static readonly Option<string> Out = new("--out") { Description = "Folder of the results; what is there is not run again", DefaultValueFactory = _ => "results", HelpName = "DIR" };
    private static readonly Option<int> Jobs = new("--jobs") { Description = "Trials at once; the results do not depend on it", DefaultValueFactory = _ => System.Environment.ProcessorCount, HelpName = "N" };
    private static readonly Option<int?> Seeds = new("--seeds") { Description = "Seeds per method and game [default: as the experiment says]", HelpName = "N" };
    private static readonly Option<string[]> Only = new("--only") { Description = "Only the methods whose label contains this; repeatable", DefaultValueFactory = _ => [], HelpName = "TEXT" };
    private static readonly Option<bool> Fresh = new("--fresh") { Description = "Run everything again" };

    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        foreach (var count in (Option[])[Jobs, Seeds])
            count.Validators.Add(result => { if (result.Tokens.Count > 0 && !(int.TryParse(result.Tokens[0].Value, out int n) && n >= 1)) result.AddError($"{count.Name}: must be a whole number of at least 1"); });
        var command = new Command("reproduce", "Regenerates a table of the papers with its figures. Ctrl+C stops it; the next call goes on where it was.") { Id, Out, Jobs, Seeds, Only, Fresh };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult result)
    {
        Composition.TrainingThreads = 1; // the trials share the processors
        string id = result.GetValue(Id)!;
        var experiment = Experiment.Load(id);
        if (result.GetValue(Seeds) is { } seeds) experiment = experiment with { Seeds = seeds };
        string[] only = result.GetValue(Only)!;
        if (only.Length > 0) experiment = Restrict(experiment, only);
        string folder = Path.Combine([result.GetValue(Out)!, .. id.Split('/')]);
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        using var interruption = new Interruption();
        using var stop = new CancellationTokenSource();
        _ = interruption.Requested.ContinueWith(_ => stop.Cancel(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        var results = new ExperimentRunner(Composition.Catalog, TimeProvider.System).Run(
            experiment, folder, result.GetValue(Jobs), result.GetValue(Fresh), progress => Report(error, progress), stop.Token);
        string command = $"dotnet run -c Release --project src/VsgGym.Server -- reproduce {id}"
            + (result.GetValue(Seeds) is { } n ? $" --seeds {n}" : string.Empty) + string.Concat(only.Select(text => $" --only \"{text}\""));
        string page = ResultTable.Write(experiment, results, Composition.Catalog, command);
        string pictures = string.Concat(CurveFigure.SaveAll(experiment, results, folder).Select(name => $"\n![{name}]({name}.png)\n"));
        File.WriteAllText(Path.Combine(folder, PageFile), page + pictures);
        output.Write(page);
        error.WriteLine($"Written to {folder}: {PageFile}, {ExperimentRunner.ResultFile} and the figures as PNG and SVG.");
        return CommandLine.Done;
    }

    private static Experiment Restrict(Experiment experiment, string[] only)
    {
        bool Fits(ExperimentMethod method, string text) => method.Label.Contains(text, StringComparison.OrdinalIgnoreCase);
        var faults = new FaultList();
        foreach (string text in only.Where(text => !experiment.Methods.Any(method => Fits(method, text))))
            faults.Add("--only", text, $"no method's label contains it; they are {string.Join(", ", experiment.Methods.Select(method => method.Label))}", "unknown_method");
        faults.ThrowIfAny();
        return experiment with { Methods = [.. experiment.Methods.Where(method => only.Any(text => Fits(method, text)))] };
    }

    private static void Report(TextWriter error, ExperimentProgress progress)
    {
        var (trial, result) = (progress.Trial, progress.Result);
        string end = result.Outcome.Length > 0 ? result.Outcome : string.Create(CultureInfo.InvariantCulture, $"return {result.GreedyReturn:0.###}");
        error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{progress.Done}/{progress.Total}  {trial.Game.Label}  {trial.Method.Label}  seed {trial.Seed}: {end} [{string.Join(", ", result.JointAction.Select(a => a.ToString("0.##", CultureInfo.InvariantCulture)))}] in {result.Seconds:0.0} s {result.Fault}"));
    }
}
