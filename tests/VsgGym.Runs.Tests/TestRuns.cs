using System.Runtime.CompilerServices;

namespace VsgGym.Runs.Tests;

/// <summary>A directory of runs of one test, removed with it, and engines on it.</summary>
internal sealed class TestRuns : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public string Root { get; } = Directory.CreateTempSubdirectory("vsggym-runs-").FullName;

    public static RunRequest Climbing(long steps, string more = "", ulong seed = 7) => new()
    {
        Game = new RunGame("climbing-v0", "{}", null),
        Learner = "sample_q",
        OptionsJson = $"{{\"steps\": {steps}{(more.Length > 0 ? ", " + more : string.Empty)}}}",
        Seed = seed,
        EvaluationEpisodes = 20,
    };

    /// <summary>A run that lasts until someone ends it.</summary>
    public static RunRequest Endless() => Climbing(100_000_000, "\"delay_ms\": 2") with { EvaluateEvery = -1, MetricsEvery = 10, CheckpointEvery = 50 };

    public RunEngine Open(RunLimits? limits = null) =>
        RunEngine.Open(Root, new SampleFactory(), new SampleExporter(), limits ?? new RunLimits { MaxActive = 2 }, TimeProvider.System);

    public string PathOf(string id, params string[] names) => Path.Combine([Root, id, .. names]);

    public void Dispose() => Directory.Delete(Root, recursive: true);

    public static async Task<List<RunUpdate>> WatchAsync(RunEngine engine, string id, long from = 0, bool follow = true)
    {
        using var late = new CancellationTokenSource(Patience);
        List<RunUpdate> updates = [];
        await foreach (var update in engine.WatchAsync(id, from, follow, late.Token)) updates.Add(update);
        return updates;
    }

    public static async Task<RunInfo> EndOfAsync(RunEngine engine, string id)
    {
        await WatchAsync(engine, id);
        return engine.Get(id);
    }

    public static async Task<RunInfo> UntilAsync(RunEngine engine, string id, Func<RunInfo, bool> holds, [CallerArgumentExpression(nameof(holds))] string text = "")
    {
        for (long start = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(start) < Patience; await Task.Delay(10))
            if (holds(engine.Get(id))) return engine.Get(id);
        Assert.Fail($"{text} does not hold: {engine.Get(id)}");
        throw new InvalidOperationException();
    }

    /// <summary>Everything a run leaves that follows from its hash: events, checkpoints and exported files.</summary>
    public static Dictionary<string, string> Remains(string directory) =>
        Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) is not "state.json")
            .ToDictionary(file => Path.GetRelativePath(directory, file), file => Convert.ToHexString(File.ReadAllBytes(file)));
}
