using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VsgGym.Core;

/// <summary>Passes over the flags of a batch, a vector at a time; every flag is the byte 0 or 1.</summary>
internal static class Flags
{
    /// <summary>target = not source.</summary>
    public static void Not(ReadOnlySpan<bool> source, Span<bool> target)
    {
        var from = MemoryMarshal.AsBytes(source);
        var to = MemoryMarshal.AsBytes(target);
        int b = 0;
        for (; b <= to.Length - Vector<byte>.Count; b += Vector<byte>.Count)
            (new Vector<byte>(from[b..]) ^ Vector<byte>.One).CopyTo(to[b..]);
        for (; b < to.Length; b++) target[b] = !source[b];
    }

    /// <summary>target = target and not other.</summary>
    public static void Remove(Span<bool> target, ReadOnlySpan<bool> other)
    {
        var to = MemoryMarshal.AsBytes(target);
        var from = MemoryMarshal.AsBytes(other);
        int b = 0;
        for (; b <= to.Length - Vector<byte>.Count; b += Vector<byte>.Count)
            Vector.AndNot(new Vector<byte>(to[b..]), new Vector<byte>(from[b..])).CopyTo(to[b..]);
        for (; b < to.Length; b++) target[b] &= !other[b];
    }

    /// <summary>target = target or other.</summary>
    public static void Add(Span<bool> target, ReadOnlySpan<bool> other)
    {
        var to = MemoryMarshal.AsBytes(target);
        var from = MemoryMarshal.AsBytes(other);
        int b = 0;
        for (; b <= to.Length - Vector<byte>.Count; b += Vector<byte>.Count)
            (new Vector<byte>(to[b..]) | new Vector<byte>(from[b..])).CopyTo(to[b..]);
        for (; b < to.Length; b++) target[b] |= other[b];
    }

    /// <summary>target = target and other.</summary>
    public static void Keep(Span<bool> target, ReadOnlySpan<bool> other)
    {
        var to = MemoryMarshal.AsBytes(target);
        var from = MemoryMarshal.AsBytes(other);
        int b = 0;
        for (; b <= to.Length - Vector<byte>.Count; b += Vector<byte>.Count)
            (new Vector<byte>(to[b..]) & new Vector<byte>(from[b..])).CopyTo(to[b..]);
        for (; b < to.Length; b++) target[b] &= other[b];
    }

    /// <summary>Makes 0 of the numbers that are not marked, without a branch.</summary>
    public static void ClearUnless(Span<int> numbers, ReadOnlySpan<bool> marked)
    {
        var flags = MemoryMarshal.AsBytes(marked)[..numbers.Length];
        for (int b = 0; b < numbers.Length; b++) numbers[b] &= -flags[b];
    }

    /// <summary>Makes 0 of the numbers that are not marked, without a branch.</summary>
    public static void ClearUnless(Span<double> numbers, ReadOnlySpan<bool> marked)
    {
        var flags = MemoryMarshal.AsBytes(marked)[..numbers.Length];
        var bits = MemoryMarshal.Cast<double, long>(numbers);
        int b = 0;
        if (Avx2.IsSupported)
            for (; b <= bits.Length - Vector256<long>.Count; b += Vector256<long>.Count)
            {
                var marks = Avx2.ConvertToVector256Int64(Vector128.CreateScalarUnsafe(MemoryMarshal.Read<uint>(flags[b..])).AsByte());
                (Vector256.Create<long>(bits[b..]) & -marks).CopyTo(bits[b..]);
            }

        for (; b < bits.Length; b++) bits[b] &= -(long)flags[b];
    }

    /// <summary>Whether every flag is set.</summary>
    public static bool All(ReadOnlySpan<bool> flags) => !flags.Contains(false);

    /// <summary>Adds 1 to the counts of the marked.</summary>
    public static void Count(Span<int> counts, ReadOnlySpan<bool> marked)
    {
        int b = 0;
        if (All(marked))
            for (; b <= counts.Length - Vector<int>.Count; b += Vector<int>.Count)
                (new Vector<int>(counts[b..]) + Vector<int>.One).CopyTo(counts[b..]);
        for (; b < counts.Length; b++)
            if (marked[b]) counts[b]++;
    }

    /// <summary>Whether every number is in [0, count).</summary>
    public static bool AllBelow(ReadOnlySpan<int> numbers, int count)
    {
        var bounds = new Vector<uint>((uint)count);
        var unsigned = MemoryMarshal.Cast<int, uint>(numbers);
        int b = 0;
        for (; b <= unsigned.Length - Vector<uint>.Count; b += Vector<uint>.Count)
            if (Vector.GreaterThanOrEqualAny(new Vector<uint>(unsigned[b..]), bounds)) return false;
        for (; b < unsigned.Length; b++)
            if (unsigned[b] >= (uint)count) return false;
        return true;
    }
}
