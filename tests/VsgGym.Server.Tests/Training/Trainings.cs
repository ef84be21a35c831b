using VsgGym.Core;
using VsgGym.Protocol.V1;
using VsgGym.Runs.Tests;
using VsgGym.Server.Hosting;
using Fault = VsgGym.Protocol.V1.Fault;

namespace VsgGym.Server.Tests.Training;

/// <summary>Servers with the sample learner, and requests to them.</summary>
internal static class Trainings
{
    /// <summary>What the server offers, and the sample learner.</summary>
    public static Catalog Catalog { get; } = Catalog.Scan([.. Composition.Assemblies, typeof(SampleLearner).Assembly]);

    public static Task<TestServer> ServeAsync(string? directory = null, ServerLimits? limits = null, double graceSeconds = 30) =>
        TestServer.StartAsync(limits, graceSeconds, options => options with
        {
            Catalog = Catalog,
            Exporter = new SampleExporter(),
            RunsDirectory = directory,
            NeedsRuns = directory is not null,
        });

    public static StartRunRequest Short(long steps = 50) => new()
    {
        Game = new GameSpec { Id = "climbing-v0" },
        Learner = "sample_q",
        OptionsJson = $"{{\"steps\": {steps}}}",
        Seed = ulong.MaxValue,
        Name = "short",
        EvaluationEpisodes = 10,
    };

    /// <summary>A run that lasts until someone ends it.</summary>
    public static StartRunRequest Endless() => new()
    {
        Game = new GameSpec { Id = "climbing-v0" },
        Learner = "sample_q",
        OptionsJson = "{\"steps\": 100000000, \"delay_ms\": 2}",
        EvaluateEvery = -1,
        MetricsEvery = 5,
        CheckpointEvery = 1000,
    };

    public static async Task<List<RunUpdate>> WatchAsync(RunService.RunServiceClient client, string id, long from = 0, bool follow = true)
    {
        using var call = client.Watch(new WatchRunRequest { RunId = id, FromSequence = from, Follow = follow });
        List<RunUpdate> updates = [];
        while (await call.ResponseStream.MoveNext(default)) updates.Add(call.ResponseStream.Current);
        return updates;
    }

    public static async Task<Fault> FaultOfAsync(Func<Task> call) => (await TestServer.ErrorOfAsync(call)).Faults[0];
}
