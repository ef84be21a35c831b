using System.Text.Json.Nodes;
using VsgGym.Numerics;

namespace VsgGym.Core.Tests;

public sealed class CatalogTests
{
    private static readonly Catalog Sample = Catalog.Of(typeof(SampleGame), typeof(SampleSolver), typeof(SampleMetric), typeof(string));

    [Fact]
    public void Scan_OfCoreItself_FindsNothing()
    {
        var catalog = Catalog.Scan(typeof(Catalog).Assembly);
        Assert.Empty(catalog.Games);
        Assert.Empty(catalog.Solvers);
        Assert.Empty(catalog.Metrics);
    }

    [Fact]
    public void Entry_OfAGame_TellsAllItsClassSays()
    {
        var entry = Sample.Games["sample-v0"];
        Assert.Equal((EntryKind.Game, "sample-v0", "A game of one move."), (entry.Kind, entry.Id, entry.Summary));
        Assert.Equal("The options change nothing.\nVersion 0: first.", entry.Remarks);
        var source = Assert.Single(entry.Sources);
        Assert.Equal(("Figure 1", 1998), (source.Locus, source.Citation.Year));
        Assert.Equal("""{"rounds":1,"payoff":11}""", entry.DefaultOptionsJson);
        Assert.Equal("How many rounds.", (string?)JsonNode.Parse(entry.OptionsSchemaJson)!["properties"]!["rounds"]!["description"]);
    }

    [Fact]
    public void CreateGame_WithOptions_HandsThemOver()
    {
        var game = (SampleGame)Sample.CreateGame("sample-v0", """{"rounds": 3}""");
        Assert.Equal(new SampleGame.Options(3), game.Given);
    }

    [Fact]
    public void CreateGame_WithFaultyOptions_NamesThePathOfTheGame()
    {
        var error = Assert.Throws<VsgGymException>(() => Sample.CreateGame("sample-v0", """{"rounds": 30}"""));
        Assert.Equal("game.options.rounds = 30: must be in [1, 9]", error.Message);
    }

    [Fact]
    public void CreateSolver_InjectsByType()
    {
        var table = new StochasticGameBuilder(["a"], 1, [1]).BuildDiscounted(0.5);
        var random = RandomStream.Create(5);
        var solver = (SampleSolver)Sample.CreateSolver("sample_solver", table, """{"from": 1}""", random);
        Assert.Same(table, solver.Game);
        Assert.Equal(1.0, solver.Given.From);
        var given = solver.Stream;
        Assert.Equal(random.NextUInt64(), given.NextUInt64());
    }

    [Fact]
    public void CreateMetric_OfAKnownConcept_Works() => Assert.IsType<SampleMetric>(Sample.CreateMetric("sample_concept", Table()));

    [Fact]
    public void Create_OfUnknownIds_SaysWhatIsKnown()
    {
        var table = new StochasticGameBuilder(["a"], 1, [1]).BuildDiscounted(0.5);
        (Action Act, string Message)[] cases =
        [
            (() => Sample.CreateGame("simple-v0"), "game = simple-v0: unknown game; did you mean \"sample-v0\"? known: sample-v0"),
            (() => Sample.CreateSolver("quantum", table, "", RandomStream.Create(0)), "solver = quantum: unknown solver; known: sample_solver"),
            (() => Sample.CreateMetric("Sample_Concept", table), "concept = Sample_Concept: unknown concept; did you mean \"sample_concept\"? known: sample_concept"),
        ];
        foreach (var (act, message) in cases)
        {
            var error = Assert.Throws<VsgGymException>(act);
            Assert.Equal((ErrorKind.NotFound, message), (error.Kind, error.Message));
        }
    }

    [Fact]
    public void CreateSolver_ThatWouldTakeTooMuchMemory_NamesBothNumbers()
    {
        var error = Assert.Throws<VsgGymException>(() => Sample.CreateSolver("sample_solver", Table(), "", RandomStream.Create(0), maxBytes: 7));
        Assert.Equal(ErrorKind.ResourceExhausted, error.Kind);
        Assert.Contains("about 8 bytes, above the limit of 7", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_ForAnotherKindOfGame_SaysWhatIsNeeded()
    {
        var graph = new FlowGraph(new FlowTables { Edges = [new FlowEdge(0, 1)], Returns = new ShapedArray([0, 1], 1, 2) });
        Assert.Equal(
            "solver = sample_solver: needs a stochastic game and this is a flow graph",
            Assert.Throws<VsgGymException>(() => Sample.CreateSolver("sample_solver", graph, "", RandomStream.Create(0))).Message);
        Assert.Equal(
            "concept = sample_concept: needs a stochastic game and this is a flow graph",
            Assert.Throws<VsgGymException>(() => Sample.CreateMetric("sample_concept", graph)).Message);
    }

    private static StochasticGame Table() => new StochasticGameBuilder(["a"], 1, [1]).BuildDiscounted(0.5);
}
