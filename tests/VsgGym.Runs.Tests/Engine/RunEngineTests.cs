using System.Text;
using VsgGym.Core;

namespace VsgGym.Runs.Tests.Engine;

public sealed class RunEngineTests : IDisposable
{
    private const string Pennies = "NFG 1 R \"Pennies\" { \"Even\" \"Odd\" } { 2 2 }\n\n1 -1 -1 1 -1 1 1 -1\n";

    private readonly TestRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task Start_OfAShortRun_LogsEverythingInOrderAndExports()
    {
        await using var engine = _runs.Open();
        var started = engine.Start(TestRuns.Climbing(100) with { Name = "first", MetricsEvery = 10, EvaluateEvery = 25, CheckpointEvery = 40 });
        Assert.Equal(("first", 100L), (started.Name, started.Spec!.MaxSteps));
        var updates = await TestRuns.WatchAsync(engine, started.Id);
        var events = updates.Where(update => update.Event is not null).Select(update => update.Event!).ToList();
        Assert.Equal(Enumerable.Range(1, events.Count).Select(n => (long)n), events.Select(e => e.Sequence));
        Assert.Equal([10, 20, 30, 40, 50, 60, 70, 80, 90, 100], events.OfType<MetricsEvent>().Select(e => e.Step));
        Assert.Equal([25, 50, 75, 100], events.OfType<EvaluationEvent>().Select(e => e.Step));
        Assert.Equal([40, 80, 100], events.OfType<CheckpointEvent>().Select(e => e.Step));
        var end = Assert.IsType<EndEvent>(events[^1]);
        Assert.Equal((RunState.Completed, "steps"), (end.State, end.Reason));
        Assert.Equal(["policy.player_0.txt", "policy.player_1.txt"], Assert.IsType<ExportEvent>(events[^2]).Models.Select(model => model.File));

        var run = engine.Get(started.Id);
        Assert.Equal((RunState.Completed, 100L, (long)events.Count, 100L), (run.State, run.Step, run.LastSequence, run.CheckpointStep));
        Assert.Equal(run.State, updates[^1].Run!.State);
        Assert.True(run.EndedUnixMs >= run.CreatedUnixMs && run.Elapsed > TimeSpan.Zero);
        Assert.Equal(["80.ckpt", "100.ckpt"], Directory.EnumerateFiles(_runs.PathOf(run.Id, "checkpoints")).Select(Path.GetFileName).OrderBy(name => name!.Length));
        Assert.Equal(["policy.player_0.txt", "policy.player_1.txt", "events.jsonl", "spec.json"], engine.Files(run.Id).Select(file => file.Name));
        Assert.All(engine.Files(run.Id), file => Assert.True(File.Exists(file.Path)));
    }

    [Fact]
    public async Task Evaluation_OfATable_MeasuresReturnsGapAndOpponentModels()
    {
        await using var engine = _runs.Open();
        var run = engine.Start(TestRuns.Climbing(400, "\"temperature\": 10.0") with { EvaluateEvery = -1, EvaluationEpisodes = 500 });
        var evaluation = Assert.Single((await TestRuns.WatchAsync(engine, run.Id)).Select(update => update.Event).OfType<EvaluationEvent>()).Evaluation;
        Assert.Equal(500, evaluation.Episodes);
        Assert.Contains(evaluation.Greedy[0].MeanReturn, new double[] { 11, -30, 0, 7, 6, 5 }); // one cell, every episode
        Assert.Equal(0, evaluation.Greedy[0].StandardError);
        Assert.True(evaluation.Sampled[1].StandardError > 0);
        Assert.Equal(["player_0", "player_1"], evaluation.Sampled.Select(player => player.Player));

        // the same numbers, from the exported policies and by hand
        var game = SampleFactory.Catalog.CreateGame("climbing-v0").Table!;
        var policies = new PolicyProfile(game, [.. engine.Files(run.Id).Take(2).Select(file =>
            new TabularPolicy([.. File.ReadAllLines(file.Path).Select(double.Parse)], 1, 1, 3))]);
        Assert.Equal(SampleFactory.Catalog.CreateMetric("nash", game).Measure(policies, default).Gap, evaluation.NashConv);
        Assert.All(evaluation.OpponentModelDistance, distance => Assert.InRange(distance, 1e-6, 1));
    }

    [Fact]
    public async Task SameRequest_GivesTheSameEventsAndFiles_AnotherSeedDoesNot()
    {
        await using var engine = _runs.Open();
        var ids = new[] { 5UL, 5UL, 6UL }.Select(seed => engine.Start(TestRuns.Climbing(60, seed: seed)).Id).ToList();
        foreach (string id in ids) await TestRuns.EndOfAsync(engine, id);
        var remains = ids.Select(id => TestRuns.Remains(_runs.PathOf(id))).ToList();
        Assert.Equal(remains[0], remains[1]);
        Assert.NotEqual(remains[0]["events.jsonl"], remains[2]["events.jsonl"]);
        Assert.Equal(engine.Get(ids[0]).Spec!.Hash, engine.Get(ids[1]).Spec!.Hash);
        Assert.NotEqual(engine.Get(ids[0]).Spec!.Hash, engine.Get(ids[2]).Spec!.Hash);
    }

    [Fact]
    public async Task GameGivenInFull_IsKeptWithTheRun()
    {
        var request = TestRuns.Endless() with { Game = new RunGame("inline-1", "{}", Encoding.UTF8.GetBytes(Pennies)) };
        string id;
        await using (var engine = _runs.Open())
        {
            id = engine.Start(request).Id;
            await TestRuns.UntilAsync(engine, id, run => run.Step > 5);
        }

        await using var next = _runs.Open();
        var run = await next.CancelAsync(id);
        Assert.Equal(["Even", "Odd"], run.Spec!.Players.Select(player => player.Name));
        Assert.Equal(RunState.Cancelled, run.State);
    }

    [Fact]
    public async Task Converged_EndsTheRunEarly()
    {
        await using var engine = _runs.Open();
        var run = engine.Start(TestRuns.Climbing(1000, "\"converge_at\": 33"));
        var end = (EndEvent)(await TestRuns.WatchAsync(engine, run.Id)).Last(update => update.Event is not null).Event!;
        Assert.Equal((33L, RunState.Completed, "converged"), (end.Step, end.State, end.Reason));
    }

    [Fact]
    public async Task Diverging_FailsWithQuantityAndStep_AndMayBeResumed()
    {
        await using var engine = _runs.Open();
        var request = TestRuns.Climbing(100_000, "\"step_size\": 3.0") with { CheckpointEvery = 10, EvaluateEvery = -1, MetricsEvery = 50 };
        var run = await TestRuns.EndOfAsync(engine, engine.Start(request).Id);
        Assert.Equal(RunState.Failed, run.State);
        var fault = Assert.Single(run.Faults);
        Assert.Matches("^player_[01]/q$", fault.Path);
        Assert.EndsWith($"after {run.Step} good steps", fault.Rule, StringComparison.Ordinal);
        Assert.Equal(run.Step / 10 * 10, run.CheckpointStep);
        Assert.True(run.CheckpointStep > 0);
        var remains = TestRuns.Remains(_runs.PathOf(run.Id));
        Assert.Contains("\"reason\":\"diverged\"", File.ReadAllText(_runs.PathOf(run.Id, "events.jsonl")), StringComparison.Ordinal);

        engine.Resume(run.Id);
        var again = await TestRuns.EndOfAsync(engine, run.Id);
        Assert.Equal(RunState.Failed, again.State);
        Assert.Equal(remains, TestRuns.Remains(_runs.PathOf(run.Id)));
    }

    [Fact]
    public async Task RequestId_MakesStartIdempotent_AlsoAcrossEngines()
    {
        var request = TestRuns.Climbing(10) with { RequestId = "once" };
        string id;
        await using (var engine = _runs.Open())
        {
            id = engine.Start(request).Id;
            Assert.Equal(id, engine.Start(request).Id);
            await TestRuns.EndOfAsync(engine, id);
        }

        await using var next = _runs.Open();
        Assert.Equal(id, next.Start(request).Id);
        Assert.Single(next.List());
        Assert.Equal("request_id_taken", ReasonOf(() => next.Start(request with { Seed = 8 })));
    }

    [Fact]
    public async Task Start_WithFaults_NamesThemAllAndKeepsNothing()
    {
        await using var engine = _runs.Open();
        var request = TestRuns.Climbing(10) with { EvaluateEvery = -2, CheckpointEvery = -1, MetricsEvery = -1, EvaluationEpisodes = -1, Name = new string('x', 201) };
        var error = Assert.Throws<VsgGymException>(() => engine.Start(request));
        Assert.Equal(["name", "evaluate_every", "evaluation_episodes", "checkpoint_every", "metrics_every"], error.Faults.Select(fault => fault.Path));
        Assert.Equal("unknown_learner", ReasonOf(() => engine.Start(TestRuns.Climbing(10) with { Learner = "nobody" })));
        Assert.Equal("out_of_range", ReasonOf(() => engine.Start(TestRuns.Climbing(0))));
        Assert.Equal("wrong_space", ReasonOf(() => engine.Start(TestRuns.Climbing(10) with { Game = new RunGame("differential-v0", "{}", null) })));
        Assert.Empty(engine.List());
        Assert.Empty(Directory.EnumerateDirectories(_runs.Root));
    }

    [Fact]
    public async Task Quotas_RefuseWithTheLimitsName()
    {
        await using (var engine = _runs.Open(new RunLimits { MaxActive = 1, MaxQueued = 1, MaxStored = 2 }))
        {
            string first = engine.Start(TestRuns.Endless()).Id, second = engine.Start(TestRuns.Endless()).Id;
            Assert.Equal((ErrorKind.ResourceExhausted, "queue_full"), ErrorOf(() => engine.Start(TestRuns.Endless())));
            await engine.PauseAsync(second);
            Assert.Equal((ErrorKind.ResourceExhausted, "runs_full"), ErrorOf(() => engine.Start(TestRuns.Endless())));
            await engine.CancelAsync(first);
            engine.Delete(first);
            engine.Start(TestRuns.Endless());
        }

        await using var small = _runs.Open(new RunLimits { MaxBytes = 10 });
        Assert.Equal((ErrorKind.ResourceExhausted, "bytes_full"), ErrorOf(() => small.Start(TestRuns.Endless())));
    }

    [Fact]
    public async Task UnknownRun_IsNotFound()
    {
        await using var engine = _runs.Open();
        Assert.Equal((ErrorKind.NotFound, "unknown_run"), ErrorOf(() => engine.Get("run-x")));
        Assert.Equal((ErrorKind.NotFound, "unknown_run"), ErrorOf(() => engine.Delete("../x")));
        Assert.Equal((ErrorKind.NotFound, "unknown_run"), ErrorOf(() => engine.Resume("run-x")));
        var run = engine.Start(TestRuns.Climbing(5));
        Assert.Equal((ErrorKind.NotFound, "unknown_file"), ErrorOf(() => engine.Files(run.Id, "../../x")));
        await Assert.ThrowsAsync<VsgGymException>(() => TestRuns.WatchAsync(engine, "run-x"));
    }

    private static string ReasonOf(Action call) => ErrorOf(call).Reason;

    private static (ErrorKind Kind, string Reason) ErrorOf(Action call)
    {
        var error = Assert.Throws<VsgGymException>(call);
        return (error.Kind, error.Faults[0].Reason);
    }
}
