using VsgGym.Client.Onnx;

namespace VsgGym.Client.Tests;

public sealed class TrainTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Train_WatchDownloadAndEvaluate()
    {
        await using var client = await server.ConnectAsync();
        Assert.Contains("rommeo_ac", (await client.LearnersAsync()).Select(learner => learner.Id));
        var run = await client.TrainAsync("differential-v0", "rommeo_ac", Short(60), new() { Seed = 3, Name = "short", EvaluationEpisodes = 10, MetricsEvery = 20, CheckpointEvery = 30 });
        var updates = await WatchAsync(run);
        var events = updates.OfType<RunEvent>().ToList();
        Assert.Equal(Enumerable.Range(1, events.Count).Select(n => (long)n), events.Select(e => e.Sequence));
        Assert.Equal((RunState.Completed, "steps"), (Assert.IsType<RunEnded>(events[^1]).State, ((RunEnded)events[^1]).Reason));
        Assert.All(events.OfType<RunMetrics>(), metrics => Assert.Equal(run.Info.MetricNames.Count, metrics.Values.Count));
        Assert.Equal(2, events.OfType<RunCheckpointed>().Count());
        var evaluation = events.OfType<RunEvaluated>().Last();
        Assert.InRange(evaluation.Greedy["player_0"].MeanAction.Single(), -10, 10);
        Assert.Null(evaluation.NashConv); // box actions: no table

        var info = await run.WaitAsync();
        Assert.Equal((RunState.Completed, 60L, "short"), (info.State, info.Step, info.Name));
        string folder = Path.Combine(Path.GetTempPath(), $"vsggym-{Guid.NewGuid():N}");
        try
        {
            var files = await run.DownloadAsync(folder);
            Assert.Contains("policy.player_0.onnx", files.Select(Path.GetFileName));
            Assert.Contains("events.jsonl", files.Select(Path.GetFileName));
            CheckLoadedPolicy(Path.Combine(folder, "policy.player_0.onnx"), info);
            await CheckEvaluationsAsync(client, info, Path.Combine(folder, "policy.player_0.onnx"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        await run.DeleteAsync();
        await Assert.ThrowsAsync<NotFoundException>(() => run.RefreshAsync());
    }

    [Fact]
    public async Task SameSeedTwice_EndsWithTheSameCheckpoint()
    {
        await using var client = await server.ConnectAsync();
        var hashes = new List<string>();
        for (int again = 0; again < 2; again++)
        {
            var run = await client.TrainAsync("climbing-v0", "mai", Short(40), new() { Seed = 8, EvaluationEpisodes = 10 });
            hashes.Add((await WatchAsync(run)).OfType<RunCheckpointed>().Last().Sha256);
            await run.DeleteAsync();
        }

        Assert.Equal(hashes[0], hashes[1]);
    }

    [Fact]
    public async Task PauseResumeCancel_InTheirOrder()
    {
        await using var client = await server.ConnectAsync();
        var run = await client.TrainAsync("climbing-v0", "rommeo_ac", Short(1_000_000), new() { EvaluateAtEndOnly = true, EvaluationEpisodes = 10 });
        await Assert.ThrowsAsync<FailedPreconditionException>(() => run.ResumeAsync());
        Assert.Equal(RunState.Paused, (await run.PauseAsync()).State);
        await Assert.ThrowsAsync<FailedPreconditionException>(() => run.PauseAsync());
        long step = run.Info.Step;
        await run.ResumeAsync();
        using var patience = new CancellationTokenSource(Patience);
        while ((await run.RefreshAsync(patience.Token)).Step <= step) await Task.Delay(20, patience.Token);
        await Assert.ThrowsAsync<FailedPreconditionException>(() => run.DeleteAsync());
        await run.CancelAsync();
        var info = await run.WaitAsync(patience.Token);
        Assert.Equal(RunState.Cancelled, info.State);
        Assert.NotEmpty(info.Models); // what it had is exported
        Assert.Contains(run.Id, (await client.RunsAsync([RunState.Cancelled])).Select(r => r.Id));
    }

    [Fact]
    public async Task SameRequestId_IsTheSameRun()
    {
        await using var client = await server.ConnectAsync();
        var settings = new TrainSettings { RequestId = $"{Guid.NewGuid()}", EvaluationEpisodes = 10 };
        var (one, two) = (await client.TrainAsync("climbing-v0", "rommeo_ac", Short(20), settings), await client.TrainAsync("climbing-v0", "rommeo_ac", Short(20), settings));
        Assert.Equal(one.Id, two.Id);
        await one.WaitAsync();
    }

    [Fact]
    public async Task BadRequests_NameTheField()
    {
        await using var client = await server.ConnectAsync();
        Faulty.Check(await Assert.ThrowsAsync<NotFoundException>(() => client.TrainAsync("differential-v0", "romeo_ac")), "learner", "romeo_ac");
        Faulty.Check(await Assert.ThrowsAsync<InvalidArgumentException>(() => client.TrainAsync("differential-v0", "rommeo_ac", new() { ["step"] = 5 })), "options.step", "5");
        Faulty.Check(await Assert.ThrowsAsync<InvalidArgumentException>(() => client.TrainAsync("differential-v0", "rommeo_ac", settings: new() { EvaluateEvery = 0 })), "evaluate_every", "0");
        await Assert.ThrowsAsync<NotFoundException>(() => client.RunAsync("run-none"));
        await Assert.ThrowsAsync<NotFoundException>(() => client.ModelAsync("upload-none"));
        await Assert.ThrowsAsync<InvalidArgumentException>(() => client.UploadModelAsync("nonsense.onnx", new byte[] { 1, 2, 3 }));
    }

    private static Options Short(int steps) => new() { ["steps"] = steps };

    private static void CheckLoadedPolicy(string file, RunInfo info)
    {
        using var policy = LoadedPolicy.Load(file);
        Assert.Equal((info.Id, "player_0"), (policy.Metadata["run_id"], policy.Metadata["player"]));
        var output = policy.Act(new PolicyInput { Observations = [0f, 0f, 0f] });
        Assert.Equal(3, output.BoxActions.Length);
        Assert.All(output.BoxActions, action => Assert.InRange(action, -10, 10));
        Assert.Equal(output.BoxActions[0], output.BoxActions[2]);
        Assert.Equal(3, output.SampledBoxActions.Length);
        Assert.Contains("Observations", Assert.Throws<ArgumentException>(() => policy.Act(new PolicyInput { States = [1] })).Message, StringComparison.Ordinal);
        Assert.Contains("CUDA", Assert.Throws<ArgumentException>(() => LoadedPolicy.Load(file, "cuda")).Message, StringComparison.Ordinal);
    }

    private static async Task CheckEvaluationsAsync(VsgGymClient client, RunInfo info, string file)
    {
        var own = info.Models.Single(model => model.File == "policy.player_0.onnx");
        var uploaded = await client.UploadModelAsync(file);
        Assert.Equal(own.Sha256, uploaded.Sha256);
        var settings = new EvaluateSettings { Episodes = 200, Seed = 1 };
        var first = await client.EvaluateAsync("differential-v0", new Dictionary<string, Occupant> { ["player_0"] = Occupant.FromModel(own), ["player_1"] = "uniform" }, settings);
        var second = await client.EvaluateAsync("differential-v0", new Dictionary<string, Occupant> { ["player_0"] = $"model:{uploaded.Id}" }, settings with { NumEnvs = 7 });
        Assert.Equal(200, first.Episodes);
        Assert.Equal(first.Players["player_0"], second.Players["player_0"]); // the same policy under another id and batch
        await using var env = await client.MakeAsync("differential-v0", new() { NumEnvs = 4, Seed = 0, Seats = ["player_1"], Others = new() { ["player_0"] = Occupant.FromModel(own, greedy: true) } });
        await env.ResetAsync();
        env.BoxActions("player_1").Clear();
        Assert.InRange((await env.StepAsync()).Rewards("player_1")[0], -67, 10);
        await client.DeleteModelAsync(uploaded.Id);
        await Assert.ThrowsAsync<FailedPreconditionException>(() => client.DeleteModelAsync(own.Id));
    }

    private static async Task<List<RunUpdate>> WatchAsync(TrainingRun run)
    {
        using var patience = new CancellationTokenSource(Patience);
        var updates = new List<RunUpdate>();
        await foreach (var update in run.WatchAsync(cancellationToken: patience.Token)) updates.Add(update);
        return updates;
    }
}
