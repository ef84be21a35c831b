using System.CommandLine;
using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Nodes;
using VsgGym.Server.Bench;

namespace VsgGym.Server.Verbs;

/// <summary>`bench solvers`: a solver's sweep beside the same sweep in vectorized numpy.</summary>
internal static class BenchSolversVerb
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var python = new Option<string>("--python") { Description = "Python with numpy", DefaultValueFactory = _ => BenchScript.Python, HelpName = "PATH" };
        var sizes = new Option<string>("--sizes") { Description = "State-joint-action entries, with commas between", DefaultValueFactory = _ => "1000,10000,100000,1000000", HelpName = "LIST" };
        var rounds = new Option<int>("--rounds") { Description = "Turns of each contender", DefaultValueFactory = _ => 3, HelpName = "N" };
        var seconds = new Option<double>("--seconds") { Description = "Seconds of each turn", DefaultValueFactory = _ => 1, HelpName = "S" };
        var json = new Option<bool>("--json") { Description = "Print JSON" };
        sizes.Validators.Add(result => { if (Sizes(result.GetValueOrDefault<string>()) is null) result.AddError("--sizes: must be whole numbers in [100, 2000000] with commas between"); });
        rounds.Validators.Add(result => { if (result.GetValueOrDefault<int>() < 1) result.AddError("--rounds: must be at least 1"); });
        seconds.Validators.Add(result => { if (result.GetValueOrDefault<double>() is not (> 0 and <= 60)) result.AddError("--seconds: must be above 0 and at most 60"); });
        var command = new Command("solvers", "Measures a sweep of mge_i on random_game-v0 of several sizes beside the same sweep in vectorized numpy, and the certificate.") { python, sizes, rounds, seconds, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            try
            {
                SweepSpeed[] speeds = [.. Sizes(parsed.GetValue(sizes))!.Select(size => SweepSpeed.Measure(size, parsed.GetValue(rounds), parsed.GetValue(seconds), parsed.GetValue(python)!, cancellationToken))];
                parsed.InvocationConfiguration.Output.Write(parsed.GetValue(json) ? ToJson(speeds) : ToText(speeds));
                return Task.FromResult(CommandLine.Done);
            }
            catch (Win32Exception failure)
            {
                parsed.InvocationConfiguration.Error.WriteLine($"--python {parsed.GetValue(python)}: {failure.Message}");
                return Task.FromResult(CommandLine.Failed);
            }
        });
        return command;
    }

    private static int[]? Sizes(string? list)
    {
        int[] sizes = [.. (list ?? string.Empty).Split(',').Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int size) ? size : 0)];
        return sizes.All(size => size is >= 100 and <= 2_000_000) ? sizes : null;
    }

    private static string ToText(SweepSpeed[] speeds) => TextTable.Lay(0,
    [
        ["entries", "us per sweep", "on all threads", "numpy", "ratio", "ratio on all threads", "ns per transition", "ms of NashConv"],
        .. speeds.Select(speed => (string[])
        [
            $"{speed.Entries}", Number(speed.OneThread * 1e6), Number(speed.AllThreads * 1e6), Number(speed.Numpy * 1e6),
            Number(speed.Numpy / speed.OneThread), Number(speed.Numpy / speed.AllThreads), Number(speed.OneThread * 1e9 / speed.Transitions), Number(speed.Certificate * 1e3),
        ]),
    ]);

    private static string ToJson(SweepSpeed[] speeds) => JsonText.Write(new JsonArray([.. speeds.Select(speed => new JsonObject
    {
        ["entries"] = speed.Entries,
        ["transitions"] = speed.Transitions,
        ["seconds_per_sweep"] = speed.OneThread,
        ["seconds_per_sweep_all_threads"] = speed.AllThreads,
        ["numpy_seconds_per_sweep"] = speed.Numpy,
        ["seconds_of_nash_conv"] = speed.Certificate,
    })]));

    private static string Number(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
