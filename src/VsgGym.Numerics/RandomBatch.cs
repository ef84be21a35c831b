using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VsgGym.Numerics;

/// <summary>The first numbers of many streams at once, bit for bit what <see cref="RandomStream.At"/> gives one by one.</summary>
/// <remarks>Four streams share a vector where the processor multiplies in vectors of 256 bits; elsewhere they go one by one.</remarks>
public static class RandomBatch
{
    private const int Chunk = 256;
    private const double InverseTwoTo53 = 1.0 / (1UL << 53);

    /// <summary>The first <see cref="RandomStream.NextUInt64"/> of each stream.</summary>
    /// <param name="seeds">[n], the worlds' seeds.</param>
    /// <param name="domain">What the numbers are for.</param>
    /// <param name="episodes">[n], episodes since the seed was set.</param>
    /// <param name="times">[n], the steps less <paramref name="firstStep"/>.</param>
    /// <param name="firstStep">The step of time 0: 0 for the reset, 1 for decisions.</param>
    /// <param name="words">[n]; overwritten.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void NextUInt64(ReadOnlySpan<ulong> seeds, uint domain, ReadOnlySpan<uint> episodes, ReadOnlySpan<int> times, uint firstStep, Span<ulong> words) =>
        UInt64At(0, seeds, domain, episodes, times, firstStep, words);

    /// <summary>A later <see cref="RandomStream.NextUInt64"/> of each stream.</summary>
    /// <param name="number">How many numbers of 64 bits each stream passes over, at least 0.</param>
    /// <param name="seeds">[n], the worlds' seeds.</param>
    /// <param name="domain">What the numbers are for.</param>
    /// <param name="episodes">[n], episodes since the seed was set.</param>
    /// <param name="times">[n], the steps less <paramref name="firstStep"/>.</param>
    /// <param name="firstStep">The step of time 0: 0 for the reset, 1 for decisions.</param>
    /// <param name="words">[n]; overwritten.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static void UInt64At(int number, ReadOnlySpan<ulong> seeds, uint domain, ReadOnlySpan<uint> episodes, ReadOnlySpan<int> times, uint firstStep, Span<ulong> words)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        uint place = (uint)number / 2; // a block holds two
        bool second = number % 2 == 1;
        ThrowIfUnequal(seeds.Length, episodes.Length, times.Length, words.Length);
        int i = 0;
        if (Avx2.IsSupported)
            for (; i <= words.Length - Vector256<ulong>.Count; i += Vector256<ulong>.Count)
            {
                var steps = WidenFour(MemoryMarshal.Cast<int, uint>(times), i) + Vector256.Create((ulong)firstStep);
                var pair = Philox.Blocks(Vector256.Create(seeds[i..]), place, steps, WidenFour(episodes, i), Vector256.Create((ulong)domain));
                (second ? pair.Second : pair.First).CopyTo(words[i..]);
            }

        for (; i < words.Length; i++)
        {
            var block = Philox.Block(seeds[i], place, (uint)times[i] + firstStep, episodes[i], domain);
            words[i] = second ? block[2] | ((ulong)block[3] << 32) : block[0] | ((ulong)block[1] << 32);
        }
    }

    /// <summary>Two successive <see cref="RandomStream.NextUInt64"/> of each stream, which come together at the price of one.</summary>
    /// <param name="pair">How many such pairs each stream passes over, at least 0.</param>
    /// <param name="seeds">[n], the worlds' seeds.</param>
    /// <param name="domain">What the numbers are for.</param>
    /// <param name="episodes">[n], episodes since the seed was set.</param>
    /// <param name="times">[n], the steps less <paramref name="firstStep"/>.</param>
    /// <param name="firstStep">The step of time 0: 0 for the reset, 1 for decisions.</param>
    /// <param name="first">[n], the numbers 2 <paramref name="pair"/>; overwritten.</param>
    /// <param name="second">[n], the numbers after them; overwritten.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The pair is negative.</exception>
    public static void UInt64PairsAt(
        int pair, ReadOnlySpan<ulong> seeds, uint domain, ReadOnlySpan<uint> episodes, ReadOnlySpan<int> times, uint firstStep,
        Span<ulong> first, Span<ulong> second)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pair);
        ThrowIfUnequal(seeds.Length, episodes.Length, times.Length, first.Length);
        ThrowIfUnequal(second.Length, first.Length, first.Length, first.Length);
        int i = 0;
        if (Avx2.IsSupported)
            for (; i <= first.Length - Vector256<ulong>.Count; i += Vector256<ulong>.Count)
            {
                var steps = WidenFour(MemoryMarshal.Cast<int, uint>(times), i) + Vector256.Create((ulong)firstStep);
                var words = Philox.Blocks(Vector256.Create(seeds[i..]), (uint)pair, steps, WidenFour(episodes, i), Vector256.Create((ulong)domain));
                words.First.CopyTo(first[i..]);
                words.Second.CopyTo(second[i..]);
            }

        for (; i < first.Length; i++)
        {
            var block = Philox.Block(seeds[i], (uint)pair, (uint)times[i] + firstStep, episodes[i], domain);
            first[i] = block[0] | ((ulong)block[1] << 32);
            second[i] = block[2] | ((ulong)block[3] << 32);
        }
    }

    /// <summary>The first <see cref="RandomStream.NextInt32"/> of each stream.</summary>
    /// <param name="seeds">[n], the worlds' seeds.</param>
    /// <param name="domain">What the numbers are for.</param>
    /// <param name="episodes">[n], episodes since the seed was set.</param>
    /// <param name="times">[n], the steps less <paramref name="firstStep"/>.</param>
    /// <param name="firstStep">The step of time 0: 0 for the reset, 1 for decisions.</param>
    /// <param name="exclusiveMaxima">[n], each at least 1; a 0 gives 0.</param>
    /// <param name="values">[n], each in [0, maximum); overwritten.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void NextInt32(
        ReadOnlySpan<ulong> seeds, uint domain, ReadOnlySpan<uint> episodes, ReadOnlySpan<int> times, uint firstStep,
        ReadOnlySpan<int> exclusiveMaxima, Span<int> values)
    {
        ThrowIfUnequal(seeds.Length, episodes.Length, times.Length, values.Length);
        ThrowIfUnequal(exclusiveMaxima.Length, values.Length, values.Length, values.Length);
        Span<ulong> words = stackalloc ulong[Chunk];
        for (int from = 0; from < values.Length; from += Chunk)
        {
            int length = Math.Min(Chunk, values.Length - from);
            NextUInt64(seeds.Slice(from, length), domain, episodes.Slice(from, length), times.Slice(from, length), firstStep, words[..length]);
            for (int i = 0; i < length; i++)
            {
                int k = from + i;
                uint bound = (uint)exclusiveMaxima[k];
                ulong product = (ulong)(uint)words[i] * bound;
                values[k] = (int)(product >> 32);
                if ((uint)product >= bound || bound == 0) continue;
                // Rare: the stream itself knows whether it has to draw again.
                values[k] = RandomStream.At(seeds[k], domain, episodes[k], (uint)times[k] + firstStep).NextInt32((int)bound);
            }
        }
    }

    /// <summary>The number in [0, 1) that <see cref="RandomStream.NextDouble"/> makes of a word.</summary>
    /// <param name="word">64 random bits.</param>
    public static double ToDouble(ulong word) => (word >> 11) * InverseTwoTo53;

    /// <summary>The numbers in [0, 1) that <see cref="RandomStream.NextDouble"/> makes of words.</summary>
    /// <param name="words">64 random bits each.</param>
    public static Vector<double> ToDouble(Vector<ulong> words) => Vector.ConvertToDouble((words >>> 11).As<ulong, long>()) * InverseTwoTo53;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> WidenFour(ReadOnlySpan<uint> numbers, int from) =>
        Avx2.ConvertToVector256Int64(Vector128.Create(numbers.Slice(from, Vector128<uint>.Count))).AsUInt64();

    private static void ThrowIfUnequal(int first, int second, int third, int fourth)
    {
        if (first != second || first != third || first != fourth)
            throw new ArgumentException($"The spans have {first}, {second}, {third} and {fourth} elements; they must be equally long.");
    }
}
