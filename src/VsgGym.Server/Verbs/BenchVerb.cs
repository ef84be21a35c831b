using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using VsgGym.Server.Bench;
using VsgGym.Server.Hosting;

namespace VsgGym.Server.Verbs;

/// <summary>`bench`: starts a server on loopback and measures the Python client beside Gymnasium's own vector environment.</summary>
internal static class BenchVerb
{
    private const string Script = "bench_play.py";

    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var python = new Option<string>("--python") { Description = "Python with numpy, grpcio, protobuf and gymnasium", DefaultValueFactory = _ => BenchScript.Python, HelpName = "PATH" };
        var sizes = new Option<string>("--sizes") { Description = "Numbers of copies, with commas between", DefaultValueFactory = _ => "1,64,1024,4096", HelpName = "LIST" };
        var rounds = new Option<int>("--rounds") { Description = "Rounds in which every contender takes its turn", DefaultValueFactory = _ => 7, HelpName = "N" };
        var seconds = new Option<double>("--seconds") { Description = "Seconds of each turn", DefaultValueFactory = _ => 0.3, HelpName = "S" };
        var json = new Option<bool>("--json") { Description = "Print JSON" };
        rounds.Validators.Add(result => { if (result.GetValueOrDefault<int>() < 1) result.AddError("--rounds: must be at least 1"); });
        seconds.Validators.Add(result => { if (result.GetValueOrDefault<double>() is not (> 0 and <= 60)) result.AddError("--seconds: must be above 0 and at most 60"); });
        sizes.Validators.Add(result => { if (!AreSizes(result.GetValueOrDefault<string>())) result.AddError("--sizes: must be whole numbers of at least 1 with commas between"); });
        var command = new Command("bench", "Measures env-steps/s of the Python client on pursuit beside Gymnasium's SyncVectorEnv of the same game in plain Python.") { python, sizes, rounds, seconds, json, BenchGamesVerb.Create(), BenchSolversVerb.Create() };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using var interruption = new Interruption();
            _ = interruption.Requested.ContinueWith(signal => stop.Cancel(), cancellationToken, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            var (wanted, error) = (parsed.GetValue(sizes)!, parsed.InvocationConfiguration.Error);
            List<string> arguments = ["--sizes", wanted, "--rounds", Number(parsed.GetValue(rounds)), "--seconds", Number(parsed.GetValue(seconds))];
            if (parsed.GetValue(json)) arguments.Add("--json");
            return await RunAsync(parsed.GetValue(python)!, arguments, error, stop.Token).ConfigureAwait(false);
        });
        return command;
    }

    private static bool AreSizes(string? list) =>
        list is not null && list.Split(',').All(size => int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out int copies) && copies >= 1);

    private static string Number(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private static async Task<int> RunAsync(string python, List<string> arguments, TextWriter error, CancellationToken cancellationToken)
    {
        string script = BenchScript.Write(Script);
        try
        {
            var options = new ServerOptions { Listen = [ListenAddress.Loopback(0)], LogLevel = LogLevel.Warning, Grace = TimeSpan.FromSeconds(1) };
            await using var host = await ServerHost.StartAsync(options, cancellationToken).ConfigureAwait(false);
            await using var bytes = await BytesHost.StartAsync(cancellationToken).ConfigureAwait(false);
            return await PlayAsync(python, [script, host.Addresses[0], bytes.Address, .. arguments], cancellationToken).ConfigureAwait(false);
        }
        catch (Win32Exception failure)
        {
            await error.WriteLineAsync($"--python {python}: {failure.Message}").ConfigureAwait(false);
            return CommandLine.Failed;
        }
        finally
        {
            File.Delete(script);
        }
    }

    private static async Task<int> PlayAsync(string python, List<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(python, arguments) { UseShellExecute = false };
        if (BenchScript.SearchPath() is { } path) start.Environment["PYTHONPATH"] = path;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{python} did not start");
        try
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return process.ExitCode == 0 ? CommandLine.Done : CommandLine.Failed;
    }
}
