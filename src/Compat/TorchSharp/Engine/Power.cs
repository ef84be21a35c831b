using System.Numerics.Tensors;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace TorchSharp.Engine;

/// <summary>Powers. Integers are multiplied out, floats follow IEEE pow.</summary>
internal static class Power
{
    internal static Tensor Of(Tensor x, double exponent, ScalarType kind)
    {
        ScalarType type = Types.PromoteNumber(x.Core.Type, kind);
        TensorCore a = Convert.Dense(x.Core, type);
        var r = new TensorCore(a.Shape, type, a.Strides);
        switch (type)
        {
            case ScalarType.Float32: TensorPrimitives.Pow(a.Span<float>(), (float)exponent, r.Span<float>()); break;
            case ScalarType.Float64: TensorPrimitives.Pow(a.Span<double>(), exponent, r.Span<double>()); break;
            default: throw TorchError.Unsupported("pow", type);
        }

        a.Release();
        return new Tensor(r);
    }

    internal static Tensor Of(Tensor x, Tensor exponent)
    {
        ScalarType type = Types.FloatOf(Types.Promote(x.Core, exponent.Core));
        long[] shape = Shapes.Broadcast(x.Core.Shape, exponent.Core.Shape);
        TensorCore a = Wide(x.Core, type, shape);
        TensorCore e = Wide(exponent.Core, type, shape);
        var r = new TensorCore(shape, type);
        if (type == ScalarType.Float32) TensorPrimitives.Pow<float>(a.Span<float>(), e.Span<float>(), r.Span<float>());
        else TensorPrimitives.Pow<double>(a.Span<double>(), e.Span<double>(), r.Span<double>());
        a.Release();
        e.Release();
        return new Tensor(r);
    }

    private static TensorCore Wide(TensorCore core, ScalarType type, long[] shape)
    {
        TensorCore dense = Convert.Dense(core, type);
        TensorCore wide = Strided.DenseAs(dense, shape);
        dense.Release();
        return wide;
    }
}
