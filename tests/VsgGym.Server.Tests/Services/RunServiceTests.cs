using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using VsgGym.Protocol.V1;
using VsgGym.Server.Hosting;
using VsgGym.Server.Tests.Hosting;
using VsgGym.Server.Tests.Training;

namespace VsgGym.Server.Tests.Services;

public sealed class RunServiceTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private TestServer _server = null!;
    private RunService.RunServiceClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await Trainings.ServeAsync(_folder["runs"], new ServerLimits { MaxRuns = 1, MaxQueuedRuns = 2 });
        _client = _server.Runs();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_ThenWatch_ShowsTheWholeRun()
    {
        var started = await _client.StartAsync(Trainings.Short());
        Assert.StartsWith("run-", started.RunId, StringComparison.Ordinal);
        Assert.Equal(("short", "climbing-v0", "{\"horizon\":1,\"discount\":null,\"repeat\":false,\"observation\":\"index\"}", "sample_q", ulong.MaxValue, 50L), (started.Name, started.GameId, started.GameOptionsJson, started.Learner, started.Seed, started.MaxSteps));
        Assert.Contains("\"step_size\":0.1", started.OptionsJson, StringComparison.Ordinal);
        Assert.Equal(["player_0", "player_1"], started.Players);
        Assert.Equal(["error", "unknown"], started.MetricNames);
        var updates = await Trainings.WatchAsync(_client, started.RunId);
        var events = updates.Where(update => update.Event is not null).Select(update => update.Event).ToList();
        Assert.Equal(Enumerable.Range(1, events.Count).Select(n => (long)n), events.Select(e => e.Sequence));
        Assert.Equal(50, events.Count(e => e.Metrics is not null)); // a hundredth of the run, at least one
        Assert.All(events.Where(e => e.Metrics is not null), e => Assert.True(double.IsFinite(e.Metrics.Values[0]) && double.IsNaN(e.Metrics.Values[1])));
        var evaluation = events.Last(e => e.Evaluation is not null).Evaluation;
        Assert.Equal((10L, true, 2), (evaluation.Episodes, evaluation.HasNashConv, evaluation.OpponentModelDistance.Count));
        Assert.Null(evaluation.Greedy[0].MeanAction);
        Assert.Equal(64, events.First(e => e.Checkpoint is not null).Checkpoint.Sha256.Length);
        Assert.Equal((RunState.Completed, "steps"), (events[^1].End.State, events[^1].End.Reason));

        var run = updates[^1].Run;
        Assert.Equal(RunState.Completed, run.State);
        Assert.Equal(await _client.GetAsync(new RunRequest { RunId = run.RunId }), run);
        var model = run.Models[1];
        Assert.Equal(($"{run.RunId}.player_1", "player_1", "climbing-v0", "policy.player_1.txt"), (model.ModelId, model.Player, model.GameId, model.File));
        Assert.Equal((1, 3, run.Hash), (model.Observation.Discrete.Count, model.Action.Discrete.Count, model.Metadata["hash"]));
        Assert.Equal(events[^3..], (await Trainings.WatchAsync(_client, run.RunId, from: events.Count - 2, follow: false)).Skip(1).Select(update => update.Event));
    }

    [Fact]
    public async Task Download_BringsEveryFileWithItsHash()
    {
        var run = await _client.StartAsync(Trainings.Short(3000));
        await Trainings.WatchAsync(_client, run.RunId);
        var files = await DownloadAsync(new DownloadRunRequest { RunId = run.RunId });
        Assert.Equal(["policy.player_0.txt", "policy.player_1.txt", "events.jsonl", "spec.json"], files.Keys);
        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder["runs"], run.RunId, "events.jsonl")), files["events.jsonl"]);
        Assert.Equal(["spec.json"], (await DownloadAsync(new DownloadRunRequest { RunId = run.RunId, Files = { "spec.json" } })).Keys);
        Assert.Equal("unknown_file", (await Trainings.FaultOfAsync(() => DownloadAsync(new DownloadRunRequest { RunId = run.RunId, Files = { "../spec.json" } }))).Reason);
    }

    [Fact]
    public async Task Download_OfALargeFile_ComesInChunksOf64KiB()
    {
        var run = await _client.StartAsync(Trainings.Short(10));
        await Trainings.WatchAsync(_client, run.RunId);
        string file = Path.Combine(_folder["runs"], run.RunId, "models", "policy.player_0.txt");
        byte[] large = RandomNumberGenerator.GetBytes((64 * 1024 * 2) + 17);
        await File.WriteAllBytesAsync(file, large);
        using var call = _client.Download(new DownloadRunRequest { RunId = run.RunId, Files = { "policy.player_0.txt" } });
        List<FileChunk> chunks = [];
        while (await call.ResponseStream.MoveNext(default)) chunks.Add(call.ResponseStream.Current);
        Assert.Equal([64 * 1024, 64 * 1024, 17], chunks.Select(chunk => chunk.Data.Length));
        Assert.Equal([large.Length, 0, 0], chunks.Select(chunk => chunk.Bytes));
        Assert.Equal(["", "", Convert.ToHexStringLower(SHA256.HashData(large))], chunks.Select(chunk => chunk.Sha256));
    }

    [Fact]
    public async Task Start_WithFaults_NamesTheFields()
    {
        Assert.Equal("learner", (await Trainings.FaultOfAsync(async () => await _client.StartAsync(new StartRunRequest()))).Path);
        Assert.Equal("game", (await Trainings.FaultOfAsync(async () => await _client.StartAsync(new StartRunRequest { Learner = "sample_q" }))).Path);
        var request = Trainings.Short();
        request.Game.Id = "climbing-v9";
        Assert.Equal("game.id", (await Trainings.FaultOfAsync(async () => await _client.StartAsync(request))).Path);
        request = Trainings.Short();
        request.OptionsJson = "{\"steps\": 0}";
        Assert.Equal("options.steps", (await Trainings.FaultOfAsync(async () => await _client.StartAsync(request))).Path);
        request = Trainings.Short();
        request.Learner = "nobody";
        var error = await TestServer.ErrorOfAsync(async () => await _client.StartAsync(request));
        Assert.Equal((int)StatusCode.NotFound, error.Code);
        request = Trainings.Short();
        request.CheckpointEvery = -1;
        Assert.Equal("checkpoint_every", (await Trainings.FaultOfAsync(async () => await _client.StartAsync(request))).Path);
        Assert.Empty((await _client.ListAsync(new ListRunsRequest())).Runs);
    }

    [Fact]
    public async Task RequestId_GivesTheSameRun()
    {
        var request = Trainings.Short();
        request.RequestId = "once";
        string id = (await _client.StartAsync(request)).RunId;
        Assert.Equal(id, (await _client.StartAsync(request)).RunId);
        request.Seed = 1;
        Assert.Equal("request_id_taken", (await Trainings.FaultOfAsync(async () => await _client.StartAsync(request))).Reason);
    }

    [Fact]
    public async Task States_AreSteeredAndWrongOnesRefused()
    {
        string running = (await _client.StartAsync(Trainings.Endless())).RunId, queued = (await _client.StartAsync(Trainings.Endless())).RunId;
        Assert.Equal(1, (await _client.GetAsync(Of(queued))).QueuePosition);
        Assert.Equal((RunState.Paused, 0), ((await _client.PauseAsync(Of(queued))).State, (await _client.GetAsync(Of(queued))).QueuePosition));
        Assert.Equal([queued], (await _client.ListAsync(new ListRunsRequest { States = { RunState.Paused } })).Runs.Select(run => run.RunId));
        Assert.Equal("states[1]", (await Trainings.FaultOfAsync(async () => await _client.ListAsync(new ListRunsRequest { States = { RunState.Paused, (RunState)7 } }))).Path);
        Assert.Equal("wrong_state", (await Trainings.FaultOfAsync(async () => await _client.PauseAsync(Of(queued)))).Reason);
        var error = await TestServer.ErrorOfAsync(async () => await _client.DeleteAsync(Of(running)));
        Assert.Equal((int)StatusCode.FailedPrecondition, error.Code);
        Assert.Equal(RunState.Queued, (await _client.ResumeAsync(Of(queued))).State);
        Assert.Equal(RunState.Cancelled, (await _client.CancelAsync(Of(running))).State);
        await _client.DeleteAsync(Of(running));
        Assert.Equal("unknown_run", (await Trainings.FaultOfAsync(async () => await _client.GetAsync(Of(running)))).Reason);
        Assert.Equal("unknown_run", (await Trainings.FaultOfAsync(() => Trainings.WatchAsync(_client, running))).Reason);
    }

    [Theory]
    [InlineData(1, long.MaxValue, "runs_full")]
    [InlineData(100, 500, "bytes_full")]
    public async Task FullStore_IsResourceExhausted(int runs, long bytes, string reason)
    {
        await using var server = await Trainings.ServeAsync(_folder["few"], new ServerLimits { MaxStoredRuns = runs, MaxRunBytes = bytes });
        var client = server.Runs();
        var run = await client.StartAsync(Trainings.Short());
        await Trainings.WatchAsync(client, run.RunId);
        Assert.Equal(reason, (await Trainings.FaultOfAsync(async () => await client.StartAsync(Trainings.Short()))).Reason);
        await client.DeleteAsync(new RunRequest { RunId = run.RunId });
        await Trainings.WatchAsync(client, (await client.StartAsync(Trainings.Short())).RunId);
    }

    [Fact]
    public async Task FullQueue_IsResourceExhausted()
    {
        for (int i = 0; i < 3; i++) await _client.StartAsync(Trainings.Endless());
        var error = await TestServer.ErrorOfAsync(async () => await _client.StartAsync(Trainings.Endless()));
        Assert.Equal(((int)StatusCode.ResourceExhausted, "queue_full"), (error.Code, error.Faults[0].Reason));
    }

    [Fact]
    public async Task StoppedServer_EndsWatchesAsUnavailableAndTheNextOneGoesOn()
    {
        var request = Trainings.Endless();
        request.Game = new GameSpec { NormalForm = Pennies() };
        string inline = (await _client.StartAsync(request)).RunId;
        request = Trainings.Endless();
        request.Game = new GameSpec { Id = (await new CatalogService.CatalogServiceClient(_server.Dial()).UploadGameAsync(new UploadGameRequest { Game = new GameSpec { NormalForm = Pennies() } })).Id };
        string uploaded = (await _client.StartAsync(request)).RunId;
        using var watch = _client.Watch(new WatchRunRequest { RunId = inline, Follow = true });
        while (await watch.ResponseStream.MoveNext(default) && watch.ResponseStream.Current.Event is not { Sequence: 3 })
        {
            // until it trains
        }

        await _server.StopAsync();
        var end = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await watch.ResponseStream.MoveNext(default))
            {
                // the events of its last steps
            }
        });
        Assert.Equal(StatusCode.Unavailable, end.StatusCode);

        await using var next = await Trainings.ServeAsync(_folder["runs"]);
        var client = next.Runs();
        var again = await client.GetAsync(Of(inline));
        Assert.Equal(RunState.Running, again.State);
        Assert.StartsWith("inline-", again.GameId, StringComparison.Ordinal);
        Assert.Equal(RunState.Cancelled, (await client.CancelAsync(Of(inline))).State);
        var kept = await client.CancelAsync(Of(uploaded)); // the upload itself has gone with the first server
        Assert.Equal((RunState.Cancelled, request.Game.Id), (kept.State, kept.GameId));
    }

    [Fact]
    public async Task DirectoryInUse_StopsTheStartWhereItWasAskedForAndElseTheCalls()
    {
        var refusal = await Assert.ThrowsAsync<ServerStartException>(() => Trainings.ServeAsync(_folder["runs"]));
        Assert.Contains(_folder["runs"], refusal.Message, StringComparison.Ordinal);
        await _client.StartAsync(Trainings.Endless());
        await using var lenient = await TestServer.StartAsync(more: options => options with { RunsDirectory = _folder["runs"] });
        var error = await TestServer.ErrorOfAsync(async () => await lenient.Runs().ListAsync(new ListRunsRequest()));
        Assert.Equal(((int)StatusCode.FailedPrecondition, "directory_locked"), (error.Code, error.Faults[0].Reason));
    }

    [Fact]
    public async Task DirectoryThatCannotBeWritten_StopsTheStartWithItsPath()
    {
        File.WriteAllText(_folder["file"], string.Empty);
        var refusal = await Assert.ThrowsAsync<ServerStartException>(() => Trainings.ServeAsync(_folder["file"]));
        Assert.Contains(_folder["file"], refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerWithoutDirectory_TrainsInOneThatGoesWithIt()
    {
        await using var server = await Trainings.ServeAsync();
        var run = await server.Runs().StartAsync(Trainings.Short(5));
        Assert.Equal(RunState.Completed, (await Trainings.WatchAsync(server.Runs(), run.RunId))[^1].Run.State);
    }

    private static RunRequest Of(string id) => new() { RunId = id };

    private static NormalFormGame Pennies()
    {
        double[] payoffs = [1, -1, -1, 1, -1, 1, 1, -1];
        return new NormalFormGame { Payoffs = new Tensor { Dtype = DType.Float64, Shape = { 2, 2, 2 }, Data = ByteString.CopyFrom(MemoryMarshal.AsBytes(payoffs.AsSpan())) } };
    }

    private async Task<Dictionary<string, byte[]>> DownloadAsync(DownloadRunRequest request)
    {
        using var call = _client.Download(request);
        var files = new Dictionary<string, byte[]>();
        List<byte> data = [];
        (string name, long bytes) = (string.Empty, 0);
        while (await call.ResponseStream.MoveNext(default))
        {
            var chunk = call.ResponseStream.Current;
            if (data.Count == 0) (name, bytes) = (chunk.Name, chunk.Bytes);
            data.AddRange(chunk.Data.Span);
            if (chunk.Sha256.Length == 0) continue;
            Assert.Equal(bytes, data.Count);
            Assert.Equal(chunk.Sha256, Convert.ToHexStringLower(SHA256.HashData(data.ToArray())));
            files.Add(name, [.. data]);
            data.Clear();
        }

        return files;
    }
}
