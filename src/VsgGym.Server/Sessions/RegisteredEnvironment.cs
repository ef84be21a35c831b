using VsgGym.Server.Hosting;

namespace VsgGym.Server.Sessions;

/// <summary>One environment of unary calls with what decides its life: its last use and the connections that used it.</summary>
internal sealed class RegisteredEnvironment(EnvironmentSession session)
{
    private readonly Lock _gate = new();
    private readonly List<string> _connections = [];
    private string? _lastConnection;
    private long _lastUse;
    private long? _orphanedAt;
    private bool _expired;

    /// <summary>The environment.</summary>
    public EnvironmentSession Session => session;

    /// <summary>Notes a use; a use from a new connection adopts an orphan.</summary>
    /// <returns>False where the environment has just been closed.</returns>
    public bool TryUse(string connection, long now)
    {
        lock (_gate)
        {
            if (_expired) return false;
            _lastUse = now;
            _orphanedAt = null;
            if (ReferenceEquals(_lastConnection, connection)) return true;
            _lastConnection = connection;
            if (!_connections.Contains(connection)) _connections.Add(connection);
            return true;
        }
    }

    /// <summary>Why the environment's time is over, or null; once it is over it cannot be used again.</summary>
    public string? Expire(ServerLimits limits, TimeProvider clock, Func<string, bool> isOpen)
    {
        lock (_gate)
        {
            if (_expired) return null;
            long now = clock.GetTimestamp();
            _connections.RemoveAll(connection => !isOpen(connection));
            if (_connections.Count > 0) _orphanedAt = null;
            else _orphanedAt ??= now;
            string? because =
                clock.GetElapsedTime(_lastUse, now) >= limits.Idle ? $"it was unused for {limits.Idle.TotalSeconds} s"
                : _orphanedAt is { } since && clock.GetElapsedTime(since, now) >= limits.Orphan ? "its client's connection closed"
                : null;
            _expired = because is not null;
            return because;
        }
    }
}
