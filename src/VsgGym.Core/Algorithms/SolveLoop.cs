namespace VsgGym.Core;

/// <summary>Owns the loop around an <see cref="IAlgorithm"/>: limits, stop requests, progress and trace.</summary>
public static class SolveLoop
{
    /// <summary>Steps until the algorithm is done or something ends it; what it has is always returned.</summary>
    /// <param name="algorithm">Fresh, or where an earlier loop left it.</param>
    /// <param name="limits">The limits from outside.</param>
    /// <param name="progress">Called from the loop's thread at most once per interval and for the last iteration; null for none.</param>
    /// <param name="stopRequested">Asked after every iteration; a text ends the solve with that as its reason ("stop_requested", "deadline").</param>
    /// <param name="cancellationToken">Ends the solve without an answer.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static SolveOutcome Run(
        IAlgorithm algorithm,
        SolveLimits limits,
        Action<SolveProgress>? progress,
        Func<string?> stopRequested,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(stopRequested);
        ArgumentOutOfRangeException.ThrowIfNegative(limits.TraceRows);
        long start = limits.Clock.GetTimestamp(), reported = start;
        var trace = new TraceRecorder(algorithm.MetricNames, limits.TraceRows);
        var metrics = new double[algorithm.MetricNames.Count];
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var report = algorithm.Step(cancellationToken);
            algorithm.ReadMetrics(metrics);
            trace.Add(report, metrics);
            var end = End(algorithm, report) ?? Interruption(limits, start, stopRequested);
            long now = progress is null ? 0 : limits.Clock.GetTimestamp();
            if (progress is not null && (end is not null || limits.Clock.GetElapsedTime(reported, now) >= limits.ProgressInterval))
            {
                progress(new SolveProgress(report.Iteration, report.Residual, [.. metrics]));
                reported = now;
            }

            if (end is var (status, reason)) return Outcome(algorithm, report, status, reason, trace.ToTrace());
        }
    }

    private static (SolveStatus Status, string Reason)? End(IAlgorithm algorithm, in IterationReport report) => report.State switch
    {
        IterationState.Converged => (SolveStatus.Converged, "tolerance"),
        IterationState.Diverged => (SolveStatus.Diverged, "diverged"),
        _ when report.Iteration >= algorithm.Limit.Iterations => (SolveStatus.Stopped, algorithm.Limit.Option),
        _ => null,
    };

    private static (SolveStatus Status, string Reason)? Interruption(SolveLimits limits, long start, Func<string?> stopRequested)
    {
        if (stopRequested() is { } reason) return (SolveStatus.Stopped, reason);
        return limits.TimeLimit is { } limit && limits.Clock.GetElapsedTime(start) >= limit ? (SolveStatus.Stopped, "time_limit") : null;
    }

    private static SolveOutcome Outcome(IAlgorithm algorithm, in IterationReport report, SolveStatus status, string reason, SolveTrace trace) => new()
    {
        Status = status,
        StopReason = reason,
        Iterations = report.Iteration,
        LastResidual = report.Residual,
        Solution = algorithm.Solution,
        Trace = trace,
    };
}
