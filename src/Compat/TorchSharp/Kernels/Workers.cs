namespace TorchSharp.Kernels;

/// <summary>Runs independent pieces of work on several threads.</summary>
internal static class Workers
{
    private const long Worthwhile = 1 << 18;

    internal static int Count { get; set; } = Environment.ProcessorCount;

    internal static void For(int items, long workPerItem, Action<int, int> range)
    {
        int threads = Math.Min(Count, items);
        if (threads <= 1 || items * workPerItem < Worthwhile)
        {
            range(0, items);
            return;
        }

        Parallel.For(0, threads, t => range((int)((long)items * t / threads), (int)((long)items * (t + 1) / threads)));
    }
}
