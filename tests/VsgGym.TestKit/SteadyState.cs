namespace VsgGym.TestKit;

/// <summary>What code allocates once it is warm.</summary>
public static class SteadyState
{
    /// <summary>
    /// The bytes this thread allocates in one run: the least of at most five, because the runtime itself may allocate on any thread when it compiles a method again.
    /// What the code allocates, it allocates in every run.
    /// </summary>
    /// <param name="run">The code, run before as often as it needs to be warm.</param>
    /// <returns>Bytes, at least 0.</returns>
    public static long Bytes(Action run)
    {
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 5 && least > 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            run();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
