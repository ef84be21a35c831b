using System.Text.Json;
using VsgGym.Core;

namespace VsgGym.Runs.Tests;

public sealed class ExperimentTests : IDisposable
{
    private static readonly Catalog Catalog = SampleFactory.Catalog;

    private readonly string _folder = Directory.CreateTempSubdirectory("vsggym-reproduce-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void EveryExperiment_CanBeRead()
    {
        Assert.NotEmpty(Experiment.Ids);
        foreach (string id in Experiment.Ids)
        {
            var experiment = Experiment.Load(id);
            Assert.Equal(id, experiment.Id);
            Assert.All(experiment.Games, game => Catalog.CreateGame(game.Id, game.Options?.GetRawText() ?? "{}"));
            Assert.All(experiment.Games.SelectMany(game => game.Outcomes), outcome => Assert.Equal(2, outcome.JointAction.Length));
        }
    }

    [Fact]
    public void UnknownExperiment_IsNotFound()
    {
        var error = Assert.Throws<VsgGymException>(() => Experiment.Load("rommeo/nothing"));
        Assert.Equal((ErrorKind.NotFound, "experiment"), (error.Kind, error.Faults[0].Path));
    }

    [Fact]
    public void Run_NamesTheEnds_AndMeasuresTables()
    {
        var results = Run(Small(), jobs: 2);
        Assert.Equal(4, results.Length);
        Assert.All(results, r => Assert.Equal((0, 3), (r.Result.Curve.Length, r.Result.NashConv.Length)));
        Assert.All(results, r => Assert.Contains(r.Result.Outcome, new[] { "(A, A)", "other" }));
        Assert.All(results, r => Assert.Equal(r.Result.JointAction is [0, 0], r.Result.Outcome == "(A, A)"));
        Assert.All(results, r => Assert.Equal(Payoff(r.Result), r.Result.GreedyReturn));
    }

    [Fact]
    public void Results_DoNotDependOnJobs_AndAreTakenFromAnEarlierRun()
    {
        var first = Run(Small(), jobs: 1);
        var again = Run(Small(), jobs: 3, folder: "other");
        Assert.Equal(first.Select(Numbers), again.Select(Numbers));
        string log = Path.Combine(_folder, "first", ExperimentRunner.ResultFile);
        string[] lines = File.ReadAllLines(log);
        File.WriteAllText(log, string.Join('\n', lines[..2]) + "\n" + lines[2][..40]); // as if stopped in the middle of a line
        int ran = 0;
        var rest = new ExperimentRunner(Catalog, TimeProvider.System).Run(Small(), Path.Combine(_folder, "first"), 1, fresh: false, _ => ran++, CancellationToken.None);
        Assert.Equal(2, ran);
        Assert.Equal(first.Select(Numbers), rest.Select(Numbers));
    }

    [Fact]
    public void Divergence_IsCountedAsFailed()
    {
        var experiment = Small() with { Methods = [Method("wild", """{"steps": 4000, "step_size": 1000000000}""")], Seeds = 1 };
        var (_, result) = Assert.Single(Run(experiment, jobs: 1));
        Assert.Equal("failed", result.Outcome);
        Assert.NotEmpty(result.Fault);
    }

    [Fact]
    public void UnknownOption_IsReportedAsSuch()
    {
        var error = Assert.Throws<VsgGymException>(() => Run(Small() with { Methods = [Method("wrong", """{"step": 4}""")] }, jobs: 2));
        Assert.Equal("methods.options.step", error.Faults[0].Path);
    }

    [Fact]
    public void Page_ShowsCountsTheCommandAndReferences()
    {
        var experiment = Small();
        string page = ResultTable.Write(experiment, Run(experiment, jobs: 2), Catalog, "the command");
        Assert.Contains("    the command\n", page, StringComparison.Ordinal);
        Assert.Contains("| method | (A, A) | other | failed | greedy return | sampled return | NashConv at the end | lowest | highest | s per trial |", page, StringComparison.Ordinal);
        Assert.Contains("| `sample` |", page, StringComparison.Ordinal);
        string[] rows = [.. page.Split('\n').Where(line => line.StartsWith('|'))];
        Assert.All(rows, row => Assert.Equal(rows[0].Count(c => c == '|'), row.Count(c => c == '|')));
    }

    private static double Payoff(TrialResult result)
    {
        double[,] payoffs = { { 11, -30, 0 }, { -30, 7, 6 }, { 0, 0, 5 } }; // Claus and Boutilier 1998, Figure 3
        return payoffs[(int)result.JointAction[0], (int)result.JointAction[1]];
    }

    private static string Numbers((Trial Trial, TrialResult Result) r) => JsonSerializer.Serialize(r.Result with { Seconds = 0 });

    private static ExperimentMethod Method(string label, string options) =>
        new() { Label = label, Learner = "sample_q", Options = JsonDocument.Parse(options).RootElement };

    private static Experiment Small() => new()
    {
        Id = "test/small",
        Title = "Small",
        Locus = "nowhere",
        Seeds = 2,
        Bin = 10,
        Measurements = 2,
        Games = [new ExperimentGame { Label = "climbing", Id = "climbing-v0", Outcomes = [new ExperimentOutcome { Name = "(A, A)", JointAction = [0, 0] }] }],
        Methods = [Method("sample", """{"steps": 40}"""), Method("cold", """{"steps": 40, "temperature": 0.1}""")],
    };

    private System.Collections.Immutable.ImmutableArray<(Trial Trial, TrialResult Result)> Run(Experiment experiment, int jobs, string folder = "first") =>
        new ExperimentRunner(Catalog, TimeProvider.System).Run(experiment, Path.Combine(_folder, folder), jobs, fresh: true, null, CancellationToken.None);
}
