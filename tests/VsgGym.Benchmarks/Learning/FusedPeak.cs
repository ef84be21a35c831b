using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace VsgGym.Benchmarks.Learning;

/// <summary>The most that one core does in 256-bit fused multiply-adds of registers: what matrix products are held against.</summary>
internal static class FusedPeak
{
    private const int Repeats = 200_000;
    private const int Chains = 10; // enough to hide the latency of 4 cycles at two a cycle

    /// <summary>Multiply-adds a second, the best of some tries.</summary>
    public static double Measure()
    {
        double best = 0;
        for (int k = 0; k < 20; k++)
        {
            long start = Stopwatch.GetTimestamp();
            Run();
            best = Math.Max(best, (double)Repeats * Chains * Vector256<float>.Count / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Run()
    {
        var x = Vector256.Create(0.999f);
        Vector256<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x;
        for (int k = 0; k < Repeats; k++)
        {
            a = Vector256.FusedMultiplyAdd(a, x, x);
            b = Vector256.FusedMultiplyAdd(b, x, x);
            c = Vector256.FusedMultiplyAdd(c, x, x);
            d = Vector256.FusedMultiplyAdd(d, x, x);
            e = Vector256.FusedMultiplyAdd(e, x, x);
            f = Vector256.FusedMultiplyAdd(f, x, x);
            g = Vector256.FusedMultiplyAdd(g, x, x);
            h = Vector256.FusedMultiplyAdd(h, x, x);
            i = Vector256.FusedMultiplyAdd(i, x, x);
            j = Vector256.FusedMultiplyAdd(j, x, x);
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j);
    }
}
