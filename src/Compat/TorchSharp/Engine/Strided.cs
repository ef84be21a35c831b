using System.Runtime.InteropServices;

namespace TorchSharp.Engine;

/// <summary>Copies between strided layouts by element size; conversions between types are elsewhere.</summary>
internal static class Strided
{
    /// <summary>The tensor itself if it is dense, else a dense copy; counted for the caller either way.</summary>
    internal static TensorCore Dense(TensorCore source)
    {
        if (source.Contiguous) return source.Retain();
        var copy = new TensorCore(source.Shape, source.Type);
        Read(source, source.Shape, source.Strides, copy);
        return copy;
    }

    /// <summary>A dense copy repeated to a larger shape; the tensor itself where it has that shape.</summary>
    internal static TensorCore DenseAs(TensorCore source, long[] shape)
    {
        if (Shapes.Same(source.Shape, shape)) return Dense(source);
        var copy = new TensorCore(shape, source.Type);
        Read(source, shape, Shapes.ExpandStrides(source.Shape, source.Strides, shape), copy);
        return copy;
    }

    /// <summary>Reads by the given strides into a dense tensor.</summary>
    internal static void Read(TensorCore source, long[] shape, long[] strides, TensorCore dense)
    {
        switch (Types.Size(source.Type))
        {
            case 1: Walk(Whole<byte>(source), source.Offset, shape, strides, dense.Span<byte>(), false); break;
            case 4: Walk(Whole<int>(source), source.Offset, shape, strides, dense.Span<int>(), false); break;
            default: Walk(Whole<long>(source), source.Offset, shape, strides, dense.Span<long>(), false); break;
        }
    }

    /// <summary>Writes a dense tensor of the same type and shape into a strided one.</summary>
    internal static void Write(TensorCore dense, TensorCore target)
    {
        if (target.Contiguous)
        {
            Bytes(dense).CopyTo(Bytes(target));
            return;
        }

        switch (Types.Size(target.Type))
        {
            case 1: Walk(Whole<byte>(target), target.Offset, target.Shape, target.Strides, dense.Span<byte>(), true); break;
            case 4: Walk(Whole<int>(target), target.Offset, target.Shape, target.Strides, dense.Span<int>(), true); break;
            default: Walk(Whole<long>(target), target.Offset, target.Shape, target.Strides, dense.Span<long>(), true); break;
        }
    }

    /// <summary>The bytes of a dense tensor.</summary>
    internal static Span<byte> Bytes(TensorCore core)
    {
        int size = Types.Size(core.Type);
        return core.Storage.Span<byte>(core.Offset * size, core.Count * size);
    }

    private static Span<T> Whole<T>(TensorCore core)
        where T : unmanaged => core.Storage.Span<T>(0, (int)(core.Storage.Length / Marshal.SizeOf<T>()));

    private static void Walk<T>(Span<T> strided, long offset, long[] shape, long[] strides, Span<T> dense, bool write)
        where T : unmanaged
    {
        if (dense.Length == 0) return;
        int rank = shape.Length;
        if (rank == 0)
        {
            if (write) strided[(int)offset] = dense[0];
            else dense[0] = strided[(int)offset];
            return;
        }

        while (rank > 1 && shape[rank - 1] == 1) rank--; // a column is one line, not as many as it has elements
        Span<long> index = stackalloc long[rank];
        index.Clear();
        int inner = (int)shape[rank - 1];
        int step = (int)strides[rank - 1];
        int at = (int)offset;
        for (int done = 0; done < dense.Length; done += inner)
        {
            Line(strided, at, step, dense.Slice(done, inner), write);
            for (int d = rank - 2; d >= 0; d--)
            {
                at += (int)strides[d];
                if (++index[d] < shape[d]) break;
                at -= (int)(strides[d] * shape[d]);
                index[d] = 0;
            }
        }
    }

    private static void Line<T>(Span<T> strided, int at, int step, Span<T> line, bool write)
        where T : unmanaged
    {
        if (step == 1)
        {
            if (write) line.CopyTo(strided.Slice(at, line.Length));
            else strided.Slice(at, line.Length).CopyTo(line);
        }
        else if (write)
        {
            for (int i = 0; i < line.Length; i++, at += step) strided[at] = line[i];
        }
        else if (step == 0)
        {
            line.Fill(strided[at]);
        }
        else
        {
            for (int i = 0; i < line.Length; i++, at += step) line[i] = strided[at];
        }
    }
}
