using System.Runtime.InteropServices;
using Grpc.Core;
using VsgGym.Protocol.V1;
using VsgGym.Server.Hosting;
using VsgGym.Server.Models;
using VsgGym.Server.Tests.Hosting;

namespace VsgGym.Server.Tests.Services;

/// <summary>Real ONNX files through the service: up, down, into seats and into evaluations.</summary>
public sealed class OnnxModelServiceTests : IAsyncLifetime, IDisposable
{
    private static readonly byte[] PlaysB = OnnxModels.File(0, 0, 1, 0), PlaysC = OnnxModels.File(1, 0, 0, 1), Mixes = OnnxModels.File(0, 0.2, 0.5, 0.3);

    private readonly TemporaryFolder _folder = new();
    private TestServer _server = null!;
    private ModelService.ModelServiceClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await StartAsync();
        _client = _server.Models();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Upload_DescribesTheModelAndDownloadGivesItsBytesBack()
    {
        var model = await ModelTransfer.UploadAsync(_client, PlaysB, "policy.player_0.onnx");
        Assert.StartsWith("upload-", model.ModelId, StringComparison.Ordinal);
        Assert.Equal(("player_0", "climbing-v0", "{\"horizon\":1}", ""), (model.Player, model.GameId, model.GameOptionsJson, model.RunId));
        Assert.Equal(("policy.player_0.onnx", PlaysB.Length, StoredModel.HashOf(PlaysB)), (model.File, model.Bytes, model.Sha256));
        Assert.Equal((1, 3), (model.Observation.Discrete.Count, model.Action.Discrete.Count));
        Assert.Equal("tests", model.Metadata["algorithm"]);
        Assert.Equal(model, await ModelTransfer.UploadAsync(_client, PlaysB, "again.onnx"));
        Assert.Equal(model, await _client.GetAsync(new ModelRequest { ModelId = model.ModelId }));
        Assert.Equal(model, Assert.Single((await _client.ListAsync(new ListModelsRequest { GameId = "climbing-v0" })).Models));
        Assert.Empty((await _client.ListAsync(new ListModelsRequest { GameId = "pursuit-v0" })).Models);
        var chunks = await ModelTransfer.DownloadAsync(_client, model.ModelId);
        Assert.Equal((model.File, model.Bytes, model.Sha256), (chunks[0].Name, chunks[0].Bytes, chunks[^1].Sha256));
        Assert.Equal(PlaysB, ModelTransfer.Join(chunks));
    }

    [Fact]
    public async Task Evaluate_OfModels_PaysWhatTheGameSays()
    {
        // Climbing game (Claus and Boutilier 1998, Figure 3): (B, C) pays both 6
        var request = Evaluation(("player_0", (await ModelTransfer.UploadAsync(_client, PlaysB)).ModelId), ("player_1", (await ModelTransfer.UploadAsync(_client, PlaysC)).ModelId));
        var response = await _client.EvaluateAsync(request);
        Assert.All(response.Players, player => Assert.Equal((6.0, 0.0, 6.0, 6.0), (player.MeanReturn, player.StdError, player.Lowest, player.Highest)));
    }

    [Fact]
    public async Task Evaluate_OfASampledModel_DoesNotDependOnTheNumberOfCopies()
    {
        var request = Evaluation(("player_0", (await ModelTransfer.UploadAsync(_client, Mixes)).ModelId));
        request.Game.OptionsJson = "{\"horizon\": 3}";
        request.Episodes = 200;
        request.Seed = 11;
        var results = new List<EvaluateResponse>();
        foreach (int copies in (int[])[1, 2, 7, 64, 0])
        {
            request.NumEnvs = copies;
            var response = await _client.EvaluateAsync(request);
            response.ElapsedSeconds = 0;
            results.Add(response);
        }

        Assert.All(results, response => Assert.Equal(results[0], response));
        request.Policies[0].Greedy = true;
        Assert.NotEqual(results[0].Players[0].MeanReturn, (await _client.EvaluateAsync(request)).Players[0].MeanReturn);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Seat_IsPlayedByAModel(bool stream)
    {
        string model = (await ModelTransfer.UploadAsync(_client, PlaysC)).ModelId;
        using var play = new Play(_server.Environments(), stream);
        var make = Requests.Make("climbing-v0", 3);
        make.Players.Add("player_0");
        make.Others.Add(new Occupant { Player = "player_1", Model = model, Greedy = true });
        var made = await play.MakeAsync(make);
        await play.ResetAsync(new ResetRequest());
        var answer = await play.StepAsync(Requests.Step(1, 1, 2));
        var field = made.Fields.Single(f => f.Kind == FieldKind.Reward);
        Assert.Equal([6.0, 6.0, 5.0], MemoryMarshal.Cast<byte, double>(answer.Data.Span.Slice((int)field.Offset, (int)field.Bytes)).ToArray());
        await _client.DeleteAsync(new ModelRequest { ModelId = model }); // the environment has it open
        Assert.Equal("unknown_model", (await TestServer.ErrorOfAsync(async () => await _server.Environments().MakeAsync(make))).Faults[0].Reason);
    }

    [Fact]
    public async Task ModelThatDoesNotFitTheSeat_IsRefusedByName()
    {
        string model = (await ModelTransfer.UploadAsync(_client, PlaysC)).ModelId;
        var make = Requests.Make("pursuit-v0");
        make.Players.Add("hunter");
        make.Others.Add(new Occupant { Player = "prey", Model = model });
        var error = await TestServer.ErrorOfAsync(async () => await _server.Environments().MakeAsync(make));
        Assert.Equal((int)StatusCode.InvalidArgument, error.Code);
        Assert.All(error.Faults, fault => Assert.StartsWith("others.prey", fault.Path, StringComparison.Ordinal));
        var request = Evaluation(("prey", model));
        request.Game.Id = "pursuit-v0";
        error = await TestServer.ErrorOfAsync(async () => await _client.EvaluateAsync(request));
        Assert.All(error.Faults, fault => Assert.StartsWith("policies.prey", fault.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task FileThatIsNoModel_IsRefusedByName()
    {
        foreach (byte[] bytes in (byte[][])[[1, 2, 3], new byte[1000], PlaysB[..(PlaysB.Length / 2)], "GIF89a, not a model"u8.ToArray()])
        {
            var error = await TestServer.ErrorOfAsync(() => ModelTransfer.UploadAsync(_client, bytes));
            Assert.Equal((int)StatusCode.InvalidArgument, error.Code);
            Assert.StartsWith("model", error.Faults[0].Path, StringComparison.Ordinal);
        }

        Assert.Empty((await _client.ListAsync(new ListModelsRequest())).Models);
        Assert.False(Directory.Exists(_folder["models"]));
    }

    [Fact]
    public async Task Provider_ThatIsNotThere_IsNamedBeforeAnythingIsPlayed()
    {
        var request = Evaluation(("player_0", (await ModelTransfer.UploadAsync(_client, PlaysB)).ModelId));
        request.Provider = "cuda";
        try
        {
            Assert.Equal(1000, (await _client.EvaluateAsync(request)).Episodes); // a machine with a GPU and a build for it
        }
        catch (RpcException)
        {
            Assert.Equal("provider", Assert.Single((await TestServer.ErrorOfAsync(async () => await _client.EvaluateAsync(request))).Faults).Path);
        }
    }

    [Fact]
    public async Task Quota_IsNamedAndDeleteMakesRoom()
    {
        string first = (await ModelTransfer.UploadAsync(_client, PlaysB)).ModelId;
        await ModelTransfer.UploadAsync(_client, PlaysC);
        var error = await TestServer.ErrorOfAsync(() => ModelTransfer.UploadAsync(_client, Mixes));
        Assert.Equal(((int)StatusCode.ResourceExhausted, "models", "full"), (error.Code, error.Faults[0].Path, error.Faults[0].Reason));
        Assert.Equal(first, (await ModelTransfer.UploadAsync(_client, PlaysB)).ModelId); // what is kept already needs no room
        await _client.DeleteAsync(new ModelRequest { ModelId = first });
        await ModelTransfer.UploadAsync(_client, Mixes);
    }

    [Fact]
    public async Task Restart_KeepsModelsAndNamesDamagedOnes()
    {
        var sound = await ModelTransfer.UploadAsync(_client, PlaysB);
        var damaged = await ModelTransfer.UploadAsync(_client, PlaysC);
        await _server.DisposeAsync();
        byte[] bytes = [.. PlaysC];
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(_folder[$"models/{damaged.ModelId}.onnx"], bytes);
        _server = await StartAsync();
        _client = _server.Models();
        Assert.Equal(sound, await _client.GetAsync(new ModelRequest { ModelId = sound.ModelId }));
        var listed = (await _client.ListAsync(new ListModelsRequest())).Models.Single(model => model.ModelId == damaged.ModelId);
        Assert.Contains("not those it was kept with", listed.Metadata["damaged"], StringComparison.Ordinal);
        var error = await TestServer.ErrorOfAsync(() => ModelTransfer.DownloadAsync(_client, damaged.ModelId));
        Assert.Equal(((int)StatusCode.FailedPrecondition, "model_id", "damaged_model"), (error.Code, error.Faults[0].Path, error.Faults[0].Reason));
        error = await TestServer.ErrorOfAsync(async () => await _client.EvaluateAsync(Evaluation(("player_1", damaged.ModelId))));
        Assert.Equal(("policies.player_1", "damaged_model"), (error.Faults[0].Path, error.Faults[0].Reason));
        Assert.Equal(damaged, await ModelTransfer.UploadAsync(_client, PlaysC, "policy.onnx"));
        Assert.Equal(PlaysC, ModelTransfer.Join(await ModelTransfer.DownloadAsync(_client, damaged.ModelId)));
    }

    [Fact]
    public async Task ServerWithoutADirectory_KeepsModelsUntilItEnds()
    {
        await using var server = await TestServer.StartAsync();
        string id = (await ModelTransfer.UploadAsync(server.Models(), PlaysB)).ModelId;
        Assert.Equal(PlaysB, ModelTransfer.Join(await ModelTransfer.DownloadAsync(server.Models(), id)));
    }

    private static EvaluateRequest Evaluation(params (string Player, string Model)[] policies)
    {
        var request = new EvaluateRequest { Game = new GameSpec { Id = "climbing-v0" } };
        foreach (var (player, model) in policies) request.Policies.Add(new Occupant { Player = player, Model = model });
        return request;
    }

    private Task<TestServer> StartAsync() => TestServer.StartAsync(new ServerLimits { MaxModels = 2 }, more: options => options with { RunsDirectory = _folder["."] });
}
