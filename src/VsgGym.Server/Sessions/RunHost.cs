using Microsoft.Extensions.Logging;
using VsgGym.Core;
using VsgGym.Runs;
using VsgGym.Server.Hosting;

namespace VsgGym.Server.Sessions;

/// <summary>The server's runs: the directory is opened where there is something to go on with, else when the first call needs it.</summary>
internal sealed class RunHost : IAsyncDisposable
{
    private readonly ServerOptions _options;
    private readonly RunFactory _factory;
    private readonly TimeProvider _clock;
    private readonly ILogger<RunHost> _logger;
    private readonly Lock _gate = new();
    private RunEngine? _engine;
    private DirectoryInfo? _own;
    private bool _stopped;

    /// <summary>Opens nothing yet.</summary>
    public RunHost(ServerOptions options, RunFactory factory, TimeProvider clock, ILogger<RunHost> logger) =>
        (_options, _factory, _clock, _logger) = (options, factory, clock, logger);

    /// <summary>The engine.</summary>
    /// <exception cref="VsgGymException">FAILED_PRECONDITION: the directory cannot be used, or the server is about to end.</exception>
    public RunEngine Engine
    {
        get
        {
            lock (_gate) return _engine ??= Open();
        }
    }

    /// <summary>Goes on with the runs that are there.</summary>
    /// <exception cref="ServerStartException">The directory cannot be used, and the operator asked for it.</exception>
    public void OpenAtStart()
    {
        if (_options.RunsDirectory is not { } directory) return;
        try
        {
            if (!_options.NeedsRuns && !(Directory.Exists(directory) && Directory.EnumerateDirectories(directory).Any())) return;
            int active = Engine.List().Count(run => run.State is RunState.Queued or RunState.Running);
            if (active > 0) Log.GoingOn(_logger, active, directory);
        }
        catch (Exception error) when (error is VsgGymException or IOException or UnauthorizedAccessException)
        {
            if (_options.NeedsRuns) throw new ServerStartException($"--runs {error.Message}", 1, error);
            Log.RunsUnavailable(_logger, error.Message);
        }
    }

    /// <summary>Active runs leave with a checkpoint; the next server goes on with them.</summary>
    /// <param name="abandon">Waits no longer for steps to end.</param>
    public async Task StopAsync(CancellationToken abandon)
    {
        RunEngine? engine;
        lock (_gate) (engine, _stopped) = (_engine, true);
        if (engine is not null) await engine.StopAsync(abandon).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        if (_own is { Exists: true }) _own.Delete(recursive: true);
    }

    private RunEngine Open()
    {
        if (_stopped) throw VsgGymException.OutOfOrder("server", null, "is about to end; its runs go on when it is started again", "stopping");
        string directory = _options.RunsDirectory ?? (_own = Directory.CreateTempSubdirectory("vsggym-runs-")).FullName;
        var limits = new RunLimits
        {
            MaxActive = _options.Limits.MaxRuns,
            MaxQueued = _options.Limits.MaxQueuedRuns,
            MaxStored = _options.Limits.MaxStoredRuns,
            MaxBytes = _options.Limits.MaxRunBytes,
        };
        return RunEngine.Open(directory, _factory, _options.Exporter ?? Composition.Exporter, limits, _clock);
    }
}
