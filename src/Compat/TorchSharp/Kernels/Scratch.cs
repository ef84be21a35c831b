using System.Runtime.InteropServices;

namespace TorchSharp.Kernels;

/// <summary>Memory of one thread, aligned to a cache line, kept and reused: packed operands and edge tiles.</summary>
internal sealed unsafe class Scratch
{
    private const nuint CacheLine = 64;

    [ThreadStatic]
    private static Scratch? s_ofThread;

    private void* _memory;
    private nuint _bytes;

    private Scratch()
    {
    }

    ~Scratch() => NativeMemory.AlignedFree(_memory);

    /// <summary>At least so many bytes, with arbitrary contents; valid on this thread until its next call.</summary>
    /// <param name="bytes">More than 0.</param>
    internal static void* Rent(nuint bytes)
    {
        Scratch scratch = s_ofThread ??= new Scratch();
        if (scratch._bytes < bytes)
        {
            NativeMemory.AlignedFree(scratch._memory);
            scratch._memory = null;
            scratch._bytes = 0;
            scratch._memory = NativeMemory.AlignedAlloc(bytes, CacheLine);
            scratch._bytes = bytes;
        }

        return scratch._memory;
    }
}
