namespace VsgGym.Server.Sessions;

/// <summary>One running solve's place.</summary>
/// <param name="id">The solve's id.</param>
/// <param name="release">Frees the place.</param>
internal sealed class SolveSlot(string id, Action<SolveSlot> release) : IDisposable
{
    private volatile bool _stopRequested;

    /// <summary>The solve's id, unguessable.</summary>
    public string Id => id;

    /// <summary>Whether the solve is asked to end with what it has.</summary>
    public bool StopRequested => _stopRequested;

    /// <summary>Asks the solve to end with what it has.</summary>
    public void Stop() => _stopRequested = true;

    /// <inheritdoc/>
    public void Dispose() => release(this);
}
