using Microsoft.Extensions.Hosting;
using VsgGym.Server.Hosting;

namespace VsgGym.Server.Sessions;

/// <summary>When a draining server ends what is still open: before the grace is over, so that the last answers still leave.</summary>
internal sealed class Drain : IDisposable
{
    private static readonly TimeSpan LeastMargin = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _ending;
    private readonly CancellationTokenSource _outOfTime;
    private readonly CancellationTokenRegistration _stopping;

    /// <summary>Waits for the server to be told to stop; what is open then ends before the grace does, by a fifth of it: at least 0.5 s, at most half of it.</summary>
    public Drain(IHostApplicationLifetime lifetime, ServerOptions options, TimeProvider clock)
    {
        _ending = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        _outOfTime = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        var margin = options.Grace / 5 > LeastMargin ? options.Grace / 5 : LeastMargin;
        if (margin > options.Grace / 2) margin = options.Grace / 2;
        _stopping = lifetime.ApplicationStopping.Register(() =>
        {
            _ending.CancelAfter(options.Grace - margin);
            _outOfTime.CancelAfter(options.Grace - (margin / 3));
        });
    }

    /// <summary>Fires when streams and solves have to end with what they have.</summary>
    public CancellationToken Ending => _ending.Token;

    /// <summary>Fires when two thirds of that margin are over as well: what is not measured by then is not measured.</summary>
    public CancellationToken OutOfTime => _outOfTime.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Dispose();
        _ending.Dispose();
        _outOfTime.Dispose();
    }
}
