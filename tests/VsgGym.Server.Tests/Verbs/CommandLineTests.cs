using System.Text.Json;
using VsgGym.Server.Tests.Hosting;
using VsgGym.Server.Verbs;

namespace VsgGym.Server.Tests.Verbs;

public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Games_ListsEveryEntry()
    {
        var (code, output, error) = await RunAsync("games");
        Assert.Equal((0, ""), (code, error));
        foreach (string id in Composition.Catalog.Games.Keys.Concat(Composition.Catalog.Solvers.Keys)) Assert.Contains($"  {id} ", output, StringComparison.Ordinal);
        var json = JsonDocument.Parse((await RunAsync("games", "--json")).Output).RootElement;
        Assert.Equal(Composition.Catalog.Games.Keys, json.GetProperty("games").EnumerateArray().Select(game => game.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Describe_OfEveryEntry_ShowsItsSummaryAndSchema()
    {
        var catalog = Composition.Catalog;
        foreach (var entry in catalog.Games.Values.Concat(catalog.Solvers.Values).Concat(catalog.Metrics.Values))
        {
            var (code, output, error) = await RunAsync("describe", entry.Id);
            Assert.Equal((0, ""), (code, error));
            Assert.Contains(entry.Summary.Split(' ')[0], output, StringComparison.Ordinal);
            var json = JsonDocument.Parse((await RunAsync("describe", entry.Id, "--json")).Output).RootElement;
            Assert.Equal(entry.Id, json.GetProperty("id").GetString());
            Assert.Equal("object", json.GetProperty("options_schema").GetProperty("type").GetString());
        }
    }

    [Fact]
    public async Task Describe_WithOptions_IsUnderThem()
    {
        var json = JsonDocument.Parse((await RunAsync("describe", "climbing-v0", "--set", "horizon=3", "--json")).Output).RootElement;
        Assert.Equal(3, json.GetProperty("game").GetProperty("horizon").GetInt32());
    }

    [Fact]
    public async Task Solve_OfTheClimbingGame_ShowsPoliciesAndCertificate()
    {
        var (code, output, _) = await RunAsync("solve", "climbing-v0", "--solver", "rommeo_q", "--set", "episodes=20", "--seed", "3");
        Assert.Equal(0, code);
        Assert.Contains("climbing-v0 by rommeo_q: stopped (episodes) after 20 iterations", output, StringComparison.Ordinal);
        Assert.Contains("Policy of player_1", output, StringComparison.Ordinal);
        Assert.Contains("Certificate (nash): gap ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Solve_TwiceWithOneSeed_GivesTheSameBytes()
    {
        string[] arguments = ["solve", "climbing-v0", "--solver", "rommeo_q", "--set", "episodes=30", "--seed", "18446744073709551615", "--json"];
        string first = (await RunAsync(arguments)).Output;
        Assert.Equal(first, (await RunAsync(arguments)).Output);
        var json = JsonDocument.Parse(first).RootElement;
        Assert.Equal(ulong.MaxValue, json.GetProperty("seed").GetUInt64());
        Assert.Equal(30, json.GetProperty("options").GetProperty("episodes").GetInt32());
        Assert.Equal(1.0, json.GetProperty("policies").GetProperty("player_0")[0].EnumerateArray().Sum(p => p.GetDouble()), 9);
    }

    [Fact]
    public async Task Check_OfWhatSolveWrote_ConfirmsIt()
    {
        string file = _folder["solution.json"];
        Assert.Equal(0, (await RunAsync("solve", "pursuit-v0", "--solver", "mge_f", "--game-set", "horizon=4", "--out", file)).Code);
        var (code, output, error) = await RunAsync("check", file);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("The certificate is confirmed.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_OfATamperedSolution_FindsTheWrongNumber()
    {
        string file = _folder["solution.json"];
        await RunAsync("solve", Nfg(), "--solver", "rommeo_q", "--set", "episodes=20", "--out", file);
        var json = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        json["certificate"]!["gap"] = json["certificate"]!["gap"]!.GetValue<double>() + 0.01;
        await File.WriteAllTextAsync(file, json.ToJsonString());
        var (code, output, _) = await RunAsync("check", file);
        Assert.Equal(1, code);
        Assert.Single(output.Split('\n'), line => line.StartsWith("gap ", StringComparison.Ordinal) && line.EndsWith("DIFFERS", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SolutionWithoutACertificate_CanBeStartedFromButNotChecked()
    {
        // As a solve leaves it that was told to end twice.
        string file = _folder["solution.json"];
        await RunAsync("solve", "climbing-v0", "--solver", "mge_f", "--out", file);
        var json = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        json["certificate"] = null;
        await File.WriteAllTextAsync(file, json.ToJsonString());
        Assert.Equal(0, (await RunAsync("solve", "climbing-v0", "--solver", "mge_f", "--start", file)).Code);
        var (code, _, error) = await RunAsync("check", file);
        Assert.Equal(2, code);
        Assert.Contains("certificate = null: the file states none", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"format": "other"}""", "format")]
    [InlineData("""{"format": "vsggym-solution/1", "game": {"id": "climbing-v0"}, "policies": {}, "certificate": 3}""", "certificate = 3: must be an object, or null")]
    [InlineData("[1]", "format")]
    [InlineData("{", "cannot be read")]
    [InlineData("""{"format": "vsggym-solution/1"}""", "policies: is missing")]
    [InlineData("""{"format": "vsggym-solution/1", "game": {"id": "climbing-v0"}, "policies": {"player_0": [[1, 0, 0], [1]]}, "certificate": {"gap": "no"}}""", "policies.player_0")]
    [InlineData("""{"format": "vsggym-solution/1", "game": {"id": "climbing-v0"}, "policies": {"player_0": [[1, 0, 0]]}, "certificate": {"gap": 0, "gap_per_player": {}, "value_per_player": {}}}""", "policies.player_1: is required")]
    public async Task Check_OfABadFile_NamesTheField(string content, string field)
    {
        await File.WriteAllTextAsync(_folder["bad.json"], content);
        var (code, _, error) = await RunAsync("check", _folder["bad.json"]);
        Assert.Equal(2, code);
        Assert.Contains(field, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("describe nothing-v0", "climbing-v0")]
    [InlineData("describe climbing-v0 --set horizn=2", "did you mean \"horizon\"")]
    [InlineData("solve climbing --solver rommeo_q", "did you mean \"climbing-v0\"")]
    [InlineData("solve climbing-v0 --solver rommeo", "did you mean \"rommeo_q\"")]
    [InlineData("solve climbing-v0 --solver rommeo_q --set episodes=0", "options.episodes")]
    [InlineData("solve climbing-v0 --solver rommeo_q --set episodes", "KEY=VALUE")]
    [InlineData("solve climbing-v0 --solver rommeo_q --set a=1 --set a.b=2", "another setting")]
    [InlineData("solve climbing-v0 --solver rommeo_q --game-set horizon=two", "game.options.horizon")]
    [InlineData("solve climbing-v0 --solver rommeo_q --time-limit -1", "time_limit")]
    [InlineData("solve climbing-v0 --solver rommeo_q --seed -1", "--seed")]
    [InlineData("solve climbing-v0 --solver rommeo_q --concept peace", "nash")]
    [InlineData("solve differential-v0 --solver rommeo_q", "no table")]
    [InlineData("solve mf_sis-v0 --solver rommeo_q", "mean-field game")]
    [InlineData("solve flow_tree-v0 --solver rommeo_q", "flow graph")]
    [InlineData("solve /nowhere/x.nfg --solver rommeo_q", "/nowhere/x.nfg")]
    [InlineData("solve climbing-v0", "--solver")]
    [InlineData("check /nowhere.json", "/nowhere.json")]
    [InlineData("bench games climbing-v0 --game-set horizn=2", "did you mean \"horizon\"")]
    [InlineData("bench games climbing-v0 --game-set horizon=0", "options.horizon = 0")]
    [InlineData("bench games climbing-v0 --game-set horizon", "--game-set = horizon: must be KEY=VALUE")]
    [InlineData("bench games climbing-v0 penalty-v0 --game-set horizon=2", "--game-set = horizon=2: are options of one game")]
    [InlineData("bench games --game-set horizon=2", "name it alone (0 are named)")]
    [InlineData("check x --tolerance 2", "--tolerance 2")]
    [InlineData("serve --listen nowhere", "\"nowhere\" has no port")]
    [InlineData("serve --listen 0.0.0.0:0", "--token-file")]
    [InlineData("serve --max-num-envs 0", "--max-num-envs 0: must be a whole number of at least 1")]
    [InlineData("serve --grace-seconds nan", "--grace-seconds nan")]
    [InlineData("serve --tls-cert a", "--tls-cert and --tls-key go together")]
    [InlineData("serve --log-level loud", "loud")]
    [InlineData("serve --token-file /nowhere", "--token-file /nowhere")]
    [InlineData("nothing", "nothing")]
    [InlineData("", "--help")]
    public async Task BadUsage_ExitsWithTwoAndNamesTheFault(string line, string fault)
    {
        var (code, output, error) = await RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, code);
        Assert.Contains(fault, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Empty(output);
    }

    [Fact]
    public async Task BenchGames_WithOptions_StepsTheGameUnderThem()
    {
        var (code, output, error) = await RunAsync("bench", "games", "mf_sis-v0", "--game-set", "agents=3", "--copies", "8", "--rounds", "1", "--seconds", "0.001", "--json");
        Assert.Equal((0, ""), (code, error));
        var speed = Assert.Single(JsonDocument.Parse(output).RootElement.EnumerateArray());
        Assert.Equal(3, speed.GetProperty("options").GetProperty("agents").GetInt32());
        Assert.Equal(45, speed.GetProperty("bytes_per_step").GetDouble()); // of each agent a reward, an observation and three flags
        Assert.True(speed.GetProperty("million_steps_per_second").GetDouble() > 0);
    }

    [Fact]
    public async Task BadUsage_WithSeveralFaults_HasALineForEach()
    {
        var (_, _, error) = await RunAsync("solve", "climbing-v0", "--solver", "rommeo_q", "--set", "episodes=0", "--set", "prior_window=-1", "--set", "nothing=1");
        Assert.Equal(3, error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => line.StartsWith("options.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Help_OfEveryVerb_ExplainsEveryOption()
    {
        foreach (var verb in VerbList.Create())
        {
            var (code, output, _) = await RunAsync(verb.Name, "--help");
            Assert.Equal(0, code);
            Assert.Contains(verb.Description!, output.ReplaceLineEndings(" "), StringComparison.Ordinal);
            Assert.All(verb.Options, option => Assert.False(string.IsNullOrEmpty(option.Description), $"{verb.Name} {option.Name}"));
            Assert.All(verb.Options, option => Assert.Contains(option.Name, output, StringComparison.Ordinal));
        }
    }

    private string Nfg()
    {
        File.WriteAllText(_folder["game.nfg"], "NFG 1 R \"Coordination\" { \"Ann\" \"Ben\" } { 2 2 }\n\n1 1 0 0 0 0 2 2\n");
        return _folder["game.nfg"];
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        int code = await CommandLine.RunAsync(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
