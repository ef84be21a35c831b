namespace VsgGym.Runs.Tests.Engine;

public sealed class WatchTests : IDisposable
{
    private readonly TestRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task Watchers_FastSlowAndLate_SeeTheSameEvents()
    {
        await using var engine = _runs.Open();
        string id = engine.Start(TestRuns.Climbing(300, "\"delay_ms\": 1") with { MetricsEvery = 1, EvaluateEvery = -1 }).Id;
        var early = Enumerable.Range(0, 3).Select(_ => TestRuns.WatchAsync(engine, id)).ToList();
        var slow = SlowlyAsync(engine, id);
        await TestRuns.UntilAsync(engine, id, run => run.LastSequence > 100);
        var late = TestRuns.WatchAsync(engine, id, from: 50);
        var expected = Lines(await early[0]);
        Assert.Equal(300, expected.Count(line => line.Contains("metrics", StringComparison.Ordinal)));
        Assert.Equal(File.ReadAllLines(_runs.PathOf(id, "events.jsonl")), expected);
        foreach (var watch in early) Assert.Equal(expected, Lines(await watch));
        Assert.Equal(expected, Lines(await slow));
        Assert.Equal(expected.Skip(49), Lines(await late));
    }

    [Fact]
    public async Task Watch_WithoutFollow_GivesWhatIsThere()
    {
        await using var engine = _runs.Open();
        string id = engine.Start(TestRuns.Endless()).Id;
        await TestRuns.UntilAsync(engine, id, run => run.LastSequence >= 3);
        var updates = await TestRuns.WatchAsync(engine, id, follow: false);
        Assert.Equal(id, updates[0].Run!.Id);
        Assert.True(updates.Count(update => update.Event is not null) >= 3);
    }

    [Fact]
    public async Task Watch_OverPauseAndResume_ShowsTheStates()
    {
        await using var engine = _runs.Open();
        string id = engine.Start(TestRuns.Endless()).Id;
        var states = new List<RunState>();
        await foreach (var update in engine.WatchAsync(id, 0, follow: true))
        {
            if (update.Run is not { } run) continue;
            states.Add(run.State);
            if (states.Count == 1) _ = engine.PauseAsync(id);
            if (run.State == RunState.Paused) engine.Resume(id);
            if (run.State == RunState.Running && states.Contains(RunState.Paused)) _ = engine.CancelAsync(id);
        }

        Assert.Equal(RunState.Cancelled, states[^1]);
        Assert.Contains(RunState.Paused, states);
        Assert.All(states.Zip(states.Skip(1)), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    [Fact]
    public async Task Watch_OfAnEndingEngine_Ends()
    {
        var engine = _runs.Open();
        string id = engine.Start(TestRuns.Endless()).Id;
        var watch = TestRuns.WatchAsync(engine, id);
        await engine.StopAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch);
    }

    private static async Task<List<RunUpdate>> SlowlyAsync(RunEngine engine, string id)
    {
        List<RunUpdate> updates = [];
        await foreach (var update in engine.WatchAsync(id, 0, follow: true))
        {
            updates.Add(update);
            await Task.Delay(3);
        }

        return updates;
    }

    private static List<string> Lines(IEnumerable<RunUpdate> updates) =>
        [.. updates.Where(update => update.Event is not null).Select(update => System.Text.Encoding.UTF8.GetString(EventText.Write(update.Event!)).TrimEnd())];
}
