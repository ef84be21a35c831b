namespace VsgGym.Core;

/// <summary>Owns the loop around an <see cref="IAlgorithm"/>: limits, stop requests, progress and trace.</summary>
public static class SolveLoop
{
    private static readonly TimeSpan LongStep = TimeSpan.FromSeconds(0.1); // beside which a copy of the answer costs little
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40); // timers take at most 2^32 ms

    /// <summary>Steps until the algorithm is done or something ends it; what it has is always returned.</summary>
    /// <param name="algorithm">Fresh, or where an earlier loop left it.</param>
    /// <param name="limits">The limits from outside. An iteration that goes on past the time limit by more than the grace ends as with <paramref name="outOfTime"/>,
    /// for the reason "time_limit".</param>
    /// <param name="progress">Called from the loop's thread at most once per interval and for the last iteration; null for none.</param>
    /// <param name="stopRequested">Asked after every iteration; a text ends the solve with that as its reason ("stop_requested", "deadline").</param>
    /// <param name="cancellationToken">Ends the solve without an answer.</param>
    /// <param name="outOfTime">Ends the iteration that is going on, and with it the solve: for the reason that <paramref name="stopRequested"/> then gives, or
    /// "deadline". The answer is that of the last iteration, or of the start; where iterations were short until then and the last one was not, it may
    /// stand between that of the last iteration and its own.</param>
    /// <returns>How it ended, with what it has.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limits ask for fewer than 0 rows.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static SolveOutcome Run(
        IAlgorithm algorithm,
        SolveLimits limits,
        Action<SolveProgress>? progress,
        Func<string?> stopRequested,
        CancellationToken cancellationToken,
        CancellationToken outOfTime = default)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(stopRequested);
        ArgumentOutOfRangeException.ThrowIfNegative(limits.TraceRows);
        long start = limits.Clock.GetTimestamp(), reported = start;
        var trace = new TraceRecorder(algorithm.MetricNames, limits.TraceRows);
        var metrics = new double[algorithm.MetricNames.Count];
        var report = new IterationReport(0, double.NaN, IterationState.Running);
        bool canBeCut = outOfTime.CanBeCanceled || limits.TimeLimit is not null;
        using var late = new CancellationTokenSource(Latest(limits), limits.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, outOfTime); // a time limit leaves the answer its time
        using var endStep = CancellationTokenSource.CreateLinkedTokenSource(either.Token, late.Token);
        var kept = canBeCut ? AsItStands(algorithm) : null; // the answer after the last iteration; null where that was short
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long began = limits.Clock.GetTimestamp();
            (SolveStatus Status, string Reason)? end;
            try
            {
                report = algorithm.Step(endStep.Token);
                algorithm.ReadMetrics(metrics);
                trace.Add(report, metrics);
                end = End(algorithm, report) ?? Interruption(limits, start, stopRequested);
                kept = null;
            }
            catch (OperationCanceledException) when (endStep.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                end = (SolveStatus.Stopped, stopRequested() ?? (outOfTime.IsCancellationRequested ? "deadline" : "time_limit"));
                kept ??= AsItStands(algorithm);
            }

            long now = limits.Clock.GetTimestamp();
            if (progress is not null && report.Iteration > 0 && (end is not null || limits.Clock.GetElapsedTime(reported, now) >= limits.ProgressInterval))
            {
                progress(new SolveProgress(report.Iteration, report.Residual, [.. metrics]));
                reported = now;
            }

            if (end is var (status, reason)) return Outcome(kept ?? algorithm.ReadSolution(either.Token), report, status, reason, trace.ToTrace(), cancellationToken);
            if (canBeCut && limits.Clock.GetElapsedTime(began, now) >= LongStep) kept = AsItStands(algorithm);
        }
    }

    // How long after the start an iteration is ended.
    private static TimeSpan Latest(SolveLimits limits) =>
        limits.TimeLimit is { } limit && limit < LongestTimer ? limit + limits.StepGrace : Timeout.InfiniteTimeSpan;

    private static Solution AsItStands(IAlgorithm algorithm) => algorithm.ReadSolution(new CancellationToken(canceled: true));

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

    private static SolveOutcome Outcome(Solution solution, in IterationReport report, SolveStatus status, string reason, SolveTrace trace, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new SolveOutcome
        {
            Status = status,
            StopReason = reason,
            Iterations = report.Iteration,
            LastResidual = report.Residual,
            Solution = solution,
            Trace = trace,
        };
    }
}
