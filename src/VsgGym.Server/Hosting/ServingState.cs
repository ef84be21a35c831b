namespace VsgGym.Server.Hosting;

/// <summary>Whether the server takes calls; turns once, when it starts to drain. Thread-safe.</summary>
internal sealed class ServingState
{
    private readonly TaskCompletionSource _draining = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the server starts to drain.</summary>
    public Task Draining => _draining.Task;

    /// <summary>Says that the server no longer takes calls.</summary>
    public void Drain() => _draining.TrySetResult();
}
