using Grpc.Core;
using VsgGym.Protocol.V1;
using VsgGym.Server.Models;
using VsgGym.Server.Tests.Hosting;
using VsgGym.Server.Tests.Training;
using VsgGym.Server.Verbs;

namespace VsgGym.Server.Tests.Services;

/// <summary>What a run exports is a model like any other: listed, downloaded, seated, measured; but it goes with its run.</summary>
public sealed class RunModelTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private TestServer _server = null!;
    private ModelService.ModelServiceClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync(more: options => options with { Catalog = Trainings.Catalog, RunsDirectory = _folder["runs"] });
        _client = _server.Models();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RunsPolicies_AreListedDownloadedSeatedAndMeasured()
    {
        string run = await TrainAsync();
        var models = (await _client.ListAsync(new ListModelsRequest { RunId = run })).Models;
        Assert.Equal([$"{run}.player_0", $"{run}.player_1"], models.Select(model => model.ModelId));
        Assert.Equal(models, (await _client.ListAsync(new ListModelsRequest())).Models);
        Assert.Equal(models, (await _server.Runs().GetAsync(new RunRequest { RunId = run })).Models);
        Assert.Equal(("player_1", "climbing-v0", run, "policy.player_1.onnx", 3), (models[1].Player, models[1].GameId, models[1].RunId, models[1].File, models[1].Action.Discrete.Count));
        byte[] bytes = ModelTransfer.Join(await ModelTransfer.DownloadAsync(_client, models[1].ModelId));
        Assert.Equal(models[1].Sha256, StoredModel.HashOf(bytes));
        Assert.Equal("sample_q", models[1].Metadata["algorithm"]);

        var request = new EvaluateRequest { Game = new GameSpec { Id = "climbing-v0" }, Episodes = 50 };
        foreach (var model in models) request.Policies.Add(new Occupant { Player = model.Player, Model = model.ModelId, Greedy = true });
        var measured = (await _client.EvaluateAsync(request)).Players[0];
        Assert.Equal(measured.Lowest, measured.Highest); // greedy play in a game of one state
        var make = Requests.Make("climbing-v0");
        make.Players.Add("player_0");
        make.Others.Add(new Occupant { Player = "player_1", Model = models[1].ModelId });
        Assert.Equal(["player_0"], (await _server.Environments().MakeAsync(make)).Players.Select(player => player.Name));
    }

    [Fact]
    public async Task RunsModel_IsDeletedWithItsRunOnly()
    {
        string run = await TrainAsync();
        var error = await TestServer.ErrorOfAsync(async () => await _client.DeleteAsync(new ModelRequest { ModelId = $"{run}.player_0" }));
        Assert.Equal(((int)StatusCode.FailedPrecondition, "run_model"), (error.Code, error.Faults[0].Reason));
        await _server.Runs().DeleteAsync(new RunRequest { RunId = run });
        Assert.Empty((await _client.ListAsync(new ListModelsRequest())).Models);
        Assert.Equal((int)StatusCode.NotFound, (await TestServer.ErrorOfAsync(async () => await _client.GetAsync(new ModelRequest { ModelId = $"{run}.player_0" }))).Code);
    }

    [Fact]
    public async Task Verbs_FindTheModelsOfARunWhileTheServerHoldsIt()
    {
        string run = await TrainAsync();
        string[] place = ["--runs", _folder["runs"]];
        Assert.Equal(0, await RunAsync(["export", run, "--out", _folder["out"], .. place]));
        Assert.Equal(["policy.player_0.onnx", "policy.player_1.onnx"], Directory.GetFiles(_folder["out"]).Select(Path.GetFileName).Order());
        Assert.Equal(0, await RunAsync(["evaluate", "climbing-v0", "--policy", $"player_0=model:{run}.player_0", "--policy", $"player_1={_folder["out/policy.player_1.onnx"]}", .. place]));
        string file = Directory.GetFiles(_folder["runs"], "policy.player_0.onnx", SearchOption.AllDirectories).Single();
        byte[] bytes = await File.ReadAllBytesAsync(file);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        Assert.Equal(2, await RunAsync(["export", $"{run}.player_0", "--out", _folder["again"], .. place]));
        Assert.False(Directory.Exists(_folder["again"]));
    }

    private async Task<string> TrainAsync()
    {
        var run = await _server.Runs().StartAsync(Trainings.Short());
        var updates = await Trainings.WatchAsync(_server.Runs(), run.RunId);
        Assert.Equal(RunState.Completed, updates[^1].Run.State);
        return run.RunId;
    }

    private static Task<int> RunAsync(string[] arguments) => CommandLine.RunAsync(arguments, TextWriter.Null, TextWriter.Null);
}
