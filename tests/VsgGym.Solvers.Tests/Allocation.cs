using VsgGym.Core;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>Pins the bytes a step allocates to none.</summary>
internal static class Allocation
{
    public static void Check(IAlgorithm algorithm)
    {
        for (int k = 0; k < 10; k++) algorithm.Step(CancellationToken.None); // the first calls may compile
        Assert.Equal(0, SteadyState.Bytes(() =>
        {
            for (int k = 0; k < 100; k++) algorithm.Step(CancellationToken.None);
        }));
    }
}
