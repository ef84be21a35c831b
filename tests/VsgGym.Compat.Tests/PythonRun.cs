using System.Diagnostics;

namespace VsgGym.Compat.Tests;

/// <summary>One run of probe_client.py, with stubs made for it, against a host of its own.</summary>
public sealed class PythonRun : IAsyncLifetime
{
    private readonly ProbeHost _host = new();

    public IReadOnlySet<string> Passed { get; private set; } = new HashSet<string>();

    public string Output { get; private set; } = "";

    public int ExitCode { get; private set; } = -1;

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        var stubs = Directory.CreateTempSubdirectory("vsggym-stubs-");
        try
        {
            await RunAsync(
                "/usr/bin/protoc",
                "-I" + AppContext.BaseDirectory,
                "--python_out=" + stubs.FullName,
                "--grpc_python_out=" + stubs.FullName,
                "--plugin=protoc-gen-grpc_python=/usr/bin/grpc_python_plugin",
                Path.Combine(AppContext.BaseDirectory, "probe.proto"));
            if (ExitCode == 0)
            {
                await RunAsync(
                    "/usr/bin/python3",
                    Path.Combine(AppContext.BaseDirectory, "probe_client.py"),
                    stubs.FullName,
                    _host.Address.Authority,
                    "unix:" + _host.SocketPath);
            }
        }
        finally
        {
            stubs.Delete(recursive: true);
        }

        Passed = Output.Split('\n')
            .Where(line => line.StartsWith("ok ", StringComparison.Ordinal))
            .Select(line => line[3..].Trim())
            .ToHashSet();
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    private async Task RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            Output += await output + await errors;
            await process.WaitForExitAsync(limit.Token);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }

        ExitCode = process.ExitCode;
    }
}
