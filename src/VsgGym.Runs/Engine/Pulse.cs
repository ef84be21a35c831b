namespace VsgGym.Runs;

/// <summary>Tells any number of waiters that something changed.</summary>
internal sealed class Pulse
{
    private volatile TaskCompletionSource _next = Fresh();

    /// <summary>Completes at the next change; take it before looking at what may change.</summary>
    public Task Next => _next.Task;

    /// <summary>Something changed.</summary>
    public void Beat() => Interlocked.Exchange(ref _next, Fresh()).SetResult();

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
