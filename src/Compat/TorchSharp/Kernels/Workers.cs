using System.Runtime.ExceptionServices;

namespace TorchSharp.Kernels;

/// <summary>A persistent pool of threads for regions of 20 to 200 microseconds.</summary>
/// <remarks>
/// A region is cut into as many ranges as it may use threads. The caller and the pool's threads claim ranges until none is left, so a
/// thread that wakes late costs nothing: its range has been done by another. One region runs at a time; a second caller, and a
/// range that opens a region itself, runs inline. The cut depends on the number of threads, hence a range must not
/// carry a sum across items.
/// </remarks>
internal static class Workers
{
    private static readonly Action<Action<int, int>, int, int> s_plain = static (range, from, to) => range(from, to);
    private static int s_count = Environment.ProcessorCount;
    private static long s_minimumWorkPerRange = 400_000;
    private static int s_busy;

    /// <summary>Threads of a region, the caller included; at least 1. Default: the processors of the machine.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    internal static int Count
    {
        get => Volatile.Read(ref s_count);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            Volatile.Write(ref s_count, value);
        }
    }

    /// <summary>Operations, below which a range takes less time than the 2 to 5 microseconds of handing it over. Default: 400 000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    internal static long MinimumWorkPerRange
    {
        get => Volatile.Read(ref s_minimumWorkPerRange);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            Volatile.Write(ref s_minimumWorkPerRange, value);
        }
    }

    /// <summary>Covers 0 to <paramref name="items"/> by calls of <paramref name="range"/>, which run at the same time.</summary>
    /// <param name="items">Independent pieces of work; nothing happens for 0.</param>
    /// <param name="workPerItem">About the floating-point operations of one item.</param>
    /// <param name="range">Does the items [from, to).</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of items is negative.</exception>
    /// <exception cref="Exception">What a range threw, after all ranges have ended; of several the one of the lowest range.</exception>
    internal static void For(int items, long workPerItem, Action<int, int> range) => For(items, workPerItem, range, s_plain);

    /// <summary>As above with a state, so that the delegate can be static and nothing is allocated.</summary>
    /// <typeparam name="TState">A structure or a reference; copied to each range.</typeparam>
    internal static void For<TState>(int items, long workPerItem, TState state, Action<TState, int, int> range)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(items);
        if (items == 0) return;
        int ranges = Ranges(items, workPerItem);
        if (ranges == 1 || Interlocked.CompareExchange(ref s_busy, 1, 0) != 0)
        {
            range(state, 0, items);
            return;
        }

        ExceptionDispatchInfo? failure;
        try
        {
            Region<TState> region = Region<TState>.Shared;
            region.State = state;
            region.Body = range;
            failure = WorkerPool.Run(region, ranges, items);
            region.State = default!;
            region.Body = null;
        }
        finally
        {
            Volatile.Write(ref s_busy, 0);
        }

        failure?.Throw();
    }

    private static int Ranges(int items, long workPerItem)
    {
        long useful = Math.Max(1, (long)Math.Min((double)items * workPerItem / MinimumWorkPerRange, int.MaxValue));
        return (int)Math.Min(Math.Min(Count, items), useful);
    }
}
