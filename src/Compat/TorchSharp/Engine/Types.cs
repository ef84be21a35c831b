using static TorchSharp.torch;

namespace TorchSharp.Engine;

/// <summary>Element types of this engine and PyTorch's promotion between them.</summary>
internal static class Types
{
    internal static int Size(ScalarType type) => type switch
    {
        ScalarType.Bool or ScalarType.Byte => 1,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.Int64 or ScalarType.Float64 => 8,
        _ => throw TorchError.Unsupported("empty", type),
    };

    internal static ScalarType Of(Type type) =>
        type == typeof(float) ? ScalarType.Float32
        : type == typeof(double) ? ScalarType.Float64
        : type == typeof(long) ? ScalarType.Int64
        : type == typeof(int) ? ScalarType.Int32
        : type == typeof(byte) ? ScalarType.Byte
        : type == typeof(bool) ? ScalarType.Bool
        : throw new ArgumentException($"A tensor of {type.Name} is not supported.");

    internal static bool IsFloat(ScalarType type) => type is ScalarType.Float32 or ScalarType.Float64;

    internal static ScalarType FloatOf(ScalarType type) => IsFloat(type) ? type : ScalarType.Float32;

    /// <summary>Type of a sum or product: integers and booleans are counted in 64 bits.</summary>
    internal static ScalarType SumOf(ScalarType type) => IsFloat(type) ? type : ScalarType.Int64;

    /// <summary>Common type of two tensors: the one with dimensions decides unless the other is of a higher kind.</summary>
    internal static ScalarType Promote(TensorCore a, TensorCore b)
    {
        if (a.Type == b.Type) return a.Type;
        bool scalarA = a.Shape.Length == 0;
        bool scalarB = b.Shape.Length == 0;
        if (scalarA == scalarB) return Promote(a.Type, b.Type);
        return scalarA ? Promote(b.Type, a.Type, true) : Promote(a.Type, b.Type, true);
    }

    /// <summary>Type of a tensor combined with a number of the language.</summary>
    internal static ScalarType PromoteNumber(ScalarType tensor, ScalarType number) => Kind(number) <= Kind(tensor)
        ? tensor
        : IsFloat(number) ? ScalarType.Float32 : number;

    private static ScalarType Promote(ScalarType strong, ScalarType weak, bool weakIsScalar) =>
        weakIsScalar && Kind(weak) <= Kind(strong) ? strong : Promote(strong, weak);

    private static ScalarType Promote(ScalarType a, ScalarType b)
    {
        if (Kind(a) != Kind(b)) return Kind(a) > Kind(b) ? a : b;
        return Size(a) >= Size(b) ? a : b;
    }

    private static int Kind(ScalarType type) => type switch
    {
        ScalarType.Bool => 0,
        ScalarType.Float32 or ScalarType.Float64 => 2,
        _ => 1,
    };
}
