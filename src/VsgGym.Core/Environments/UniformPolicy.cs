using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace VsgGym.Core;

/// <summary>Plays every legal action with equal probability, and a box uniformly between its bounds.</summary>
/// <remarks>The numbers come from the seat's own stream (seed, episode, step), so they do not depend on the batch or on other seats.</remarks>
public sealed class UniformPolicy : IPolicy
{
    private const int Chunk = 256;

    private UniformPolicy()
    {
    }

    /// <summary>The only instance.</summary>
    public static UniformPolicy Instance { get; } = new();

    /// <inheritdoc/>
    public void CheckFits(EnvironmentSpec spec, int player)
    {
        // fits every seat
    }

    /// <inheritdoc/>
    public void Act(StepBuffer worlds, int player, ReadOnlySpan<bool> copies)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        if (worlds.Spec.Actions[player] is BoxSpace box) ActInBox(worlds, player, copies, box);
        else ActDiscrete(worlds, player, copies, (DiscreteSpace)worlds.Spec.Actions[player]);
    }

    private static void ActDiscrete(StepBuffer worlds, int player, ReadOnlySpan<bool> copies, DiscreteSpace space)
    {
        Span<int> actions = worlds.DiscreteActions(player);
        ReadOnlySpan<bool> masks = worlds.LegalActions(player), live = worlds.Live(player);
        Span<int> counts = stackalloc int[Chunk], choices = stackalloc int[Chunk];
        Span<ulong> rows = stackalloc ulong[Chunk];
        bool packed = space.Count <= sizeof(ulong);
        for (int from = 0; from < copies.Length; from += Chunk)
        {
            int length = Math.Min(Chunk, copies.Length - from);
            var mask = masks.IsEmpty ? [] : masks.Slice(from * space.Count, length * space.Count);
            if (mask.IsEmpty) counts.Fill(space.Count);
            else if (packed) Pack(MemoryMarshal.AsBytes(mask), space.Count, rows[..length], counts);
            else Count(mask, space.Count, counts[..length]);
            worlds.FirstInt32s(from, 1 + (uint)player, counts[..length], choices[..length]);
            if (!mask.IsEmpty && packed) Choose(rows[..length], choices);
            for (int i = 0; i < length; i++)
            {
                if (!(copies[from + i] & live[from + i])) continue;
                if (counts[i] == 0) throw new InvalidOperationException($"Seat {player} of copy {from + i} has no legal action.");
                actions[from + i] = mask.IsEmpty || packed ? choices[i] : IndexOfLegal(mask.Slice(i * space.Count, space.Count), choices[i]);
            }
        }
    }

    /// <summary>Up to 8 flags of each copy as one word, and how many of them are set.</summary>
    private static void Pack(ReadOnlySpan<byte> mask, int width, Span<ulong> rows, Span<int> counts)
    {
        ulong keep = ulong.MaxValue >> (8 * (sizeof(ulong) - width));
        for (int i = 0, start = 0; i < rows.Length; i++, start += width)
        {
            // A whole word is read where it lies inside; near the end, the word that ends there.
            int whole = Math.Min(start, Math.Max(0, mask.Length - sizeof(ulong)));
            ulong word = mask.Length < sizeof(ulong) ? ReadShort(mask) : BinaryPrimitives.ReadUInt64LittleEndian(mask[whole..]);
            rows[i] = (word >> (8 * (start - whole))) & keep;
            counts[i] = BitOperations.PopCount(rows[i]);
        }
    }

    private static ulong ReadShort(ReadOnlySpan<byte> bytes)
    {
        ulong word = 0;
        for (int k = bytes.Length - 1; k >= 0; k--) word = (word << 8) | bytes[k];
        return word;
    }

    /// <summary>Turns "the j-th legal action" into its number: it is how many running sums of the flags do not exceed j.</summary>
    private static void Choose(ReadOnlySpan<ulong> rows, Span<int> choices)
    {
        const ulong Ones = 0x0101010101010101, Tops = 0x8080808080808080;
        for (int i = 0; i < rows.Length; i++)
        {
            ulong sums = rows[i] * Ones; // byte k: the sum of flags 0 to k, at most 8
            choices[i] = BitOperations.PopCount(((((ulong)choices[i] * Ones) | Tops) - sums) & Tops);
        }
    }

    private static void Count(ReadOnlySpan<bool> mask, int width, Span<int> counts)
    {
        for (int i = 0; i < counts.Length; i++) counts[i] = mask.Slice(i * width, width).Count(true);
    }

    private static int IndexOfLegal(ReadOnlySpan<bool> mask, int skip)
    {
        int action = mask.IndexOf(true);
        while (skip-- > 0) action += 1 + mask[(action + 1)..].IndexOf(true);
        return action;
    }

    private static void ActInBox(StepBuffer worlds, int player, ReadOnlySpan<bool> copies, BoxSpace box)
    {
        Span<float> actions = worlds.BoxActions(player);
        for (int b = 0; b < copies.Length; b++)
        {
            if (!copies[b]) continue;
            var random = worlds.StreamOf(b, 1 + (uint)player);
            for (int k = 0; k < box.Length; k++)
            {
                double value = box.Low[k] + (random.NextDouble() * ((double)box.High[k] - box.Low[k]));
                actions[(b * box.Length) + k] = Math.Clamp((float)value, box.Low[k], box.High[k]);
            }
        }
    }
}
