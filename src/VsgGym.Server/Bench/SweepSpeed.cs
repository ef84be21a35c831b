using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Server.Bench;

/// <summary>What a sweep of a solver costs beside the same sweep in vectorized numpy, on one game.</summary>
/// <param name="Entries">State-joint-action entries of the game.</param>
/// <param name="Transitions">Transitions of the game.</param>
/// <param name="OneThread">Seconds of a sweep on one thread, the best seen.</param>
/// <param name="AllThreads">Seconds of a sweep on one thread per processor, the best seen.</param>
/// <param name="Numpy">Seconds of a sweep in numpy, the best seen.</param>
/// <param name="Certificate">Seconds of NashConv of uniform play on one thread per processor, the best seen.</param>
internal sealed record SweepSpeed(int Entries, int Transitions, double OneThread, double AllThreads, double Numpy, double Certificate)
{
    private const int Actions = 5, Successors = 4;
    private const int CheckedSweeps = 20; // the script computes as many and sums up what it has then
    private const string Solver = "mge_i";
    private const string Options = "{\"tolerance\": 1e-300, \"max_iterations\": 1000000000}"; // never done

    /// <summary>Measures all on random_game-v0 of two players with 5 actions and 4 successors per row, turn by turn.</summary>
    /// <param name="entries">State-joint-action entries, at least 100.</param>
    /// <param name="rounds">Turns of each.</param>
    /// <param name="seconds">Of each turn.</param>
    /// <param name="python">The Python.</param>
    /// <param name="cancellationToken">Ends the measurement.</param>
    /// <exception cref="VsgGymException">Python failed, or computes something else.</exception>
    public static SweepSpeed Measure(int entries, int rounds, double seconds, string python, CancellationToken cancellationToken)
    {
        int states = entries / (Actions * Actions);
        string density = ((double)Successors / states).ToString("R", CultureInfo.InvariantCulture);
        var game = Composition.Catalog.CreateGame("random_game-v0", $"{{\"states\": {states}, \"actions\": {Actions}, \"density\": {density}}}").Table!;
        string script = BenchScript.Write("bench_sweep.py"), file = Path.GetTempFileName();
        try
        {
            Write(game, file);
            double one = double.PositiveInfinity, all = one, numpy = one, certificate = one;
            for (int round = 0; round < rounds; round++)
            {
                one = Math.Min(one, Time(game, 1, seconds, cancellationToken));
                all = Math.Min(all, Time(game, System.Environment.ProcessorCount, seconds, cancellationToken));
                certificate = Math.Min(certificate, TimeCertificate(game, cancellationToken));
                numpy = Math.Min(numpy, TimeNumpy(game, [script, file, $"{states}", $"{Actions}", $"{Successors}", Number(game.Discount), Number(seconds)], python));
            }

            return new SweepSpeed(states * Actions * Actions, game.TransitionCount, one, all, numpy, certificate);
        }
        finally
        {
            File.Delete(script);
            File.Delete(file);
        }
    }

    private static double Time(StochasticGame game, int threads, double seconds, CancellationToken cancellationToken)
    {
        var solver = Composition.Catalog.CreateSolver(Solver, game, Options, RandomStream.Create(0), new WorkCrew(threads), cancellationToken: cancellationToken);
        for (int k = 0; k < CheckedSweeps; k++) solver.Step(cancellationToken);
        double best = double.PositiveInfinity;
        for (long end = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency); Stopwatch.GetTimestamp() < end;)
        {
            long start = Stopwatch.GetTimestamp();
            solver.Step(cancellationToken);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }

    private static double TimeCertificate(StochasticGame game, CancellationToken cancellationToken)
    {
        var metric = Composition.Catalog.CreateMetric("nash", game, crew: new WorkCrew(System.Environment.ProcessorCount));
        var uniform = PolicyProfile.Uniform(game);
        long start = Stopwatch.GetTimestamp();
        metric.Measure(uniform, cancellationToken);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double TimeNumpy(StochasticGame game, string[] arguments, string python)
    {
        using var process = Process.Start(new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true }) ?? throw new InvalidOperationException($"{python} did not start");
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw VsgGymException.Invalid("--python", python, $"the measurement in numpy ended with exit code {process.ExitCode}", "python_failed");
        using var json = JsonDocument.Parse(answer);
        double theirs = json.RootElement.GetProperty("checksum").GetDouble(), ours = Checksum(game);
        if (!(Math.Abs(theirs - ours) <= 1e-9 * Math.Max(1, Math.Abs(ours))))
            throw VsgGymException.Invalid("checksum", theirs, $"numpy computes something else: after {CheckedSweeps} sweeps the values should sum to {ours}", "wrong_result");
        return json.RootElement.GetProperty("seconds").GetDouble();
    }

    // The sum of all players' values: what a solver shows of its action values.
    private static double Checksum(StochasticGame game)
    {
        var solver = Composition.Catalog.CreateSolver(Solver, game, Options, RandomStream.Create(0));
        for (int k = 0; k < CheckedSweeps; k++) solver.Step(CancellationToken.None);
        return solver.ReadSolution().Values.Sum(values => values.Data.Sum());
    }

    private static void Write(StochasticGame game, string path)
    {
        using var file = File.Create(path);
        for (int p = 0; p < game.PlayerCount; p++) file.Write(MemoryMarshal.AsBytes(game.Rewards(p)));
        file.Write(MemoryMarshal.AsBytes(game.Probabilities));
        file.Write(MemoryMarshal.AsBytes(game.NextStates));
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
