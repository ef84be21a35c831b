using System.Runtime.InteropServices;

namespace VsgGym.Server.Verbs;

/// <summary>Turns SIGINT (Ctrl+C) and SIGTERM into a request to end in good order, for as long as it lives.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _registrations;

    /// <summary>Starts to listen.</summary>
    public Interruption()
    {
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM];
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Note))];
    }

    /// <summary>Raised by every signal after the first: someone is in a hurry.</summary>
    public event Action? Repeated;

    /// <summary>Completes at the first signal.</summary>
    public Task Requested => _first.Task;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
    }

    private void Note(PosixSignalContext context)
    {
        context.Cancel = true;
        if (!_first.TrySetResult()) Repeated?.Invoke();
    }
}
