namespace VsgGym.Server.Sessions;

/// <summary>Remembers the last environments that were closed and why, so that a late call gets a true answer. Thread-safe.</summary>
internal sealed class ClosedEnvironments
{
    private const int Most = 4096;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _reasons = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Remembers an environment; past 4096 the oldest is forgotten.</summary>
    public void Add(string id, string because)
    {
        lock (_gate)
        {
            if (!_reasons.TryAdd(id, because)) return;
            _order.Enqueue(id);
            if (_order.Count > Most) _reasons.Remove(_order.Dequeue());
        }
    }

    /// <summary>Why an environment was closed, or null where none of that id is remembered.</summary>
    public string? ReasonOf(string id)
    {
        lock (_gate) return _reasons.GetValueOrDefault(id);
    }
}
