using System.Diagnostics;
using System.Text.Json;
using VsgGym.Server.Tests.Hosting;
using VsgGym.Server.Verbs;

namespace VsgGym.Server.Tests.Verbs;

/// <summary>Signals to the command line, as a terminal (SIGINT) and a supervisor (SIGTERM) send them.</summary>
public sealed class InterruptionTests : IDisposable
{
    // 1024 linear programs of 400 unknowns.
    private static readonly string[] LongIteration =
        ["solve", "random_game-v0", "--solver", "correlated_lp", "--game-set", "horizon=1", "--game-set", "discount=null", "--game-set", "states=1024", "--game-set", "actions=20", "--game-set", "density=0", "--json"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Solve_ToldToEndInALongIteration_PrintsTheAnswerBeforeIt(string signal)
    {
        using var solve = Start(LongIteration);
        var output = solve.StandardOutput.ReadToEndAsync();
        await UntilAsync(solve, () => HasComputed(solve)); // the iteration goes on
        CheckStart(await EndAsync(solve, signal, output), "stop_requested");
    }

    [Fact]
    public async Task Solve_ToldTwice_LeavesTheCertificateOut()
    {
        // One short iteration, and a measurement of minutes: 200 times 1000 recommendations, 1000 answers to each and 1000 actions of the other player.
        using var solve = Start(
            "solve", "random_game-v0", "--solver", "mge_f", "--set", "max_iterations=1", "--concept", "correlated", "--game-set", "horizon=200",
            "--game-set", "discount=null", "--game-set", "states=1", "--game-set", "actions=1000", "--game-set", "density=0", "--json");
        var output = solve.StandardOutput.ReadToEndAsync();
        await UntilAsync(solve, () => HasComputed(solve));
        await SendAsync(solve, "INT");
        await Task.Delay(200); // two signals in one instant are one
        using var json = JsonDocument.Parse(await EndAsync(solve, "INT", output));
        Assert.Equal("stop_requested", json.RootElement.GetProperty("stop_reason").GetString());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("certificate").ValueKind);
    }

    [Fact]
    public async Task Solve_WithATimeLimit_EndsALongIteration()
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        Assert.Equal(0, await CommandLine.RunAsync([.. LongIteration, "--time-limit", "0.5"], output, error));
        CheckStart(output.ToString(), "time_limit");
    }

    [Fact]
    public async Task Reproduce_ToldToEnd_KeepsItsTrials()
    {
        string[] arguments = ["reproduce", "rommeo/figure-1", "--out", _folder["out"], "--seeds", "100000", "--only", "PR2", "--jobs", "40"]; // more than the pool has threads
        using var reproduce = Start(arguments);
        var output = reproduce.StandardOutput.ReadToEndAsync();
        var error = reproduce.StandardError.ReadToEndAsync();
        string results = Path.Combine(_folder["out"], "rommeo", "figure-1");
        await UntilAsync(reproduce, () => Directory.Exists(results) && Directory.GetFiles(results).Any(file => new FileInfo(file).Length > 0));
        Assert.Equal(string.Empty, await EndAsync(reproduce, "INT", output, code: 1));
        Assert.Contains("stopped before there was an answer", await error, StringComparison.Ordinal);
        Assert.NotEmpty(await File.ReadAllLinesAsync(Assert.Single(Directory.GetFiles(results))));
    }

    private static void CheckStart(string output, string reason)
    {
        using var json = JsonDocument.Parse(output);
        var (root, status) = (json.RootElement, json.RootElement.GetProperty("status").GetString());
        Assert.Equal(("stopped", reason, 0L), (status, root.GetProperty("stop_reason").GetString(), root.GetProperty("iterations").GetInt64()));
        Assert.NotEqual(JsonValueKind.Null, root.GetProperty("certificate").ValueKind);
    }

    // Processes that a shell starts in the background, and all below them, ignore SIGINT unless somebody asks for it.
    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "VsgGym.Server.dll"), .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    // What the process had printed when a signal had ended it; the minutes of its iteration or measurement would be too long.
    private static async Task<string> EndAsync(Process process, string signal, Task<string> output, int code = 0)
    {
        await SendAsync(process, signal);
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }

        Assert.Equal(code, process.ExitCode);
        return await output;
    }

    private static async Task SendAsync(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    private static async Task UntilAsync(Process process, Func<bool> holds)
    {
        for (int k = 0; k < 1200 && !process.HasExited && !holds(); k++) await Task.Delay(50);
        Assert.True(!process.HasExited && holds());
    }

    // Far more than it takes to start and to build the game, far less than the iteration or the measurement.
    private static bool HasComputed(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime > TimeSpan.FromSeconds(6);
    }
}
