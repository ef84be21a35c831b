using System.CommandLine;
using VsgGym.Runs;
using VsgGym.Server.Reproduction;

namespace VsgGym.Server.Verbs;

/// <summary>`reproduce ID`: regenerates a table and its figures.</summary>
internal static class ReproduceVerb
{
    private static readonly Argument<string> Id = new("ID") { Description = $"One of {string.Join(", ", Experiment.Ids.Concat(SolverExperiment.Ids).Concat(TheoremTest.Ids).Order(StringComparer.Ordinal))}" };
    private static readonly Option<string> Out = new("--out") { Description = "Folder of the results; what is there is not run again", DefaultValueFactory = _ => "results", HelpName = "DIR" };
    private static readonly Option<int> Jobs = new("--jobs") { Description = "Trials at once; the results do not depend on it", DefaultValueFactory = _ => System.Environment.ProcessorCount, HelpName = "N" };
    private static readonly Option<int?> Seeds = new("--seeds") { Description = "Seeds per method and game; random games of each kind for a theorem [default: as the experiment says]", HelpName = "N" };
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
        string id = result.GetValue(Id)!;
        string folder = Path.Combine([result.GetValue(Out)!, .. id.Split('/')]);
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        var call = new ReproductionCall(id, folder, result.GetValue(Jobs), result.GetValue(Seeds), result.GetValue(Only)!, result.GetValue(Fresh), error);
        using var interruption = new Interruption();
        using var stop = new CancellationTokenSource();
        _ = interruption.Requested.ContinueWith(_ => stop.Cancel(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        var (page, written) = TheoremTest.Ids.Contains(id) ? TheoremReproduction.Run(call, stop.Token)
            : SolverExperiment.Ids.Contains(id) ? SolverReproduction.Run(call, stop.Token)
            : LearnerReproduction.Run(call, stop.Token);
        output.Write(page);
        error.WriteLine($"Written to {folder}: {written}.");
        return CommandLine.Done;
    }
}
