namespace VsgGym.Server.Models;

/// <summary>A limit on how much of one kind of work goes on at once. Thread-safe.</summary>
/// <param name="name">What the work is, for the error's path: "evaluations".</param>
/// <param name="most">How many at once, at least 1.</param>
/// <param name="option">What raises the limit, for the error; empty where nothing does.</param>
internal sealed class WorkSlots(string name, int most, string option = "")
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private int _count;

    /// <summary>How many are going on.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Takes a place; disposing it frees it.</summary>
    /// <exception cref="Sessions.CapacityException">All places are taken.</exception>
    public IDisposable Take()
    {
        if (Interlocked.Increment(ref _count) <= most) return new Slot(this);
        Interlocked.Decrement(ref _count);
        string raise = option.Length > 0 ? $" ({option})" : string.Empty;
        throw new Sessions.CapacityException(name, most, $"the server runs at most {most} {name} at once{raise}: try again later", RetryAfter);
    }

    private sealed class Slot(WorkSlots slots) : IDisposable
    {
        private int _freed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _freed, 1) == 0) Interlocked.Decrement(ref slots._count);
        }
    }
}
