namespace VsgGym.Server.Sessions;

/// <summary>When a solve must end so that its answer still reaches a caller who set a deadline.</summary>
internal sealed class SolveDeadline
{
    private static readonly TimeSpan LeastMargin = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MostMargin = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly TimeSpan? _allowed;

    /// <summary>Sets the end before the deadline by a tenth of the time left: at least 250 ms, at most 10 s and half of that time.</summary>
    /// <param name="deadline">The caller's deadline in UTC; <see cref="DateTime.MaxValue"/> for none.</param>
    /// <param name="clock">The clock.</param>
    public SolveDeadline(DateTime deadline, TimeProvider clock)
    {
        _clock = clock;
        _start = clock.GetTimestamp();
        if (deadline == DateTime.MaxValue) return;
        var left = deadline - clock.GetUtcNow().UtcDateTime;
        var margin = left / 10 < LeastMargin ? LeastMargin : left / 10 > MostMargin ? MostMargin : left / 10;
        _allowed = left - (margin > left / 2 ? left / 2 : margin);
    }

    /// <summary>Whether it is time to end.</summary>
    public bool IsNear => _allowed is { } allowed && _clock.GetElapsedTime(_start) >= allowed;
}
