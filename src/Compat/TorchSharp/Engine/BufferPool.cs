using System.Numerics;

namespace TorchSharp.Engine;

/// <summary>Reusable byte buffers in size classes of powers of two and their halves; each thread keeps its own few, the rest is shared.</summary>
/// <remarks>Buffers of a page and more are pinned, so that their 64-byte alignment holds. A buffer that is never given back is garbage like any other.</remarks>
internal static class BufferPool
{
    internal const int Alignment = 64;
    private const int PinnedFrom = 4096;
    private const int Classes = 64;
    private const int KeptPerThread = 16;
    private const long KeptPerThreadBytes = 64L << 20;
    private const long SharedBytes = 512L << 20;

    private static readonly Stack<byte[]>[] Shared = [.. Enumerable.Range(0, Classes).Select(_ => new Stack<byte[]>())];
    private static long sharedBytes;

    [ThreadStatic]
    private static Cache? cache;

    /// <summary>A buffer of at least the given number of bytes, with old contents.</summary>
    internal static byte[] Rent(long bytes)
    {
        if (bytes > Array.MaxLength - Alignment) throw TorchError.Native($"[enforce fail at alloc_cpu.cpp] DefaultCPUAllocator: not enough memory: you tried to allocate {bytes} bytes.");
        int index = ClassOf(bytes, out int size);
        Cache mine = cache ??= new Cache();
        if (mine.Counts[index] > 0)
        {
            mine.Bytes -= size;
            return mine.Buffers[index][--mine.Counts[index]]!;
        }

        Stack<byte[]> shared = Shared[index];
        if (Volatile.Read(ref sharedBytes) > 0)
        {
            lock (shared)
            {
                if (shared.TryPop(out byte[]? found))
                {
                    Interlocked.Add(ref sharedBytes, -size);
                    return found;
                }
            }
        }

        return size >= PinnedFrom
            ? GC.AllocateUninitializedArray<byte>(size + Alignment, pinned: true)
            : GC.AllocateUninitializedArray<byte>(size);
    }

    internal static void Return(byte[] buffer)
    {
        int size = buffer.Length > PinnedFrom ? buffer.Length - Alignment : buffer.Length;
        int index = ClassOf(size, out int _);
        Cache mine = cache ??= new Cache();
        if (mine.Counts[index] < KeptPerThread && mine.Bytes + size <= KeptPerThreadBytes)
        {
            mine.Buffers[index][mine.Counts[index]++] = buffer;
            mine.Bytes += size;
        }
        else if (Volatile.Read(ref sharedBytes) + size <= SharedBytes)
        {
            Stack<byte[]> shared = Shared[index];
            lock (shared) shared.Push(buffer);
            Interlocked.Add(ref sharedBytes, size);
        }
    }

    /// <summary>The position in the buffer at which a multiple of the alignment starts.</summary>
    internal static unsafe int StartOf(byte[] buffer)
    {
        if (buffer.Length <= PinnedFrom) return 0;
        nuint address = (nuint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(buffer));
        return (int)((Alignment - (address % Alignment)) % Alignment);
    }

    // Sizes 64, 96, 128, 192, 256, 384, ...: two classes per power of two.
    private static int ClassOf(long bytes, out int size)
    {
        if (bytes <= 64)
        {
            size = 64;
            return 0;
        }

        int power = BitOperations.Log2((ulong)(bytes - 1));
        long half = (1L << power) + (1L << (power - 1));
        bool lower = bytes <= half;
        size = (int)Math.Min(lower ? half : 1L << (power + 1), Array.MaxLength - Alignment);
        return ((power - 6) * 2) + (lower ? 1 : 2);
    }

    private sealed class Cache
    {
        internal readonly byte[]?[][] Buffers = [.. Enumerable.Range(0, Classes).Select(_ => new byte[KeptPerThread][])];
        internal readonly int[] Counts = new int[Classes];
        internal long Bytes;
    }
}
