using System.Numerics;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>What simulators of box actions write for many copies at once.</summary>
internal static class BoxBatch
{
    /// <summary>Copies that are worked on together, so that the numbers in between stay in the nearest cache.</summary>
    public const int Chunk = 256;

    /// <summary>sums += factor * numbers, rounded after the product and after the sum.</summary>
    public static void AddScaled(Span<double> sums, ReadOnlySpan<double> numbers, double factor)
    {
        int i = 0;
        for (; i <= sums.Length - Vector<double>.Count; i += Vector<double>.Count)
            (new Vector<double>(sums[i..]) + (new Vector<double>(numbers[i..]) * factor)).CopyTo(sums[i..]);
        for (; i < sums.Length; i++) sums[i] += factor * numbers[i];
    }

    /// <summary>sums -= a * b, rounded after the product and after the difference.</summary>
    public static void SubtractProducts(Span<double> sums, ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        int i = 0;
        for (; i <= sums.Length - Vector<double>.Count; i += Vector<double>.Count)
            (new Vector<double>(sums[i..]) - (new Vector<double>(a[i..]) * new Vector<double>(b[i..]))).CopyTo(sums[i..]);
        for (; i < sums.Length; i++) sums[i] -= a[i] * b[i];
    }

    /// <summary>Pays the marked copies of a chunk.</summary>
    /// <param name="paid">[n], the chunk's rewards of a seat.</param>
    /// <param name="values">[n], what each copy earns.</param>
    /// <param name="copies">[n], which copies step.</param>
    public static void Pay(Span<double> paid, ReadOnlySpan<double> values, ReadOnlySpan<bool> copies)
    {
        if (!copies.Contains(false))
        {
            values.CopyTo(paid);
            return;
        }

        for (int i = 0; i < paid.Length; i++)
            if (copies[i]) paid[i] = values[i];
    }

    /// <summary>Ends the marked copies whose last decision this is.</summary>
    public static void End(StepBuffer worlds, ReadOnlySpan<bool> copies, int horizon)
    {
        Span<bool> last = stackalloc bool[Chunk];
        for (int from = 0; from < copies.Length; from += Chunk)
        {
            var marked = copies.Slice(from, Math.Min(Chunk, copies.Length - from));
            bool any = false;
            for (int i = 0; i < marked.Length; i++) any |= last[i] = marked[i] & (worlds.TimeOf(from + i) + 1 >= horizon);
            if (any) worlds.Terminate(from, last[..marked.Length]);
        }
    }
}
