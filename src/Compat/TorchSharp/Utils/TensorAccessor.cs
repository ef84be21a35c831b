using System.Collections;
using TorchSharp.Engine;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>Reads and writes the elements of a tensor, in row order whatever its layout.</summary>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private readonly Tensor tensor;

    internal TensorAccessor(Tensor tensor) => this.tensor = tensor;

    public long Count => tensor.Core.Count;

    public bool IsReadOnly => false;

    /// <summary>An element by its place in each dimension.</summary>
    public T this[params long[] indices]
    {
        get => Slot(indices);
        set
        {
            Slot(indices) = value;
            tensor.Core.Storage.Version++;
        }
    }

    public T[] ToArray()
    {
        var result = new T[Count];
        CopyTo(result);
        return result;
    }

    /// <summary>An array of the tensor's rank.</summary>
    public Array ToNDArray()
    {
        if (tensor.Core.Shape.Length == 0) return new[] { Slot([]) };
        var result = Array.CreateInstance(typeof(T), tensor.Core.Shape);
        T[] flat = ToArray();
        var index = new long[tensor.Core.Shape.Length];
        foreach (T value in flat)
        {
            result.SetValue(value, index);
            for (int d = index.Length - 1; d >= 0 && ++index[d] == tensor.Core.Shape[d]; d--) index[d] = 0;
        }

        return result;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        TensorCore dense = Strided.Dense(tensor.Core);
        dense.Span<T>()[(int)tensorIndex..].CopyTo(array[arrayIndex..]);
        dense.Release();
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        TensorCore core = tensor.Core;
        int count = Math.Min(array.Length - arrayIndex, core.Count - (int)tensorIndex);
        TensorCore dense = Strided.Dense(core);
        array.Slice(arrayIndex, count).CopyTo(dense.Span<T>()[(int)tensorIndex..]);
        if (!core.Contiguous) Strided.Write(dense, core);
        dense.Release();
        core.Storage.Version++;
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
    }

    /// <summary>An element by its place in row order.</summary>
    internal T At(long index)
    {
        TensorCore core = tensor.Core;
        if (core.Contiguous) return core.Span<T>()[(int)index];
        long position = core.Offset;
        for (int d = core.Shape.Length - 1; d >= 0; d--)
        {
            position += index % core.Shape[d] * core.Strides[d];
            index /= core.Shape[d];
        }

        return core.Storage.Span<T>(position, 1)[0];
    }

    private ref T Slot(long[] indices)
    {
        TensorCore core = tensor.Core;
        // A scalar is read as [0], as in the official accessor.
        if (core.Shape.Length == 0) return ref core.Storage.Span<T>(core.Offset, 1)[0];
        if (indices.Length != core.Shape.Length) throw new ArgumentException($"Index of {indices.Length} places for a tensor of {core.Shape.Length} dimensions");
        long position = core.Offset;
        for (int d = 0; d < indices.Length; d++)
        {
            if (indices[d] < 0 || indices[d] >= core.Shape[d]) throw new IndexOutOfRangeException($"Index {indices[d]} in a dimension of size {core.Shape[d]}");
            position += indices[d] * core.Strides[d];
        }

        return ref core.Storage.Span<T>(position, 1)[0];
    }
}
