namespace VsgGym.Numerics;

/// <summary>A few threads that share the blocks of a sweep, without allocation from the second sweep on.</summary>
/// <remarks>
/// Items are split into blocks whose bounds depend on their number alone, and a block's result depends on nothing but the block, so
/// whatever is computed has the same bits for every number of threads. The caller's thread works too; the others come from the thread
/// pool, and a sweep is complete without them where the pool is busy. One crew runs one sweep at a time.
/// </remarks>
public sealed class WorkCrew
{
    private const int LeastCost = 16384; // of a block; below, the hand-over costs more than the work
    private readonly Helper[] _helpers;
    private readonly double[] _results = new double[MostBlocks];
    private ICrewWork? _work;
    private CancellationToken _cancellation;
    private Exception? _fault;
    private int _items;
    private long _ticket; // the sweep's number (32 bits), its blocks (16), its next block (16): whoever reads it reads all of one sweep
    private int _finished;

    /// <summary>Makes a crew.</summary>
    /// <param name="threads">How many threads work, the caller's among them; at least 1.</param>
    public WorkCrew(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
        _helpers = [.. Enumerable.Range(0, threads - 1).Select(_ => new Helper(this))];
    }

    /// <summary>The most blocks of a sweep.</summary>
    public const int MostBlocks = 128;

    /// <summary>Makes a crew of the caller's thread alone.</summary>
    public static WorkCrew Alone() => new(1);

    /// <summary>How many threads work, the caller's among them.</summary>
    public int Threads { get; }

    /// <summary>Runs a sweep and gives the largest result of its blocks, NaN where one is NaN; 0 without items.</summary>
    /// <param name="work">What to do with a block.</param>
    /// <param name="items">How many items, at least 0.</param>
    /// <param name="itemCost">About how many operations an item takes, at least 1; few cheap items are one block.</param>
    /// <param name="cancellationToken">Checked before every block; the work itself checks inside.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public double Run(ICrewWork work, int items, int itemCost, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentOutOfRangeException.ThrowIfNegative(items);
        ArgumentOutOfRangeException.ThrowIfLessThan(itemCost, 1);
        cancellationToken.ThrowIfCancellationRequested();
        int blocks = BlocksOf(items, itemCost);
        (_work, _items, _cancellation, _fault) = (work, items, cancellationToken, null);
        Volatile.Write(ref _finished, 0);
        int sweep = unchecked((int)(Volatile.Read(ref _ticket) >> 32) + 1);
        Volatile.Write(ref _ticket, ((long)sweep << 32) | ((long)blocks << 16)); // opens the sweep
        for (int h = 0; h < Math.Min(_helpers.Length, blocks - 1); h++) _helpers[h].Call();
        Work(sweep);
        var wait = new SpinWait();
        while (Volatile.Read(ref _finished) < blocks) wait.SpinOnce(sleep1Threshold: -1);
        if (_fault is { } fault) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
        double largest = 0;
        for (int b = 0; b < blocks; b++) largest = _results[b] > largest || double.IsNaN(_results[b]) ? _results[b] : largest;
        return largest;
    }

    private static int BlocksOf(int items, int cost) => items == 0 ? 0 : (int)Math.Clamp((long)items * cost / LeastCost, 1, Math.Min(items, MostBlocks));

    // Takes blocks until there are none left; a late helper of an earlier sweep finds its ticket gone.
    private void Work(int sweep)
    {
        while (true)
        {
            long ticket = Volatile.Read(ref _ticket);
            int block = (int)(ticket & ushort.MaxValue), blocks = (int)((ticket >> 16) & ushort.MaxValue);
            if ((int)(ticket >> 32) != sweep || block >= blocks) return;
            if (Interlocked.CompareExchange(ref _ticket, ticket + 1, ticket) != ticket) continue;
            try
            {
                _cancellation.ThrowIfCancellationRequested();
                _results[block] = _fault is null ? _work!.Run(Bound(block, blocks), Bound(block + 1, blocks), _cancellation) : 0;
            }
#pragma warning disable CA1031 // whatever a block throws is thrown again by the caller's thread
            catch (Exception error)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref _fault, error, null);
            }

            Interlocked.Increment(ref _finished);
        }
    }

    private int Bound(int block, int blocks) => (int)((long)_items * block / blocks);

    private sealed class Helper(WorkCrew crew) : IThreadPoolWorkItem
    {
        private int _waiting;

        public void Call()
        {
            if (Interlocked.Exchange(ref _waiting, 1) == 0) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        public void Execute()
        {
            Volatile.Write(ref _waiting, 0);
            crew.Work((int)(Volatile.Read(ref crew._ticket) >> 32));
        }
    }
}
