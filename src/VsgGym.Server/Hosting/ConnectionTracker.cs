using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace VsgGym.Server.Hosting;

/// <summary>Knows which connections are open, so that what a dead client left behind can be closed. Thread-safe.</summary>
/// <remarks>The id is the one that a call reads as HttpContext.Connection.Id; ids are never used twice.</remarks>
internal sealed class ConnectionTracker
{
    private readonly ConcurrentDictionary<string, byte> _open = new(StringComparer.Ordinal);

    /// <summary>Raised once when a connection has ended, however it ended; the argument is its id.</summary>
    public event Action<string>? Closed;

    /// <summary>How many connections are open.</summary>
    public int Count => _open.Count;

    /// <summary>Whether a connection is open.</summary>
    /// <param name="id">HttpContext.Connection.Id of a call.</param>
    public bool IsOpen(string id) => _open.ContainsKey(id);

    /// <summary>The middleware of a listener that follows each connection.</summary>
    /// <param name="next">The rest of the connection's life.</param>
    public ConnectionDelegate Follow(ConnectionDelegate next) => async connection =>
    {
        string id = connection.ConnectionId;
        _open[id] = 0;
        try
        {
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            if (_open.TryRemove(id, out _)) Closed?.Invoke(id);
        }
    };
}
