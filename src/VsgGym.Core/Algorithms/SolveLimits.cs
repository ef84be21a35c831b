namespace VsgGym.Core;

/// <summary>What bounds a solve from outside, and how closely it is watched.</summary>
public sealed record SolveLimits
{
    /// <summary>The most memory that a solver's tables may take where nobody says otherwise: 4 GiB.</summary>
    public const long DefaultMaxBytes = 4L << 30;

    /// <summary>How long an iteration usually may go on after a solve was asked to end: 0.25 s.</summary>
    public static readonly TimeSpan UsualStepGrace = TimeSpan.FromSeconds(0.25);

    /// <summary>The longest a solve may run, at least 0, or null for no limit; tested after each iteration; see <see cref="StepGrace"/> for one that goes on past it. Default null.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>How long past <see cref="TimeLimit"/> an iteration may go on; then it ends, and the answer is that before it. Default 0.25 s.</summary>
    public TimeSpan StepGrace { get; init; } = UsualStepGrace;

    /// <summary>The least time between two progress reports; zero reports every iteration. Default 0.2 s.</summary>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromSeconds(0.2);

    /// <summary>The most rows of the trace, at least 0; 0 keeps no trace. Default 1000.</summary>
    public int TraceRows { get; init; } = 1000;

    /// <summary>The clock behind both times. Default the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
