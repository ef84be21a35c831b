using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace TorchSharp.Kernels;

/// <summary>The threads behind <see cref="Workers"/>; its caller sees to it that one region runs at a time.</summary>
internal static class WorkerPool
{
    /// <summary>How long an idle thread looks for the next region before it sleeps: the gap between two kernels of a training step.</summary>
    private static readonly long s_spinTicks = Stopwatch.Frequency / 20_000; // 50 microseconds

    private static readonly SemaphoreSlim s_wake = new(0);
    private static readonly Lock s_failureGate = new();
    private static Region? s_region;
    private static int s_items;
    private static int s_ranges;
    private static ExceptionDispatchInfo? s_failure;
    private static int s_failedRange;
    private static int s_threads;
    private static int s_sleepers;
    private static int s_pending;

    // Number of the region in the upper half, ranges not yet claimed in the lower: one exchange claims a range of just that region.
    private static long s_ticket;

    /// <summary>Runs all ranges and returns when each has ended.</summary>
    /// <param name="region">What to run.</param>
    /// <param name="ranges">Into how many ranges to cut, at least 2; threads beside the caller are added as needed.</param>
    /// <param name="items">Number of items, at least <paramref name="ranges"/>.</param>
    /// <returns>The failure of the lowest range that threw, or null.</returns>
    internal static ExceptionDispatchInfo? Run(Region region, int ranges, int items)
    {
        for (; s_threads < ranges - 1; s_threads++) StartThread(s_threads);
        s_region = region;
        s_items = items;
        s_ranges = ranges;
        s_failure = null;
        s_pending = ranges;
        long number = (Volatile.Read(ref s_ticket) >> 32) + 1;
        Interlocked.Exchange(ref s_ticket, (number << 32) | (uint)ranges);
        int woken = TakeSleepers(ranges - 1);
        if (woken > 0) s_wake.Release(woken);
        Claim();
        SpinWait wait = default;
        while (Volatile.Read(ref s_pending) > 0) wait.SpinOnce(sleep1Threshold: -1); // The rest is under way on other threads.
        s_region = null;
        ExceptionDispatchInfo? failure = s_failure;
        s_failure = null;
        return failure;
    }

    private static void StartThread(int index)
    {
        Thread thread = new(Work) { IsBackground = true, Name = $"TorchSharp worker {index + 1}" };
        thread.UnsafeStart();
    }

    private static void Work()
    {
        while (true)
        {
            Claim();
            AwaitRegion();
        }
    }

    private static bool IsOpen => (int)Volatile.Read(ref s_ticket) > 0;

    /// <summary>Does ranges until all are claimed.</summary>
    private static void Claim()
    {
        long ticket = Volatile.Read(ref s_ticket);
        while ((int)ticket > 0)
        {
            long seen = Interlocked.CompareExchange(ref s_ticket, ticket - 1, ticket);
            if (seen == ticket)
            {
                // The region cannot end before this range has: its fields are stable from here on.
                Execute(s_ranges - (int)ticket);
                Interlocked.Decrement(ref s_pending);
                seen = Volatile.Read(ref s_ticket);
            }

            ticket = seen;
        }
    }

    private static void Execute(int range)
    {
        try
        {
            s_region!.Run((int)((long)s_items * range / s_ranges), (int)((long)s_items * (range + 1) / s_ranges));
        }
        catch (Exception exception) // Whatever it is, it belongs to the caller of the region.
        {
            lock (s_failureGate)
            {
                if (s_failure is not null && s_failedRange < range) return;
                s_failure = ExceptionDispatchInfo.Capture(exception);
                s_failedRange = range;
            }
        }
    }

    private static void AwaitRegion()
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetTimestamp() - start < s_spinTicks)
        {
            for (int i = 0; i < 8; i++)
            {
                if (IsOpen) return;
                Thread.SpinWait(1);
            }
        }

        // Announce first, then look again: either this thread sees the region or the caller sees the sleeper.
        Interlocked.Increment(ref s_sleepers);
        if (!IsOpen || TakeSleepers(1) == 0) s_wake.Wait(); // Taken by a caller, its permit must be consumed.
    }

    private static int TakeSleepers(int atMost)
    {
        int sleepers = Volatile.Read(ref s_sleepers);
        while (sleepers > 0)
        {
            int taken = Math.Min(sleepers, atMost), seen = Interlocked.CompareExchange(ref s_sleepers, sleepers - taken, sleepers);
            if (seen == sleepers) return taken;
            sleepers = seen;
        }

        return 0;
    }
}
