namespace VsgGym.Client.Tests;

/// <summary>One run and two users: one steers it from Python, the other watches it from C#.</summary>
public sealed class SharedRunTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task SteeredFromPython_IsSeenFromCSharpInOrderAndWhole()
    {
        using var patience = new CancellationTokenSource(Patience);
        await using var client = await server.ConnectAsync();
        var settings = new TrainSettings { EvaluateAtEndOnly = true, EvaluationEpisodes = 10, MetricsEvery = 50 };
        var run = await client.TrainAsync("climbing-v0", "rommeo_ac", new() { ["steps"] = 1_000_000 }, settings, patience.Token);
        await using var watched = run.WatchAsync(cancellationToken: patience.Token).GetAsyncEnumerator(patience.Token);
        var seen = new List<RunUpdate>();
        await using var python = await PythonUser.StartAsync(server.Tcp, run.Id, patience.Token);

        await UntilAsync(watched, seen, update => update is RunMetrics);
        var paused = await python.CallAsync("pause", patience.Token);
        Assert.Equal("paused", paused.State);
        await UntilAsync(watched, seen, InState(RunState.Paused));

        Assert.Contains((await python.CallAsync("resume", patience.Token)).State, (string[])["queued", "running"]);
        await UntilAsync(watched, seen, InState(RunState.Running));
        await UntilAsync(watched, seen, update => update is RunMetrics metrics && metrics.Step > paused.Step);

        var cancelled = await python.CallAsync("cancel", patience.Token);
        Assert.Equal("cancelled", cancelled.State);
        while (await watched.MoveNextAsync()) seen.Add(watched.Current);
        Assert.Equal(0, await python.LeaveAsync(patience.Token));

        var states = seen.OfType<RunChanged>().Select(changed => changed.Run.State).Where(state => state != RunState.Queued).ToList();
        Assert.Equal([RunState.Running, RunState.Paused, RunState.Running, RunState.Cancelled], Changes(states));
        var events = seen.OfType<RunEvent>().ToList();
        Assert.Equal((RunState.Cancelled, "cancelled"), (Assert.IsType<RunEnded>(events[^1]).State, ((RunEnded)events[^1]).Reason));
        Assert.Equal(Enumerable.Range(1, events.Count).Select(n => (long)n), events.Select(e => e.Sequence));
        Assert.Equal(cancelled.LastSequence, events.Count); // what the other user knows of
    }

    private static Func<RunUpdate, bool> InState(RunState state) => update => update is RunChanged changed && changed.Run.State == state;

    /// <summary>Watches on until an update is the awaited one.</summary>
    private static async Task UntilAsync(IAsyncEnumerator<RunUpdate> watched, List<RunUpdate> seen, Func<RunUpdate, bool> isAwaited)
    {
        while (await watched.MoveNextAsync())
        {
            seen.Add(watched.Current);
            if (isAwaited(watched.Current)) return;
        }

        Assert.Fail($"The watch ended too early, after: {string.Join("; ", seen.TakeLast(5))}");
    }

    /// <summary>The states without those that only say again what was so already.</summary>
    private static List<RunState> Changes(List<RunState> states) => [.. states.Where((state, i) => i == 0 || state != states[i - 1])];
}
