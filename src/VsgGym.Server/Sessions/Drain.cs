using Microsoft.Extensions.Hosting;
using VsgGym.Server.Hosting;

namespace VsgGym.Server.Sessions;

/// <summary>When a draining server ends what is still open: after four fifths of the grace, so that the last answers still leave.</summary>
internal sealed class Drain : IDisposable
{
    private readonly CancellationTokenSource _ending;
    private readonly CancellationTokenRegistration _stopping;

    /// <summary>Waits for the server to be told to stop.</summary>
    public Drain(IHostApplicationLifetime lifetime, ServerOptions options, TimeProvider clock)
    {
        _ending = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        _stopping = lifetime.ApplicationStopping.Register(() => _ending.CancelAfter(options.Grace * 0.8));
    }

    /// <summary>Fires when streams and solves have to end with what they have.</summary>
    public CancellationToken Ending => _ending.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Dispose();
        _ending.Dispose();
    }
}
