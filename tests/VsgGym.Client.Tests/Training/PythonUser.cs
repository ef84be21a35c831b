using System.Diagnostics;

namespace VsgGym.Client.Tests;

/// <summary>Somebody who steers a run from Python: a process of its own with the Python client of this working tree, told line by line what to do.</summary>
internal sealed class PythonUser : IAsyncDisposable
{
    private const string Python = "/usr/bin/python3"; // the one that Debian's python3-grpcio belongs to

    private const string Script = """
        import sys
        import vsggym
        with vsggym.connect(sys.argv[1]) as client:
            run = client.run(sys.argv[2])
            print("ready", flush=True)
            for line in sys.stdin:
                getattr(run, line.strip())()
                print(run.state, run.step, run.refresh().last_sequence, flush=True)
        """;

    private readonly Process _process;
    private readonly Task<string> _errors;

    private PythonUser(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public static async Task<PythonUser> StartAsync(string address, string runId, CancellationToken cancellationToken)
    {
        Assert.True(File.Exists(Python), $"There is no {Python}: run bash tests/setup.sh, which installs python3, python3-grpcio, python3-protobuf and python3-numpy.");
        var start = new ProcessStartInfo(Python, ["-c", Script, address, runId]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PYTHONPATH"] = Path.Combine(Root(), "clients", "python");
        start.Environment["PYTHONNOUSERSITE"] = "1";
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        var user = new PythonUser(Process.Start(start)!);
        try
        {
            Assert.Equal("ready", await user.AnswerAsync("the start", cancellationToken));
            return user;
        }
        catch
        {
            await user.DisposeAsync();
            throw;
        }
    }

    /// <summary>Calls a method of the run, pause, resume or cancel, and tells the state and step that it answered and the last event afterwards.</summary>
    public async Task<(string State, long Step, long LastSequence)> CallAsync(string method, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync(method.AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        string[] answer = (await AnswerAsync(method, cancellationToken)).Split(' ');
        return (answer[0], long.Parse(answer[1]), long.Parse(answer[2]));
    }

    /// <summary>Lets the process end by itself and tells how.</summary>
    public async Task<int> LeaveAsync(CancellationToken cancellationToken)
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "VsgGym.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("VsgGym.sln not found above the test's folder");
    }

    private async Task<string> AnswerAsync(string to, CancellationToken cancellationToken)
    {
        if (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line) return line;
        string errors = await _errors;
        string hint = errors.Contains("ModuleNotFoundError", StringComparison.Ordinal)
            ? " It lacks a package: run bash tests/setup.sh, which installs python3-grpcio, python3-protobuf and python3-numpy."
            : "";
        throw new InvalidOperationException($"The Python client ended instead of answering {to}.{hint}\n{errors}");
    }
}
