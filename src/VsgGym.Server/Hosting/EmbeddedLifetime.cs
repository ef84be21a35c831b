using Microsoft.Extensions.Hosting;

namespace VsgGym.Server.Hosting;

/// <summary>Leaves the process's signals to the verb that runs, since tests and the demo host servers inside other work.</summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
