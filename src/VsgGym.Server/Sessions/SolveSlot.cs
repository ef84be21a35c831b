using VsgGym.Core;

namespace VsgGym.Server.Sessions;

/// <summary>One running solve's place.</summary>
/// <param name="id">The solve's id.</param>
/// <param name="release">Frees the place.</param>
internal sealed class SolveSlot(string id, Action<SolveSlot> release) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _endStep = new();
    private readonly CancellationTokenSource _endMeasurement = new();
    private volatile bool _stopRequested;
    private bool _isDisposed;

    /// <summary>The solve's id, unguessable.</summary>
    public string Id => id;

    /// <summary>Whether the solve is asked to end with what it has.</summary>
    public bool StopRequested => _stopRequested;

    /// <summary>Fires when an iteration goes on for a quarter of a second after the solve was asked to end.</summary>
    public CancellationToken EndStep => _endStep.Token;

    /// <summary>Fires when the solve was asked to end without a certificate.</summary>
    public CancellationToken EndMeasurement => _endMeasurement.Token;

    /// <summary>Asks the solve to end with what it has, and to measure that.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            if (_stopRequested || _isDisposed) return;
            _stopRequested = true;
            _endStep.CancelAfter(SolveLimits.UsualStepGrace);
        }
    }

    /// <summary>Asks the solve to end at once with what it has, measured or not.</summary>
    public void Hurry()
    {
        lock (_lock)
        {
            if (_isDisposed) return;
            _stopRequested = true;
            _endStep.CancelAfter(TimeSpan.Zero); // by a timer: nothing of the solve runs in here
            _endMeasurement.CancelAfter(TimeSpan.Zero);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        release(this);
        lock (_lock)
        {
            _isDisposed = true;
            _endStep.Dispose();
            _endMeasurement.Dispose();
        }
    }
}
