using System.Diagnostics;
using System.Globalization;
using static TorchSharp.torch;

namespace VsgGym.Benchmarks.Learning;

/// <summary>Training steps beside the same steps in eager PyTorch, in turns, for one thread and for two; a Markdown table.</summary>
internal static class LearningSpeed
{
    private const int PythonWarmup = 40;

    /// <summary>Measures and prints.</summary>
    /// <param name="rounds">Turns of each side, at least 1.</param>
    public static void Run(int rounds)
    {
        double peak = FusedPeak.Measure();
        Console.WriteLine(FormattableString.Invariant($"{peak / 1e9:0.0} billion multiply-adds a second at most on one core; load of the machine {Load()}; {rounds} rounds"));
        Console.WriteLine();
        Console.WriteLine("| step | threads | ours, steps/s (share of the peak) | PyTorch, all rows | PyTorch, each state once | ratio to all rows | ratio to each state once |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        string? name = null;
        foreach (int threads in (int[])[1, 2])
        {
            set_num_threads(threads);
            using var python = PythonSide.Start(threads);
            name ??= python?.Name;
            foreach (var row in Row.All())
            {
                Warm(row, python);
                List<double[]> turns = [];
                for (int round = 0; round < rounds; round++) turns.Add(Turn(row, python));
                Print(row, threads, turns, peak * threads);
            }
        }

        Console.WriteLine();
        Console.WriteLine($"medians of {rounds} rounds in turns; ratios per round, with the quarter below and above; {name ?? "no PyTorch"}; load at the end {Load()}");
    }

    private static void Warm(Row row, PythonSide? python)
    {
        for (int k = 0; k < Row.Warmup; k++) row.Step();
        foreach (string variant in row.Variants) python?.Run(row.Name, variant, PythonWarmup);
    }

    // Seconds a step: ours, then every variant of the other side.
    private static double[] Turn(Row row, PythonSide? python)
    {
        long start = Stopwatch.GetTimestamp();
        for (int k = 0; k < row.Steps; k++) row.Step();
        double ours = Stopwatch.GetElapsedTime(start).TotalSeconds / row.Steps;
        return python is null ? [ours] : [ours, .. row.Variants.Select(variant => python.Run(row.Name, variant, Math.Max(1, row.Steps / 2)))];
    }

    private static void Print(Row row, int threads, List<double[]> turns, double peak)
    {
        double ours = Quantile(turns.Select(turn => turn[0]), 0.5);
        var rates = new string[2];
        var ratios = new string[2];
        for (int v = 0; v < 2; v++)
        {
            int at = v + 1;
            bool known = turns[0].Length > at;
            rates[v] = known ? Text($"{1 / Quantile(turns.Select(turn => turn[at]), 0.5):0}") : "-";
            var ratio = turns.Where(_ => known).Select(turn => turn[at] / turn[0]).ToArray();
            ratios[v] = known ? Text($"**{Quantile(ratio, 0.5):0.00}** ({Quantile(ratio, 0.25):0.00} to {Quantile(ratio, 0.75):0.00})") : "-";
        }

        Console.WriteLine(Text(
            $"| {row.Text}, {row.MultiplyAdds / 1e6:0.0} M multiply-adds | {threads} | {1 / ours:0} ({row.MultiplyAdds / ours / peak * 100:0} %) | {rates[0]} | {rates[1]} | {ratios[0]} | {ratios[1]} |"));
    }

    private static double Quantile(IEnumerable<double> numbers, double share)
    {
        double[] sorted = [.. numbers.Order()];
        return sorted[(int)(share * (sorted.Length - 1))];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
