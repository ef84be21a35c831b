using System.Collections.Immutable;
using System.Text.Json;
using VsgGym.Core;

namespace VsgGym.Runs.Tests;

/// <summary>Experiments of solvers: their files, their trials, what is measured and how it is told.</summary>
public sealed class SolverExperimentTests : IDisposable
{
    private static readonly Catalog Catalog = SampleFactory.Catalog;
    private static readonly SolverMeasure Optimum = new() { Name = "P(A,A)", Title = "both A", Curve = ["policy.player_0.A", "policy.player_1.A"], ReadingError = .01 };

    private readonly string _folder = Directory.CreateTempSubdirectory("vsggym-reproduce-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void EveryExperiment_CanBeRead_AndItsPublishedNumbersHavePlaces()
    {
        Assert.NotEmpty(SolverExperiment.Ids);
        Assert.Empty(SolverExperiment.Ids.Intersect(Experiment.Ids));
        foreach (string id in SolverExperiment.Ids)
        {
            var experiment = SolverExperiment.Load(id);
            Assert.Equal((id, "solver"), (experiment.Id, experiment.Kind));
            Assert.All(experiment.Marks, mark => Assert.Equal(0, mark % experiment.Every));
            Assert.All(experiment.Methods, method => Assert.True(Catalog.Solvers.ContainsKey(method.Solver)));
            Assert.Equal(experiment.Methods.Length, experiment.Methods.Select(method => method.Label).Distinct().Count());
            foreach (var row in experiment.Published)
            {
                Assert.Contains(row.Method, experiment.Methods.Select(method => method.Label));
                Assert.True(row.Game is null ? experiment.Games.Length == 1 : experiment.Games.Any(game => game.Label == row.Game));
                var measure = Assert.Single(experiment.Measures, measure => measure.Name == row.Measure);
                Assert.InRange(row.Values.Length, 1, measure.IsCurve ? (row.At ?? experiment.Marks).Length : 1);
                Assert.All(row.At ?? [], at => Assert.Contains(at, experiment.Marks));
            }
        }
    }

    // Tian et al. 2019, Fig. 1b, read off the curve of 100 trials: .66 at episode 50 and .94 at 60; ten seeds of ROMMEO-Q and of the sign bug.
    [Fact]
    public void FigureOne_OfRommeo_ComesOutWithFewSeeds()
    {
        var experiment = SolverExperiment.Load("rommeo/figure-1") with { Seeds = 10 };
        experiment = experiment with { Methods = [.. experiment.Methods.Where(method => method.Label is "ROMMEO-Q" or "JAL, published sign bug")] };
        var numbers = SolverSummary.Of(experiment, Run(experiment, jobs: 2));
        MeasuredNumber At(string method, string measure, int episode) =>
            Assert.Single(numbers, number => number.Method == method && number.Measure == measure && number.Iteration == episode);
        Assert.Equal(.66, At("ROMMEO-Q", "P(A,A)", 50).Published);
        Assert.InRange(At("ROMMEO-Q", "P(A,A)", 50).Mean, .5, .8);
        Assert.InRange(At("ROMMEO-Q", "P(A,A)", 300).Mean, .85, 1);
        Assert.InRange(At("JAL, published sign bug", "reward", 300).Mean, -30, -18);
        Assert.Null(At("ROMMEO-Q", "P(A,A)", 600).Published);
        string page = SolverPage.Write(experiment, numbers, "the command");
        Assert.Contains("- `ROMMEO-Q`: P(A,A) agrees at", page, StringComparison.Ordinal);
    }

    // OpenSpiel's fictitious play is at .991 after 10 iterations; the others were recomputed from the definitions of Cui and Koeppl 2021.
    [Fact]
    public void MeanField_OfVsg_ComesOut()
    {
        var experiment = SolverExperiment.Load("vsg/mean-field");
        var numbers = SolverSummary.Of(experiment, Run(experiment, jobs: 2));
        MeasuredNumber At(string game, string method, int iteration) =>
            Assert.Single(numbers, number => number.Game == game && number.Method == method && number.Iteration == iteration);
        Assert.Equal(.991, At("crowd, temperature 2", "fictitious play", 10).Published);
        Assert.Equal(.991, At("crowd, temperature 2", "fictitious play", 10).Mean, 3);
        Assert.Equal(.428383, At("epidemic, temperature 0.1", "Boltzmann", 200).Mean, 6);
        Assert.Equal(.122886, At("left or right, temperature 1", "relative entropy (Algorithm 4)", 200).Mean, 6);
        Assert.Equal(1, At("left or right, temperature 1", "fixed point", 1).Mean, 12); // everybody goes left
        Assert.Contains("- `fictitious play`: exploitability agrees", SolverPage.Write(experiment, numbers, "the command"), StringComparison.Ordinal);
    }

    [Fact]
    public void Results_DoNotDependOnJobs_AndAreTakenFromAnEarlierRun()
    {
        var first = Run(Small(), jobs: 1);
        Assert.Equal(first.Select(Numbers), Run(Small(), jobs: 3, folder: "other").Select(Numbers));
        string log = Path.Combine(_folder, "first", ExperimentRunner.ResultFile);
        string[] lines = File.ReadAllLines(log);
        File.WriteAllText(log, string.Join('\n', lines[..3]) + "\n" + lines[3][..40]); // as if stopped in the middle of a line
        int ran = 0;
        var rest = new SolverExperimentRunner(Catalog, TimeProvider.System).Run(Small(), Path.Combine(_folder, "first"), 1, fresh: false, (_, _) => ran++, CancellationToken.None);
        Assert.Equal(lines.Length - 3, ran);
        Assert.Equal(first.Select(Numbers), rest.Select(Numbers));

        // Other measures make other trials.
        var other = Small() with { Every = 5 };
        Assert.Equal(4, new SolverExperimentRunner(Catalog, TimeProvider.System).Run(other, Path.Combine(_folder, "first"), 1, fresh: false, null, CancellationToken.None)[0].Result.Numbers["P(A,A)"].Length);
    }

    [Fact]
    public void Curves_AreProductsAndMeansOfWindows()
    {
        var reward = new SolverMeasure { Name = "reward", Title = "reward", Curve = ["reward.player_0"] };
        var experiment = Small() with { Every = 1, Seeds = 1, Measures = [reward, reward with { Name = "mean", Window = 4 }, reward with { Name = "square", Curve = ["reward.player_0", "reward.player_1"] }] };
        foreach (var (_, result) in Run(experiment, jobs: 1))
        {
            var rewards = result.Numbers["reward"];
            Assert.Equal((20, "episodes", 20L), (rewards.Length, result.End, result.Iterations));
            Assert.Equal(rewards.Select(value => value * value), result.Numbers["square"]);
            for (int k = 0; k < 20; k++) Assert.Equal(rewards.Take(k + 1).TakeLast(4).Average(), result.Numbers["mean"][k], 12);
        }
    }

    [Fact]
    public void Answers_AreReadOffThePolicyItsReturnAndItsGap()
    {
        // The exploring agents' answer to the climbing game, and the certificate of the same solve made by hand.
        SolverMeasure Of(string name) => new() { Name = name, Title = name };
        var experiment = Small() with
        {
            Seeds = 1,
            Methods = [new SolverMethod { Label = "mge_f", Solver = "mge_f", Options = Json("""{"inverse_temperature": 0.1}""") }],
            Games = [new SolverGame { Label = "climbing", Id = "climbing-v0" }],
            Measures =
            [
                Of("p") with { Policy = new PolicyPlace { Player = "player_1", Action = "C" } },
                Of("v") with { Value = "player_0" },
                Of("gap") with { Gap = "nash" },
                Of("residual") with { Curve = ["residual"] },
            ],
        };
        var result = Assert.Single(Run(experiment, jobs: 1)).Result;
        var table = (StochasticGame)Catalog.CreateGame("climbing-v0").Table!;
        var solver = Catalog.CreateSolver("mge_f", table, """{"inverse_temperature": 0.1}""", Numerics.RandomStream.Create(0));
        while (solver.Step(CancellationToken.None).State == IterationState.Running) { }
        var certificate = Catalog.CreateMetric("nash", table).Measure(solver.ReadSolution().Policies, CancellationToken.None);
        Assert.Equal("tolerance", result.End);
        Assert.Equal(solver.ReadSolution().Policies[1].Row(0, 0)[2], Assert.Single(result.Numbers["p"]));
        Assert.Equal(certificate.Values[0], Assert.Single(result.Numbers["v"]));
        Assert.Equal(certificate.Gap, Assert.Single(result.Numbers["gap"]));
        Assert.True(result.Numbers["gap"][0] > 0);
        var numbers = SolverSummary.Of(experiment with { Published = [new PublishedNumbers { Method = "mge_f", Measure = "v", Values = [certificate.Values[0]] }] }, [(new SolverTrial(experiment.Games[0], experiment.Methods[0], 0), result)]);
        Assert.Equal(certificate.Values[0], Assert.Single(numbers, number => number.Measure == "v").Published);
        Assert.Contains("| the answer | p | v | gap |", SolverPage.Write(experiment, numbers, "command"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name": "x", "title": "x", "curve": ["policy.hunter.A"]}""", "measures.curve", "unknown_column")]
    [InlineData("""{"name": "x", "title": "x", "value": "hunter"}""", "measures.value", "unknown_name")]
    [InlineData("""{"name": "x", "title": "x", "policy": {"player": "player_0", "action": "D"}}""", "measures.policy.action", "unknown_name")]
    [InlineData("""{"name": "x", "title": "x", "policy": {"player": "player_0", "action": "A", "state": "1"}}""", "measures.policy.state", "unknown_name")]
    [InlineData("""{"name": "x", "title": "x"}""", "measures", "missing_measure")]
    public void MeasureThatDoesNotExist_IsReported(string measure, string path, string reason)
    {
        var experiment = Small() with { Measures = [JsonSerializer.Deserialize<SolverMeasure>(measure, ExperimentFiles.Form)!] };
        var error = Assert.Throws<VsgGymException>(() => Run(experiment, jobs: 1));
        Assert.Equal((path, reason), (error.Faults[0].Path, error.Faults[0].Reason));
    }

    [Fact]
    public void OptionsOfTheGame_LieBelowTheMethodsOwn_AndUnknownOnesAreReported()
    {
        var trial = new SolverTrial(Small().Games[0], Small().Methods[1], 0);
        Assert.Equal("""{"episodes":20,"temperature":1}""", trial.SolverOptionsJson);
        var error = Assert.Throws<VsgGymException>(() => Run(Small() with { Methods = [new SolverMethod { Label = "x", Solver = "rommeo_q", Options = Json("""{"tau": 1}""") }] }, jobs: 1));
        Assert.Equal("methods.options.tau", error.Faults[0].Path);
    }

    [Fact]
    public void Agreement_CountsStandardErrorsAndReadingErrors()
    {
        var experiment = Small() with { Marks = [10, 20], Measures = [Optimum] };
        string Of(double error, params (double Mean, double Published)[] marks) =>
            Agreement.Describe(experiment, [.. marks.Select((mark, k) => new MeasuredNumber("climbing", "m", "P(A,A)", 10 * (k + 1), mark.Mean, error, mark.Published))]);
        Assert.Equal("P(A,A) agrees at all 2 marks, at worst 0.5 against 0.55 at episode 20.", Of(.02, (.2, .21), (.5, .55))); // 0.05 < 2 sqrt(2) 0.02 + 0.01
        Assert.Equal("P(A,A) agrees at 1 of 2 marks, at worst 0.5 against 0.6 at episode 20, 3.5 standard errors.", Of(.02, (.2, .21), (.5, .6)));
        Assert.Equal("P(A,A) does not agree: 0.5 against 0.52 at episode 10.", Of(0, (.5, .52)));
        Assert.Equal("P(A,A) agrees: 0.5 against 0.505 at episode 10.", Of(0, (.5, .505)));
        Assert.Equal("no published numbers; it ends at P(A,A) 0.7.", Agreement.Describe(experiment, [new MeasuredNumber("climbing", "m", "P(A,A)", 20, .7, .1, null)]));
    }

    [Fact]
    public void PageAndCsv_ShowEveryNumber()
    {
        var experiment = Small() with { Published = [new PublishedNumbers { Method = "hot", Measure = "P(A,A)", At = [20], Values = [.5] }] };
        var numbers = SolverSummary.Of(experiment, Run(experiment, jobs: 2));
        string page = SolverPage.Write(experiment, numbers, "the command");
        Assert.Contains("    the command\n", page, StringComparison.Ordinal);
        Assert.Contains("| both A; episode | 10 | 20 |", page, StringComparison.Ordinal);
        Assert.Contains("| published |  | 0.5 |", page, StringComparison.Ordinal);
        string[] rows = [.. page.Split('\n').Where(line => line.StartsWith('|'))];
        Assert.All(rows, row => Assert.Equal(rows[0].Count(c => c == '|'), row.Count(c => c == '|')));
        string[] lines = SolverPage.WriteCsv(numbers).TrimEnd('\n').Split('\n');
        Assert.Equal("game,method,measure,iteration,mean,standard_error,published", lines[0]);
        Assert.Equal(1 + (2 * 2), lines.Length); // two methods, two points
        Assert.StartsWith("climbing,hot,\"P(A,A)\",20,", lines[2], StringComparison.Ordinal);
        Assert.EndsWith(",0.5", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void LogarithmicCurve_KeepsSmallNumbers_AndBarsStayInTheirCell()
    {
        var experiment = Small() with { Marks = [10, 20, 30], Measures = [Optimum with { Title = "|x|", LogFloor = 1e-9 }] };
        MeasuredNumber At(int iteration, double mean) => new("climbing", "hot", "P(A,A)", iteration, mean, 0, null);
        string page = SolverPage.Write(experiment, [At(10, 0.25), At(20, 1.2343e-7)], "the command");
        Assert.Contains("| \\|x\\|; episode | 10 | 20 |\n", page, StringComparison.Ordinal);
        Assert.Contains("| `hot` | 0.25 | 1.234E-07 |", page, StringComparison.Ordinal);
    }

    private static string Numbers((SolverTrial Trial, SolverTrialResult Result) r) => JsonSerializer.Serialize(r.Result with { Seconds = 0 });

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static SolverExperiment Small() => new()
    {
        Kind = "solver",
        Id = "test/small",
        Title = "Small",
        Locus = "nowhere",
        Seeds = 3,
        Every = 10,
        Marks = [10, 20],
        Iteration = "episode",
        Games = [new SolverGame { Label = "climbing", Id = "climbing-v0", SolverOptions = Json("""{"episodes": 20}""") }],
        Methods = [new SolverMethod { Label = "hot", Solver = "rommeo_q" }, new SolverMethod { Label = "cold", Solver = "rommeo_q", Options = Json("""{"temperature": 1}""") }],
        Measures = [Optimum],
    };

    private ImmutableArray<(SolverTrial Trial, SolverTrialResult Result)> Run(SolverExperiment experiment, int jobs, string folder = "first") =>
        new SolverExperimentRunner(Catalog, TimeProvider.System).Run(experiment, Path.Combine(_folder, folder), jobs, fresh: true, null, CancellationToken.None);
}
