using System.Runtime.CompilerServices;

namespace TorchSharp.Engine;

/// <summary>What a tensor is: shape, strides, storage and its place in the graph. Handles and graph nodes count it.</summary>
internal sealed class TensorCore
{
    internal readonly Storage Storage;
    internal readonly long[] Shape;
    internal readonly long[] Strides;
    internal readonly long Offset;
    internal readonly int Count;
    internal readonly torch.ScalarType Type;
    internal readonly bool Contiguous;

    private static long ids;

    private long id;
    private int references = 1;
    private Node? gradFn;
    private TensorCore? grad;

    /// <summary>A new tensor with uninitialized memory.</summary>
    internal TensorCore(long[] shape, torch.ScalarType type, long[]? strides = null)
    {
        long count = Shapes.Count(shape);
        TorchError.Require(count >= 0, $"Trying to create tensor with negative dimension: {Shapes.Text(shape)}");
        TorchError.Require(count <= int.MaxValue, $"A tensor of {count} elements is beyond this engine");
        Shape = shape;
        Strides = strides ?? Shapes.Strides(shape);
        Count = (int)count;
        Type = type;
        Contiguous = true;
        Storage = new Storage(count * Types.Size(type));
    }

    /// <summary>A view of existing memory.</summary>
    internal TensorCore(TensorCore source, long[] shape, long[] strides, long offset)
    {
        Storage = source.Storage;
        Storage.Retain();
        Shape = shape;
        Strides = strides;
        Offset = offset;
        Count = (int)Shapes.Count(shape);
        Type = source.Type;
        Contiguous = Shapes.IsContiguous(shape, strides);
    }

    /// <summary>A number no other array has.</summary>
    internal long Id
    {
        get
        {
            if (Volatile.Read(ref id) == 0) Interlocked.CompareExchange(ref id, Interlocked.Increment(ref ids), 0);
            return id;
        }
    }

    internal bool LeafRequiresGrad { get; set; }

    internal bool RetainsGrad { get; set; }

    /// <summary>A view into another tensor's memory that is itself part of a graph.</summary>
    internal bool IsDifferentiableView { get; set; }

    /// <summary>The node through which gradients of this leaf arrive; made with its first use.</summary>
    internal Node? Accumulator { get; set; }

    internal bool RequiresGrad => LeafRequiresGrad || gradFn is not null;

    internal bool IsAlive => Volatile.Read(ref references) > 0;

    internal int References => Volatile.Read(ref references);

    /// <summary>The node that made this tensor; setting it takes over one count of the new one.</summary>
    internal Node? GradFn
    {
        get => gradFn;
        set
        {
            Node? old = gradFn;
            gradFn = value;
            old?.Release();
        }
    }

    /// <summary>The gradient; setting it takes over one count of the new one.</summary>
    internal TensorCore? Grad
    {
        get => grad;
        set
        {
            TensorCore? old = grad;
            grad = value;
            old?.Release();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Span<T> Span<T>()
        where T : unmanaged => Storage.Span<T>(Offset, Count);

    internal TensorCore Retain()
    {
        Interlocked.Increment(ref references);
        return this;
    }

    internal void Release()
    {
        if (Interlocked.Decrement(ref references) != 0) return;
        Storage.Release();
        Grad = null;
        GradFn = null;
    }

    /// <summary>The same memory without a place in the graph.</summary>
    internal TensorCore Detached() => new(this, Shape, Strides, Offset);
}
