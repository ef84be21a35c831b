using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>What surrounds a solve: seed, limits, reporting.</summary>
public sealed record SolveSettings
{
    /// <summary>Seed of every random number of the solver. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>The solve ends after this long with what it has, also within a long iteration; the certificate is measured after it. Above 0; null: no limit.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Deadline of the whole call; the server ends the solve a little before it and answers with what it has. Above 0; null: none.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Least time between progress events, above 0; null: 0.2 s.</summary>
    public TimeSpan? ProgressInterval { get; init; }

    /// <summary>Most rows kept in the trace, at least 0; 0: no trace. Default 1000.</summary>
    public int TraceRows { get; init; } = 1000;

    /// <summary>Equilibrium concept of the certificate; null: the solver's own.</summary>
    public string? Concept { get; init; }

    /// <summary>The concept's options; null for the defaults.</summary>
    public Options? ConceptOptions { get; init; }

    /// <summary>An earlier answer to start from; null: the solver's usual start.</summary>
    public Solution? Start { get; init; }

    /// <summary>Threads of the solver's sweeps, at least 0; 0: one per processor. The answer does not depend on it.</summary>
    public int Threads { get; init; }

    internal Wire.SolveRequest ToWire(GameSource game, string solver, Options? options)
    {
        CheckSpan("time_limit", TimeLimit, "no limit");
        CheckSpan("deadline", Deadline, "no deadline");
        CheckSpan("progress_interval", ProgressInterval, "0.2 s");
        if (TraceRows < 0) throw ErrorDecoder.Invalid("trace_rows", $"{TraceRows}", "must be at least 0, where 0 is no trace", "out_of_range");
        return new Wire.SolveRequest
        {
            Game = game.ToWire(),
            Solver = solver,
            OptionsJson = Client.Options.ToJson(options),
            Seed = Seed,
            TimeLimitSeconds = TimeLimit?.TotalSeconds ?? 0,
            ProgressSeconds = ProgressInterval?.TotalSeconds ?? 0,
            TraceRows = TraceRows == 0 ? -1 : TraceRows, // 0 is the protocol's word for the default
            Concept = Concept ?? string.Empty,
            ConceptOptionsJson = Client.Options.ToJson(ConceptOptions),
            Start = Start?.ToWire(),
            Threads = Threads,
        };
    }

    private static void CheckSpan(string path, TimeSpan? span, string unset)
    {
        if (span is { } given && given <= TimeSpan.Zero)
            throw ErrorDecoder.Invalid(path, FormattableString.Invariant($"{given.TotalSeconds} s"), $"must be above 0 s, or null for {unset}", "out_of_range");
    }
}
