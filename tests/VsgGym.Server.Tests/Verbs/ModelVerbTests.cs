using System.Text.Json;
using VsgGym.Server.Hosting;
using VsgGym.Server.Models;
using VsgGym.Server.Tests.Hosting;
using VsgGym.Server.Tests.Services;
using VsgGym.Server.Verbs;

namespace VsgGym.Server.Tests.Verbs;

/// <summary>`export` and `evaluate`, in process.</summary>
public sealed class ModelVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Export_OfASolution_WritesFilesThatPlayLikeItsTables()
    {
        string solution = _folder["solution.json"], models = _folder["models"];
        Assert.Equal(0, (await RunAsync("solve", "pursuit-v0", "--solver", "mge_f", "--game-set", "horizon=4", "--seed", "5", "--out", solution)).Code);
        var (code, output, error) = await RunAsync("export", solution, "--out", models, "--json");
        Assert.Equal((0, ""), (code, error));
        var files = JsonDocument.Parse(output).RootElement.GetProperty("files").EnumerateArray().ToList();
        Assert.Equal(["hunter", "prey"], files.Select(file => file.GetProperty("player").GetString()));
        string hunter = Path.Combine(models, "policy.hunter.onnx"), prey = Path.Combine(models, "policy.prey.onnx");
        byte[] bytes = await File.ReadAllBytesAsync(hunter);
        Assert.Equal((bytes.Length, StoredModel.HashOf(bytes)), (files[0].GetProperty("bytes").GetInt32(), files[0].GetProperty("sha256").GetString()));
        var facts = Composition.ModelEngine.Inspect(bytes);
        Assert.Equal(("hunter", "pursuit-v0", "mge_f", "5"), (facts.Player, facts.GameId, facts.Metadata["algorithm"], facts.Metadata["seed"]));
        Assert.Equal(4, JsonDocument.Parse(facts.GameOptionsJson).RootElement.GetProperty("horizon").GetInt32());

        // The solver's values are the profile's discounted returns; the discount of a finite horizon is 1.
        var values = JsonDocument.Parse(await File.ReadAllTextAsync(solution)).RootElement.GetProperty("certificate").GetProperty("value_per_player");
        var players = await EvaluateAsync("evaluate", "pursuit-v0", "--game-set", "horizon=4", "--policy", $"hunter={hunter}", "--policy", $"prey={prey}", "--episodes", "4000");
        foreach (string player in (string[])["hunter", "prey"])
        {
            var measured = players.GetProperty(player);
            Assert.Equal(values.GetProperty(player).GetDouble(), measured.GetProperty("mean_return").GetDouble(), 5 * measured.GetProperty("std_error").GetDouble());
        }
    }

    [Fact]
    public async Task Export_ToText_ListsTheFiles()
    {
        string solution = _folder["solution.json"];
        await RunAsync("solve", "climbing-v0", "--solver", "rommeo_q", "--set", "episodes=20", "--out", solution);
        var (code, output, _) = await RunAsync("export", solution, "--out", _folder["out"]);
        Assert.Equal(0, code);
        Assert.Contains(Path.Combine(_folder["out"], "policy.player_1.onnx"), output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_WithAnyNumberOfCopies_PrintsTheSameBytes()
    {
        await File.WriteAllBytesAsync(_folder["mixes.onnx"], OnnxModels.File(0, 0.2, 0.5, 0.3));
        string[] arguments = ["evaluate", "climbing-v0", "--policy", $"player_0={_folder["mixes.onnx"]}", "--policy", "player_1=uniform", "--episodes", "300", "--seed", "18446744073709551615", "--json"];
        string first = (await RunAsync([.. arguments, "--num-envs", "1"])).Output;
        Assert.Equal(ulong.MaxValue, JsonDocument.Parse(first).RootElement.GetProperty("seed").GetUInt64());
        foreach (string copies in (string[])["2", "17", "1000"]) Assert.Equal(first, (await RunAsync([.. arguments, "--num-envs", copies])).Output);
        Assert.NotEqual(first, (await RunAsync([.. arguments, "--greedy"])).Output);
    }

    [Fact]
    public async Task Evaluate_OfBoxActions_ShowsTheMeanAction()
    {
        var (code, output, error) = await RunAsync("evaluate", "differential-v0", "--episodes", "50");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("differential-v0: 50 episodes of 1 decisions on average", output, StringComparison.Ordinal);
        Assert.Contains("mean action", output, StringComparison.Ordinal);
        var players = await EvaluateAsync("evaluate", "differential-v0", "--episodes", "50");
        Assert.Equal(1, players.GetProperty("player_0").GetProperty("mean_action").GetArrayLength());
    }

    [Fact]
    public async Task UploadedModel_IsEvaluatedAndExportedById()
    {
        byte[] bytes = OnnxModels.File(1, 0, 0, 1);
        var store = new ModelStore(RunsFolder.ModelsOf(_folder["runs"]), new ServerLimits());
        string id = store.Add(new ReceivedFile("mine.onnx", bytes, StoredModel.HashOf(bytes)), () => Composition.ModelEngine.Inspect(bytes)).Id;
        var players = await EvaluateAsync("evaluate", "climbing-v0", "--policy", $"player_1=model:{id}", "--policy", $"player_0=model:{id}", "--runs", _folder["runs"]);
        Assert.Equal(5, players.GetProperty("player_0").GetProperty("mean_return").GetDouble()); // (C, C)
        Assert.Equal(0, (await RunAsync("export", id, "--out", _folder["copy"], "--runs", _folder["runs"])).Code);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(_folder["copy"], "mine.onnx")));
    }

    [Theory]
    [InlineData("evaluate climbng-v0", "climbing-v0")]
    [InlineData("evaluate climbing-v0 --policy player_0", "--policy = player_0: must be PLAYER=POLICY")]
    [InlineData("evaluate climbing-v0 --policy row=uniform", "policies.row")]
    [InlineData("evaluate climbing-v0 --policy player_0=uniform --policy player_0=uniform", "policies.player_0")]
    [InlineData("evaluate climbing-v0 --policy player_0=best", "policies.player_0 = best: must be uniform")]
    [InlineData("evaluate climbing-v0 --policy player_0=/nowhere/p.onnx", "there is no such file")]
    [InlineData("evaluate climbing-v0 --policy player_0=model:upload-none --runs /nowhere", "policies.player_0 = model:upload-none")]
    [InlineData("evaluate climbing-v0 --episodes 0", "episodes = 0")]
    [InlineData("evaluate climbing-v0 --num-envs 0", "num_envs = 0")]
    [InlineData("evaluate climbing-v0 --time-limit 0", "time_limit = 0")]
    [InlineData("evaluate climbing-v0 --provider tpu", "tpu")]
    [InlineData("export upload-none --out /nowhere --runs /nowhere", "source = upload-none")]
    [InlineData("export /nowhere.json --out /nowhere", "/nowhere.json")]
    [InlineData("export upload-none", "--out")]
    public async Task BadUsage_ExitsWithTwoAndNamesTheFault(string line, string fault)
    {
        var (code, output, error) = await RunAsync(line.Split(' '));
        Assert.Equal(2, code);
        Assert.Contains(fault, error, StringComparison.Ordinal);
        Assert.Empty(output);
    }

    [Fact]
    public async Task BadUsage_WithSeveralFaults_NamesThemAll()
    {
        await File.WriteAllTextAsync(_folder["broken.onnx"], "not a model");
        var (code, _, error) = await RunAsync("evaluate", "climbing-v0", "--policy", $"player_0={_folder["broken.onnx"]}", "--policy", "player_2=uniform", "--episodes", "-1");
        Assert.Equal(2, code);
        foreach (string path in (string[])["policies.player_0", "policies.player_2", "episodes"])
            Assert.Single(error.Split('\n'), line => line.StartsWith(path, StringComparison.Ordinal));
    }

    private static async Task<JsonElement> EvaluateAsync(params string[] arguments)
    {
        var (code, output, error) = await RunAsync([.. arguments, "--json"]);
        Assert.Equal((0, ""), (code, error));
        return JsonDocument.Parse(output).RootElement.GetProperty("players");
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        int code = await CommandLine.RunAsync(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
