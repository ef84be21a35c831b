using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using VsgGym.Core;
using VsgGym.Runs;

namespace VsgGym.Server.Hosting;

/// <summary>Everything that `serve` can be told.</summary>
internal sealed record ServerOptions
{
    /// <summary>The addresses to listen on, at least one.</summary>
    public ImmutableArray<ListenAddress> Listen { get; init; } = [ListenAddress.Loopback(0)];

    /// <summary>Where to write the address file, or null.</summary>
    public string? AddressFile { get; init; }

    /// <summary>The file that holds the token every call must bring, or null.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Certificates for encrypted connections, or null.</summary>
    public TlsOptions? Tls { get; init; }

    /// <summary>How long open streams and solves may go on after the server is told to stop.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where training runs and uploaded models live; null: a directory that goes with the server.</summary>
    public string? RunsDirectory { get; init; }

    /// <summary>Whether a directory of runs that cannot be used stops the start; if not, only the calls about runs fail.</summary>
    public bool NeedsRuns { get; init; }

    /// <summary>The games, solvers, learners and metrics on offer; null: the composition's.</summary>
    public Catalog? Catalog { get; init; }

    /// <summary>Writes what runs have learned; null: the composition's.</summary>
    public IRunExporter? Exporter { get; init; }

    /// <summary>Threads that one update of a learner may use, at least 1, in this whole process; the results do not depend on it.</summary>
    public int TrainingThreads { get; init; } = 1;

    /// <summary>What the server takes at most.</summary>
    public ServerLimits Limits { get; init; } = new();

    /// <summary>The least level that is logged; None logs nothing.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>Whether logs are JSON, one object a line.</summary>
    public bool LogsAsJson { get; init; }
}
