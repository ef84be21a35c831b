using System.Collections.Concurrent;

namespace VsgGym.Compat.Tests;

/// <summary>What the server saw, by the number the client gave its call.</summary>
public sealed class ProbeLog
{
    private readonly ConcurrentDictionary<long, TaskCompletionSource> _begun = new();
    private readonly ConcurrentDictionary<long, TaskCompletionSource> _canceled = new();

    public void Begin(long number) => Entry(_begun, number).TrySetResult();

    public void Cancel(long number) => Entry(_canceled, number).TrySetResult();

    public Task WhenBegun(long number) => Entry(_begun, number).Task.WaitAsync(TimeSpan.FromSeconds(20));

    public Task WhenCanceled(long number) => Entry(_canceled, number).Task.WaitAsync(TimeSpan.FromSeconds(20));

    private static TaskCompletionSource Entry(ConcurrentDictionary<long, TaskCompletionSource> calls, long number) =>
        calls.GetOrAdd(number, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
