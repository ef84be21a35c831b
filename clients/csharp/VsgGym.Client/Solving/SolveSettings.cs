namespace VsgGym.Client;

/// <summary>What surrounds a solve: seed, limits, reporting.</summary>
public sealed record SolveSettings
{
    /// <summary>Seed of every random number of the solver. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>The solve ends after this long with what it has; null: no limit.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Deadline of the whole call; the server ends the solve a little before it and answers with what it has. Null: none.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Least time between progress events; null: 0.2 s.</summary>
    public TimeSpan? ProgressInterval { get; init; }

    /// <summary>Most rows kept in the trace; -1: no trace. Default 1000.</summary>
    public int TraceRows { get; init; } = 1000;

    /// <summary>Equilibrium concept of the certificate. Default "nash".</summary>
    public string Concept { get; init; } = "nash";
}
