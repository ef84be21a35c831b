using System.Collections.Concurrent;
using System.Security.Cryptography;
using VsgGym.Core;
using VsgGym.Server.Hosting;

namespace VsgGym.Server.Sessions;

/// <summary>The open environments: unguessable ids, a limit on their number, and an end for those nobody uses. Thread-safe.</summary>
/// <remarks>
/// An environment of unary calls is an orphan once every connection that used it has closed; a call from another connection
/// before the grace ends adopts it. An environment of a stream is counted here, but lives and dies with its stream.
/// </remarks>
internal sealed class EnvironmentRegistry : IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly ServerLimits _limits;
    private readonly TimeProvider _clock;
    private readonly Func<string, bool> _isOpen;
    private readonly ClosedEnvironments _closed = new();
    private readonly ConcurrentDictionary<string, RegisteredEnvironment> _open = new(StringComparer.Ordinal);
    private readonly ITimer _timer;
    private int _count;

    /// <summary>Starts with no environment.</summary>
    /// <param name="limits">How many, and for how long.</param>
    /// <param name="clock">The clock of uses and graces.</param>
    /// <param name="isOpen">Whether a connection is still open, by its id.</param>
    public EnvironmentRegistry(ServerLimits limits, TimeProvider clock, Func<string, bool> isOpen)
    {
        (_limits, _clock, _isOpen) = (limits, clock, isOpen);
        double seconds = Math.Clamp(Math.Min(limits.Idle.TotalSeconds, limits.Orphan.TotalSeconds) / 4, 0.02, 1);
        _timer = clock.CreateTimer(_ => Reap(), null, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds));
    }

    /// <summary>How many environments are open, those of streams included.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Makes an environment for unary calls.</summary>
    /// <param name="connection">The id of the connection that asks.</param>
    /// <param name="make">Makes it under an id.</param>
    /// <exception cref="VsgGymException">The server is full, or the request is at fault.</exception>
    public EnvironmentSession Add(string connection, Func<string, EnvironmentSession> make)
    {
        var session = MakeInSlot(make);
        var entry = new RegisteredEnvironment(session);
        entry.TryUse(connection, _clock.GetTimestamp());
        _open[session.Id] = entry;
        return session;
    }

    /// <summary>Finds an environment and notes that it is used.</summary>
    /// <param name="id">The id that Make returned.</param>
    /// <param name="connection">The id of the connection that asks.</param>
    /// <param name="call">The call, for the error: "step".</param>
    /// <exception cref="VsgGymException">No such environment, or it was closed.</exception>
    public EnvironmentSession Use(string id, string connection, string call)
    {
        if (_open.TryGetValue(id, out var entry) && entry.TryUse(connection, _clock.GetTimestamp())) return entry.Session;
        throw Missing(id, call);
    }

    /// <summary>Closes an environment; one that is closed already stays closed.</summary>
    /// <exception cref="VsgGymException">The server never had such an environment.</exception>
    public void Close(string id)
    {
        if (!End(id, "it was closed") && _closed.ReasonOf(id) is null) throw Missing(id, "close");
    }

    /// <summary>Makes an environment that lives as long as its stream; <see cref="CloseStreamed"/> ends it.</summary>
    /// <exception cref="VsgGymException">The server is full, or the request is at fault.</exception>
    public EnvironmentSession AddStreamed(Func<string, EnvironmentSession> make) => MakeInSlot(make);

    /// <summary>Ends a stream's environment, once.</summary>
    public void CloseStreamed(EnvironmentSession session)
    {
        session.Close();
        Interlocked.Decrement(ref _count);
    }

    /// <summary>Closes the environments whose time is over; a timer does it about once a second.</summary>
    /// <returns>How many were closed.</returns>
    public int Reap()
    {
        int closed = 0;
        foreach (var (id, entry) in _open)
            if (entry.Expire(_limits, _clock, _isOpen) is { } because && End(id, because)) closed++;
        return closed;
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private EnvironmentSession MakeInSlot(Func<string, EnvironmentSession> make)
    {
        if (Interlocked.Increment(ref _count) > _limits.MaxEnvironments)
        {
            Interlocked.Decrement(ref _count);
            throw new CapacityException("environments", _limits.MaxEnvironments, $"the server keeps at most {_limits.MaxEnvironments} environments open (--max-environments): close one, or try again later", RetryAfter);
        }

        try
        {
            return make("env-" + RandomNumberGenerator.GetHexString(32, lowercase: true));
        }
        catch
        {
            Interlocked.Decrement(ref _count);
            throw;
        }
    }

    private bool End(string id, string because)
    {
        if (!_open.TryRemove(id, out var entry)) return false;
        _closed.Add(id, because);
        entry.Session.Close(because);
        Interlocked.Decrement(ref _count);
        return true;
    }

    private VsgGymException Missing(string id, string call)
    {
        if (id.Length == 0) return VsgGymException.Invalid("environment_id", string.Empty, "is required: the id that Make returned", "missing");
        return _closed.ReasonOf(id) is { } because
            ? EnvironmentSession.AfterClose(call, because)
            : VsgGymException.NotFound("environment_id", id, "no environment has this id; Make returns one, and a stream's environment is reached through its stream only", "unknown_environment");
    }
}
