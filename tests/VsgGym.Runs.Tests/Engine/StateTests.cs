using VsgGym.Core;

namespace VsgGym.Runs.Tests.Engine;

/// <summary>Pause, resume, cancel and delete in every state, the queue, and what a stop and a start make of it.</summary>
public sealed class StateTests : IDisposable
{
    private readonly TestRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task Queue_IsFirstComeFirstServedWithPositions()
    {
        await using var engine = _runs.Open(new RunLimits { MaxActive = 1 });
        string[] ids = [.. Enumerable.Range(0, 4).Select(_ => engine.Start(TestRuns.Endless()).Id)];
        Assert.Equal(ids, engine.List().Select(run => run.Id));
        Assert.Equal([0, 1, 2, 3], engine.List().Select(run => run.QueuePosition));
        Assert.Equal([RunState.Running, RunState.Queued, RunState.Queued, RunState.Queued], engine.List().Select(run => run.State));
        Assert.Equal(RunState.Paused, (await engine.PauseAsync(ids[1])).State);
        Assert.Equal([0, 0, 1, 2], engine.List().Select(run => run.QueuePosition));
        Assert.Equal(3, engine.Resume(ids[1]).QueuePosition);
        await engine.CancelAsync(ids[0]);
        await TestRuns.UntilAsync(engine, ids[2], run => run.State == RunState.Running);
        Assert.Equal([0, 2, 0, 1], engine.List().Select(run => run.QueuePosition));
    }

    [Fact]
    public async Task PausedAndResumed_HasTheBitsOfAnUndisturbedRun()
    {
        var request = TestRuns.Climbing(400, "\"delay_ms\": 6") with { MetricsEvery = 7, CheckpointEvery = 90, EvaluateEvery = 110 };
        await using var engine = _runs.Open();
        string calm = engine.Start(request).Id, disturbed = engine.Start(request).Id;
        for (int pauses = 0; pauses < 3; pauses++)
        {
            long step = engine.Get(disturbed).Step;
            await TestRuns.UntilAsync(engine, disturbed, run => run.Step > step + 20);
            var paused = await engine.PauseAsync(disturbed);
            Assert.Equal((RunState.Paused, paused.Step), (paused.State, paused.CheckpointStep));
            Assert.Equal(0, paused.StepsPerSecond);
            engine.Resume(disturbed);
        }

        Assert.Equal(RunState.Completed, (await TestRuns.EndOfAsync(engine, disturbed)).State);
        await TestRuns.EndOfAsync(engine, calm);
        var (expected, found) = (TestRuns.Remains(_runs.PathOf(calm)), TestRuns.Remains(_runs.PathOf(disturbed)));
        Assert.Equal(expected["events.jsonl"], found["events.jsonl"]);
        Assert.Equal(expected["checkpoints/400.ckpt"], found["checkpoints/400.ckpt"]);
        Assert.Equal(expected["models/policy.player_1.txt"], found["models/policy.player_1.txt"]);
    }

    [Fact]
    public async Task StoppedEngine_LeavesRunsThatTheNextOneGoesOnWithInOrder()
    {
        var limits = new RunLimits { MaxActive = 1 };
        string[] ids;
        long reached;
        await using (var engine = _runs.Open(limits))
        {
            ids = [.. Enumerable.Range(0, 4).Select(_ => engine.Start(TestRuns.Endless()).Id)];
            await engine.PauseAsync(ids[3]);
            await TestRuns.UntilAsync(engine, ids[0], run => run.Step > 20);
            await engine.StopAsync();
            reached = engine.Get(ids[0]).Step;
            Assert.Equal(reached, engine.Get(ids[0]).CheckpointStep);
            Assert.Equal("stopping", Assert.Throws<VsgGymException>(() => engine.Start(TestRuns.Endless())).Faults[0].Reason);
        }

        await using var next = _runs.Open(limits);
        Assert.Equal([RunState.Running, RunState.Queued, RunState.Queued, RunState.Paused], next.List().Select(run => run.State));
        Assert.Equal([0, 1, 2, 0], next.List().Select(run => run.QueuePosition));
        await TestRuns.UntilAsync(next, ids[0], run => run.Step > reached);
    }

    [Fact]
    public async Task Stop_ThatCannotWait_LeavesTheStepAndGoesOnFromTheCheckpoint()
    {
        string id;
        await using (var engine = _runs.Open())
        {
            id = engine.Start(TestRuns.Climbing(10, "\"delay_ms\": 10000")).Id;
            await TestRuns.UntilAsync(engine, id, run => run.State == RunState.Running);
            await engine.StopAsync(new CancellationToken(true));
        }

        await using var next = _runs.Open();
        Assert.Equal(RunState.Running, next.Get(id).State);
        await next.StopAsync(new CancellationToken(true));
    }

    [Fact]
    public async Task Cancel_OfARunningRun_EvaluatesAndExportsWhatItHas()
    {
        await using var engine = _runs.Open();
        string id = engine.Start(TestRuns.Endless()).Id;
        await TestRuns.UntilAsync(engine, id, run => run.Step > 3);
        var run = await engine.CancelAsync(id);
        Assert.Equal(RunState.Cancelled, run.State);
        Assert.Equal(["player_0", "player_1"], run.Models.Select(model => model.Player));
        var events = (await TestRuns.WatchAsync(engine, id, follow: false)).Where(update => update.Event is not null).Select(update => update.Event!).ToList();
        Assert.Single(events.OfType<EvaluationEvent>());
        var end = Assert.IsType<EndEvent>(events[^1]);
        Assert.Equal((run.Step, RunState.Cancelled, "cancelled"), (end.Step, end.State, end.Reason));
    }

    [Fact]
    public async Task Cancel_OfWaitingRuns_EndsThemWithWhatTheyHave()
    {
        await using var engine = _runs.Open(new RunLimits { MaxActive = 1 });
        string paused = engine.Start(TestRuns.Endless()).Id, fresh = engine.Start(TestRuns.Endless()).Id, queued = engine.Start(TestRuns.Endless()).Id;
        await TestRuns.UntilAsync(engine, paused, run => run.Step > 3);
        await engine.PauseAsync(fresh);
        var kept = await engine.PauseAsync(paused);
        await TestRuns.UntilAsync(engine, queued, run => run.Step > 3); // it holds the only place from now on
        var ended = await engine.CancelAsync(paused);
        Assert.Equal((RunState.Cancelled, kept.Step, 2), (ended.State, ended.Step, ended.Models.Length));
        ended = await engine.CancelAsync(fresh);
        Assert.Equal((RunState.Cancelled, 0L, 1L, 0), (ended.State, ended.Step, ended.LastSequence, ended.Models.Length));
        Assert.Equal(RunState.Running, engine.Get(queued).State);
    }

    [Fact]
    public async Task WrongState_IsRefusedAndChangesNothing()
    {
        await using var engine = _runs.Open(new RunLimits { MaxActive = 1 });
        string running = engine.Start(TestRuns.Endless()).Id, queued = engine.Start(TestRuns.Endless()).Id, paused = engine.Start(TestRuns.Endless()).Id;
        await engine.PauseAsync(paused);
        foreach (string id in (string[])[running, queued])
        {
            await RefusedAsync(() => Task.Run(() => engine.Resume(id)));
            await RefusedAsync(() => Task.Run(() => engine.Delete(id)));
        }

        await RefusedAsync(() => engine.PauseAsync(paused));
        await RefusedAsync(() => Task.Run(() => engine.Delete(paused)));
        await engine.CancelAsync(running);
        await TestRuns.UntilAsync(engine, queued, run => run.State == RunState.Running);
        await engine.CancelAsync(queued);
        var completed = await TestRuns.EndOfAsync(engine, engine.Start(TestRuns.Climbing(3)).Id);
        foreach (string id in (string[])[running, completed.Id])
        {
            await RefusedAsync(() => engine.PauseAsync(id));
            await RefusedAsync(() => engine.CancelAsync(id));
            await RefusedAsync(() => Task.Run(() => engine.Resume(id)));
            engine.Delete(id);
            Assert.False(Directory.Exists(_runs.PathOf(id)));
        }

        Assert.Equal([queued, paused], engine.List().Select(run => run.Id));
    }

    private static async Task RefusedAsync(Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<VsgGymException>(call);
        Assert.Equal((ErrorKind.FailedPrecondition, "wrong_state"), (error.Kind, error.Faults[0].Reason));
    }
}
