using static TorchSharp.torch;

namespace TorchSharp.Engine;

/// <summary>A range of one dimension: what select, narrow and slice look at.</summary>
/// <param name="Drop">Take the one remaining element and drop the dimension.</param>
internal sealed record Window(int Dim, long Start, long Length, long Step, bool Drop)
{
    internal TensorCore Of(TensorCore source)
    {
        var shape = (long[])source.Shape.Clone();
        var strides = (long[])source.Strides.Clone();
        long offset = source.Offset + (Start * strides[Dim]);
        shape[Dim] = Length;
        strides[Dim] *= Step;
        if (!Drop) return new TensorCore(source, shape, strides, offset);
        long[] dropped = Shapes.Without(shape, Dim, false);
        return new TensorCore(source, dropped, Shapes.Without(strides, Dim, false), offset);
    }

    /// <summary>Zeros of a shape with the gradient in the range: the backward of looking at it.</summary>
    internal Tensor Scatter(Tensor gradient, long[] shape)
    {
        Tensor result = zeros(shape, gradient.dtype);
        TensorCore range = Of(result.Core);
        TensorCore dense = Strided.Dense(gradient.Core);
        Strided.Write(dense, range);
        dense.Release();
        range.Release();
        Tape.Record(result, static (n, g) => n.Send(0, g.Look((Window)n.Extra!)), gradient)?.With(this);
        return result;
    }
}
