using VsgGym.Core;

namespace VsgGym.Solvers.Tests;

/// <summary>Pins the bytes a step allocates to none.</summary>
internal static class Allocation
{
    public static void Check(IAlgorithm algorithm)
    {
        for (int k = 0; k < 10; k++) algorithm.Step(CancellationToken.None); // the first calls may compile
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int k = 0; k < 100; k++) algorithm.Step(CancellationToken.None);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
