using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace VsgGym.Benchmarks.Learning;

/// <summary>A process that runs learning.py and does steps of PyTorch when asked.</summary>
internal sealed class PythonSide : IDisposable
{
    private const string Python = "/usr/bin/python3"; // the one that Debian's python3-torch belongs to

    private readonly Process _process;

    private PythonSide(Process process, string name) => (_process, Name) = (process, name);

    /// <summary>Version of PyTorch and what its matrix products run in.</summary>
    public string Name { get; }

    /// <summary>Starts the process; null, and why not on the console, where there is no PyTorch.</summary>
    /// <param name="threads">Threads of PyTorch and of its BLAS.</param>
    public static PythonSide? Start(int threads)
    {
        if (!File.Exists(Python)) return Missing($"{Python} is missing");
        string count = threads.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(Python, [Path.Combine(AppContext.BaseDirectory, "learning.py"), count])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["OMP_NUM_THREADS"] = count, ["OPENBLAS_NUM_THREADS"] = count },
        };
        var process = Process.Start(start)!;
        if (process.StandardOutput.ReadLine() is not { } line) return Missing($"{Python} cannot import torch");
        var hello = JsonDocument.Parse(line).RootElement;
        return new PythonSide(process, $"PyTorch {hello.GetProperty("torch").GetString()}, BLAS {hello.GetProperty("blas").GetString()}");
    }

    /// <summary>Does steps.</summary>
    /// <returns>Seconds a step.</returns>
    public double Run(string row, string variant, int steps)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(new { row, variant, steps }));
        _process.StandardInput.Flush();
        string line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("learning.py ended; its error stands above");
        return JsonDocument.Parse(line).RootElement.GetProperty("seconds").GetDouble() / steps;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static PythonSide? Missing(string why)
    {
        Console.WriteLine($"No PyTorch to compare with: {why} (apt-get install python3-torch). Our own times follow.");
        return null;
    }
}
