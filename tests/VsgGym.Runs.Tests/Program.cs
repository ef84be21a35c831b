namespace VsgGym.Runs.Tests;

/// <summary>The child process of <see cref="KilledProcessTests"/>: goes on with the runs of a directory until all have ended.</summary>
internal static class Program
{
    private static async Task Main(string[] args)
    {
        await using var engine = RunEngine.Open(args[0], new SampleFactory(), new SampleExporter(), new RunLimits { MaxActive = 1 }, TimeProvider.System);
        Console.WriteLine("open");
        foreach (var run in engine.List())
            await foreach (var _ in engine.WatchAsync(run.Id, 0, follow: true))
            {
                // until it ends
            }
    }
}
