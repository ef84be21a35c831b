using Grpc.Core;
using VsgGym.Protocol.V1;
using VsgGym.Server.Hosting;

namespace VsgGym.Server.Tests.Services;

/// <summary>What the service does whatever the models are.</summary>
public sealed class ModelServiceTests : IAsyncLifetime
{
    private const int Largest = 200_000;

    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync(new ServerLimits { MaxModelBytes = Largest, MaxEvaluations = 2 });

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task UnknownModel_IsNotFoundByEveryCall()
    {
        var client = _server.Models();
        var request = new ModelRequest { ModelId = "upload-000000000000000000000000" };
        foreach (var call in (Func<Task>[])[
            async () => await client.GetAsync(request),
            async () => await client.DeleteAsync(request),
            () => ModelTransfer.DownloadAsync(client, request.ModelId)])
        {
            var error = await TestServer.ErrorOfAsync(call);
            Assert.Equal(((int)StatusCode.NotFound, "model_id", "unknown_model"), (error.Code, error.Faults[0].Path, error.Faults[0].Reason));
        }

        Assert.Empty((await client.ListAsync(new ListModelsRequest())).Models);
        Assert.Equal("missing", (await TestServer.ErrorOfAsync(async () => await client.GetAsync(new ModelRequest()))).Faults[0].Reason);
    }

    [Fact]
    public async Task MalformedUpload_IsRefusedByName()
    {
        var client = _server.Models();
        var empty = await TestServer.ErrorOfAsync(() => ModelTransfer.UploadAsync(client, []));
        Assert.Equal(((int)StatusCode.InvalidArgument, "chunks"), (empty.Code, empty.Faults[0].Path));
        var bare = await TestServer.ErrorOfAsync(() => ModelTransfer.UploadAsync(client, [new FileChunk()]));
        Assert.Equal(["name", "bytes"], bare.Faults.Select(fault => fault.Path));
        var wrong = await TestServer.ErrorOfAsync(() => ModelTransfer.UploadAsync(client, [ModelTransfer.Chunk("x.onnx", 3, [1, 2, 3], new string('a', 64))]));
        Assert.Equal("wrong_hash", Assert.Single(wrong.Faults).Reason);
        var large = await TestServer.ErrorOfAsync(() => ModelTransfer.UploadAsync(client, new byte[Largest + 1]));
        Assert.Equal(((int)StatusCode.ResourceExhausted, "bytes", "model_too_large"), (large.Code, large.Faults[0].Path, large.Faults[0].Reason));
        Assert.Empty((await client.ListAsync(new ListModelsRequest())).Models);
        await TestServer.UntilAsync(() => _server.Work.Uploads.Count == 0);
    }

    [Fact]
    public async Task UploadThatIsCutOff_LeavesNothingAndFreesItsPlace()
    {
        var client = _server.Models();
        using (var call = client.Upload())
        {
            await call.RequestStream.WriteAsync(ModelTransfer.Chunk("x.onnx", 100, new byte[50]));
            await TestServer.UntilAsync(() => _server.Work.Uploads.Count == 1);
        }

        await TestServer.UntilAsync(() => _server.Work.Uploads.Count == 0);
        Assert.Empty((await client.ListAsync(new ListModelsRequest())).Models);
    }

    [Fact]
    public async Task Evaluate_OfUniformPlay_MeasuresTheGame()
    {
        // Climbing game (Claus and Boutilier 1998, Figure 3): the nine payoffs add up to -31, their squares to 2031
        var response = await _server.Models().EvaluateAsync(new EvaluateRequest { Game = new GameSpec { Id = "climbing-v0" }, Episodes = 20_000, Seed = 4 });
        var player = response.Players[0];
        Assert.Equal((20_000L, 1.0, -30.0, 11.0), (response.Episodes, response.MeanLength, player.Lowest, player.Highest));
        Assert.Equal(-31.0 / 9, player.MeanReturn, 4 * player.StdError);
        Assert.Equal(Math.Sqrt(((2031 / 9.0) - (31 * 31 / 81.0)) / 20_000), player.StdError, 0.003);
        Assert.True(response.ElapsedSeconds > 0);
    }

    [Fact]
    public async Task Evaluate_OfATable_PlaysIt()
    {
        var request = new EvaluateRequest { Game = new GameSpec { Id = "climbing-v0" } };
        foreach (string player in (string[])["player_0", "player_1"])
            request.Policies.Add(new Occupant { Player = player, Table = Requests.Tensor([0, 0, 1], 1, 3) });
        var response = await _server.Models().EvaluateAsync(request);
        Assert.All(response.Players, player => Assert.Equal((5.0, 5.0, 0.0), (player.MeanReturn, player.Lowest, player.StdError)));
    }

    [Fact]
    public async Task BadEvaluate_NamesEveryFault()
    {
        var request = new EvaluateRequest { Game = new GameSpec { Id = "climbing-v0" }, Episodes = -1, Provider = "gpu" };
        request.Policies.Add(new Occupant { Player = "player_0", Model = "upload-none", Greedy = true });
        request.Policies.Add(new Occupant { Player = "row", Id = "uniform" });
        var error = await TestServer.ErrorOfAsync(async () => await _server.Models().EvaluateAsync(request));
        Assert.Equal((int)StatusCode.InvalidArgument, error.Code);
        Assert.Equal(["provider", "policies.player_0", "policies.row", "episodes"], error.Faults.Select(fault => fault.Path));
        Assert.Equal(["unknown_provider", "unknown_model", "unknown_player", "out_of_range"], error.Faults.Select(fault => fault.Reason));
        request = new EvaluateRequest { Game = new GameSpec { Id = "climbng-v0" } };
        Assert.Equal((int)StatusCode.NotFound, (await TestServer.ErrorOfAsync(async () => await _server.Models().EvaluateAsync(request))).Code);
    }

    [Fact]
    public async Task FullSlots_SayWhenToRetryAndCancelFreesThem()
    {
        var client = _server.Models();
        using var first = client.EvaluateAsync(Endless());
        using var second = client.EvaluateAsync(Endless());
        await TestServer.UntilAsync(() => _server.Work.Evaluations.Count == 2);
        var error = await TestServer.ErrorOfAsync(async () => await client.EvaluateAsync(Endless()));
        Assert.Equal(((int)StatusCode.ResourceExhausted, "evaluations"), (error.Code, error.Faults[0].Path));
        Assert.True(error.RetryAfterMs > 0);
        first.Dispose();
        await TestServer.UntilAsync(() => _server.Work.Evaluations.Count == 1);
        var late = await Assert.ThrowsAsync<RpcException>(async () => await client.EvaluateAsync(Endless(), deadline: DateTime.UtcNow.AddSeconds(0.5)));
        Assert.Equal(StatusCode.DeadlineExceeded, late.StatusCode);
        await TestServer.UntilAsync(() => _server.Work.Evaluations.Count == 1);
    }

    [Fact]
    public async Task DrainingServer_EndsEvaluations()
    {
        var server = await TestServer.StartAsync(graceSeconds: 5);
        using var call = server.Models().EvaluateAsync(Endless());
        await TestServer.UntilAsync(() => server.Work.Evaluations.Count == 1);
        var stopping = server.StopAsync();
        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(async () => await call)).StatusCode);
        await stopping;
        await server.DisposeAsync();
    }

    private static EvaluateRequest Endless() => new() { Game = new GameSpec { Id = "pursuit-v0" }, Episodes = long.MaxValue, NumEnvs = 16 };
}
