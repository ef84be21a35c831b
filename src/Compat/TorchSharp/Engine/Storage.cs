using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp.Engine;

/// <summary>The memory of one or several tensors, counted by the cores that look into it; goes back to the pool with the last of them.</summary>
internal sealed class Storage(long length)
{
    private byte[]? buffer = BufferPool.Rent(length);
    private int references = 1;
    private int start = -1;

    internal long Length { get; } = length;

    /// <summary>Raised by each in-place write; saved tensors compare it.</summary>
    internal int Version;

    /// <summary>A view of it takes part in a graph: in-place writes that record a gradient are refused from then on.</summary>
    internal bool HasDifferentiableViews { get; set; }

    internal int References => Volatile.Read(ref references);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Span<T> Span<T>(long offset, int count)
        where T : unmanaged
    {
        byte[] bytes = buffer ?? throw new ObjectDisposedException("torch.Tensor");
        if (start < 0) start = BufferPool.StartOf(bytes);
        ref byte first = ref Unsafe.AddByteOffset(ref MemoryMarshal.GetArrayDataReference(bytes), (nint)(start + (offset * Unsafe.SizeOf<T>())));
        return MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref first), count);
    }

    internal void Retain() => Interlocked.Increment(ref references);

    internal void Release()
    {
        if (Interlocked.Decrement(ref references) != 0) return;
        byte[] bytes = buffer!;
        buffer = null;
        BufferPool.Return(bytes);
    }
}
