using VsgGym.Core;

namespace VsgGym.Server.Sessions;

/// <summary>When a solve must end so that its answer still reaches a caller who set a deadline.</summary>
internal sealed class SolveDeadline : IDisposable
{
    private static readonly TimeSpan LeastMargin = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MostMargin = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40); // timers take at most 2^32 ms

    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly TimeSpan? _allowed;
    private readonly CancellationTokenSource _endStep;
    private readonly CancellationTokenSource _outOfTime;

    /// <summary>Sets the end before the deadline by a tenth of the time left: at least 250 ms, at most 10 s and half of that time.</summary>
    /// <param name="deadline">The caller's deadline in UTC; <see cref="DateTime.MaxValue"/> for none.</param>
    /// <param name="clock">The clock.</param>
    public SolveDeadline(DateTime deadline, TimeProvider clock)
    {
        _clock = clock;
        _start = clock.GetTimestamp();
        _endStep = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        _outOfTime = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        if (deadline == DateTime.MaxValue) return;
        var left = deadline - clock.GetUtcNow().UtcDateTime;
        if (left < TimeSpan.Zero) left = TimeSpan.Zero;
        var margin = left / 10 < LeastMargin ? LeastMargin : left / 10 > MostMargin ? MostMargin : left / 10;
        if (margin > left / 2) margin = left / 2;
        _allowed = left - margin;
        Fire(_endStep, left - margin + (margin / 3 < SolveLimits.UsualStepGrace ? margin / 3 : SolveLimits.UsualStepGrace));
        Fire(_outOfTime, left - (margin / 3));
    }

    /// <summary>Whether it is time to end.</summary>
    public bool IsNear => _allowed is { } allowed && _clock.GetElapsedTime(_start) >= allowed;

    /// <summary>Fires when an iteration has gone on for the usual grace, or a third of that margin, after it was time to end.</summary>
    public CancellationToken EndStep => _endStep.Token;

    /// <summary>Fires when two thirds of that margin are over as well: what is not measured by then is not measured.</summary>
    public CancellationToken OutOfTime => _outOfTime.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _endStep.Dispose();
        _outOfTime.Dispose();
    }

    private static void Fire(CancellationTokenSource source, TimeSpan after)
    {
        if (after == TimeSpan.Zero) source.Cancel();
        else if (after < LongestTimer) source.CancelAfter(after);
    }
}
