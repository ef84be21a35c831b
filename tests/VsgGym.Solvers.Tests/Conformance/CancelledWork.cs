using System.Diagnostics;

namespace VsgGym.Solvers.Tests;

/// <summary>Work on a thread of its own that is cancelled.</summary>
internal static class CancelledWork
{
    /// <summary>How soon cancelled work has to end, in ms.</summary>
    public const double Soon = 100;

    /// <summary>Repeats some work until it is cancelled, and tells how long it then goes on, in ms.</summary>
    /// <param name="work">Done again where it ends too soon.</param>
    /// <param name="delay">When it is cancelled, in ms.</param>
    public static async Task<double> TimeToEnd(Action<CancellationToken> work, int delay)
    {
        using var source = new CancellationTokenSource();
        var token = source.Token;
        long ended = 0;
        var running = new TaskCompletionSource();
        var steps = Task.Factory.StartNew(
            () =>
            {
                running.SetResult();
                try
                {
                    while (!token.IsCancellationRequested) work(token);
                }
                catch (OperationCanceledException)
                {
                    // What was asked for.
                }

                ended = Stopwatch.GetTimestamp();
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await running.Task;
        await Task.Delay(delay);
        long start = Stopwatch.GetTimestamp();
        await source.CancelAsync();
        await steps.WaitAsync(TimeSpan.FromSeconds(15));
        return Stopwatch.GetElapsedTime(start, ended).TotalMilliseconds;
    }
}
