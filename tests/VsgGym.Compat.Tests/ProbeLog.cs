using System.Collections.Concurrent;

namespace VsgGym.Compat.Tests;

/// <summary>What the server saw, by the number the client gave its call.</summary>
public sealed class ProbeLog
{
    private readonly ConcurrentDictionary<long, TaskCompletionSource> _canceled = new();

    public void Cancel(long number) => Entry(number).TrySetResult();

    public Task WhenCanceled(long number) => Entry(number).Task.WaitAsync(TimeSpan.FromSeconds(10));

    private TaskCompletionSource Entry(long number) =>
        _canceled.GetOrAdd(number, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
