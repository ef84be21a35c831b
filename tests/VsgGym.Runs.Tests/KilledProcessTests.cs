using System.Diagnostics;
using VsgGym.Numerics;

namespace VsgGym.Runs.Tests;

public sealed class KilledProcessTests : IDisposable
{
    private const int Steps = 4000;

    private readonly TestRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Kill_AtThreeRandomMoments_LeavesNoTraceInTheRun(ulong seed)
    {
        var requests = new[]
        {
            TestRuns.Climbing(Steps) with { MetricsEvery = 10, EvaluateEvery = 150, CheckpointEvery = 130 },
            TestRuns.Climbing(Steps / 10, seed: 8) with { Game = new RunGame("pursuit-v0", SampleFactory.Catalog.FindGame("pursuit-v0").DefaultOptionsJson, null) },
        };
        string[] ids = await StartAsync(requests);
        var random = RandomStream.Create(seed);
        for (int kill = 0; kill < 3; kill++)
        {
            using var child = Child();
            Assert.Equal("open", await child.StandardOutput.ReadLineAsync());
            long lines = LinesOf(ids[0]), wanted = lines + 5 + random.NextInt32(80);
            while (LinesOf(ids[0]) < wanted && !child.HasExited) await Task.Delay(1);
            await Task.Delay(random.NextInt32(20));
            Assert.False(child.HasExited);
            child.Kill(); // SIGKILL
            await child.WaitForExitAsync();
        }

        using (var last = Child()) await last.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(3));
        using var other = new TestRuns();
        await using var engine = other.Open();
        for (int i = 0; i < requests.Length; i++)
        {
            var undisturbed = await TestRuns.EndOfAsync(engine, engine.Start(requests[i]).Id);
            Assert.Empty(undisturbed.Faults);
            Assert.Equal(RunState.Completed, undisturbed.State);
            var expected = TestRuns.Remains(other.PathOf(undisturbed.Id));
            Assert.Contains("models/policy." + (i == 0 ? "player_0" : "hunter") + ".txt", expected.Keys);
            Assert.Equal(expected, TestRuns.Remains(_runs.PathOf(ids[i])));
            Assert.Equal(RunState.Completed, new RunArchive(_runs.Root).Get(ids[i]).State);
        }
    }

    private async Task<string[]> StartAsync(RunRequest[] requests)
    {
        // queued and never begun: the engine is told to end before it gives the second one a thread
        await using var engine = _runs.Open(new RunLimits { MaxActive = 1 });
        return [.. requests.Select(request => engine.Start(request).Id)];
    }

    private long LinesOf(string id) => File.ReadAllBytes(_runs.PathOf(id, "events.jsonl")).AsSpan().Count((byte)'\n');

    private Process Child() => Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "VsgGym.Runs.Tests.dll"), _runs.Root])
    {
        RedirectStandardOutput = true,
        Environment = { ["VSGGYM_SAMPLE_DELAY_MS"] = "1" },
    })!;
}
