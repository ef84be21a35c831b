using System.Collections.Concurrent;

namespace VsgGym.Numerics;

/// <summary>The threads that all crews of the process share, one per processor; those without work for a while end.</summary>
internal static class CrewThreads
{
    private const int Spins = 100; // of a thread that has just worked: some microseconds, for the next sweep of a row of short ones
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);
    private static readonly Lock Gate = new();
    private static readonly SemaphoreSlim Calls = new(0);
    private static readonly ConcurrentQueue<ICrewHelper> Waiting = new();
    private static int _threads;
    private static int _asleep; // less the calls that wake them
    private static int _spinning;

    /// <summary>Has a helper executed as soon as a thread is free.</summary>
    /// <param name="helper">Waits in line, after those called before.</param>
    public static void Call(ICrewHelper helper)
    {
        Waiting.Enqueue(helper);
        Interlocked.MemoryBarrier(); // a thread that ends its spin looks into the line once more
        if (Volatile.Read(ref _spinning) >= Waiting.Count) return;
        lock (Gate)
        {
            if (_asleep > 0)
            {
                _asleep--;
                Calls.Release();
            }
            else if (_threads < Environment.ProcessorCount)
            {
                _threads++;
                new Thread(Work) { IsBackground = true, Name = "crew" }.UnsafeStart();
            }
        }
    }

    private static void Work()
    {
        do
        {
            while (Waiting.TryDequeue(out var helper))
            {
                helper.Execute();
                Interlocked.Increment(ref _spinning);
                for (int k = 0; k < Spins && Waiting.IsEmpty; k++) Thread.SpinWait(10);
                Interlocked.Decrement(ref _spinning);
            }
        }
        while (Sleep());
    }

    // False where nobody called for long; the thread then counts as ended.
    private static bool Sleep()
    {
        lock (Gate)
        {
            if (!Waiting.IsEmpty) return true;
            _asleep++;
        }

        if (Calls.Wait(Idle)) return true;
        lock (Gate)
        {
            if (_asleep > 0)
            {
                _asleep--;
                _threads--;
                return false;
            }

            Calls.Wait(); // as many calls as threads are on the way, so this thread's is there
            return true;
        }
    }
}
