using System.Collections.Concurrent;
using System.Security.Cryptography;
using VsgGym.Core;

namespace VsgGym.Server.Sessions;

/// <summary>The running solves: a limit on their number, and their ids for Stop. Thread-safe.</summary>
/// <param name="most">The most solves at once, at least 1.</param>
internal sealed class SolveSlots(int most)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, SolveSlot> _running = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>How many solves are running.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Takes a slot; disposing it frees it.</summary>
    /// <exception cref="CapacityException">All slots are taken.</exception>
    public SolveSlot Take()
    {
        if (Interlocked.Increment(ref _count) > most)
        {
            Interlocked.Decrement(ref _count);
            throw new CapacityException("solves", most, $"the server runs at most {most} solves at once (--max-solves): try again later", RetryAfter);
        }

        var slot = new SolveSlot("solve-" + RandomNumberGenerator.GetHexString(32, lowercase: true), Release);
        _running[slot.Id] = slot;
        return slot;
    }

    /// <summary>Asks a running solve to end with what it has; asked again, not to measure that.</summary>
    /// <exception cref="VsgGymException">No running solve has this id.</exception>
    public void Stop(string id)
    {
        if (!_running.TryGetValue(id, out var slot))
            throw VsgGymException.NotFound("solve_id", id, "no running solve has this id; it may have ended", "unknown_solve");
        if (slot.StopRequested) slot.Hurry();
        else slot.Stop();
    }

    private void Release(SolveSlot slot)
    {
        if (_running.TryRemove(slot.Id, out _)) Interlocked.Decrement(ref _count);
    }
}
