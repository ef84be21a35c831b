using System.Numerics.Tensors;
using static TorchSharp.torch;

namespace TorchSharp.Engine;

/// <summary>Conversions between element types and access to single elements.</summary>
internal static class Convert
{
    /// <summary>The tensor itself if it is dense and of the type, else a dense copy; counted for the caller either way.</summary>
    internal static TensorCore Dense(TensorCore source, ScalarType type)
    {
        if (source.Type == type) return Strided.Dense(source);
        TensorCore dense = Strided.Dense(source);
        TensorCore result = To(dense, type);
        dense.Release();
        return result;
    }

    internal static double Read(TensorCore core, long position) => core.Type switch
    {
        ScalarType.Float32 => core.Storage.Span<float>(position, 1)[0],
        ScalarType.Float64 => core.Storage.Span<double>(position, 1)[0],
        ScalarType.Int64 => core.Storage.Span<long>(position, 1)[0],
        ScalarType.Int32 => core.Storage.Span<int>(position, 1)[0],
        _ => core.Storage.Span<byte>(position, 1)[0],
    };

    internal static void Fill(TensorCore core, Scalar value)
    {
        if (!core.Contiguous)
        {
            var dense = new TensorCore(core.Shape, core.Type);
            Fill(dense, value);
            Strided.Write(dense, core);
            dense.Release();
            return;
        }

        switch (core.Type)
        {
            case ScalarType.Float32: core.Span<float>().Fill((float)value.Real); break;
            case ScalarType.Float64: core.Span<double>().Fill(value.Real); break;
            case ScalarType.Int64: core.Span<long>().Fill(value.Integer); break;
            case ScalarType.Int32: core.Span<int>().Fill((int)value.Integer); break;
            case ScalarType.Byte: core.Span<byte>().Fill((byte)value.Integer); break;
            default: core.Span<bool>().Fill(value.Integer != 0 || value.Real != 0); break;
        }
    }

    private static TensorCore To(TensorCore dense, ScalarType type)
    {
        var result = new TensorCore(dense.Shape, type, dense.Strides);
        switch (dense.Type)
        {
            case ScalarType.Float32: From(dense.Span<float>(), result); break;
            case ScalarType.Float64: From(dense.Span<double>(), result); break;
            case ScalarType.Int64: From(dense.Span<long>(), result); break;
            case ScalarType.Int32: From(dense.Span<int>(), result); break;
            default: From(dense.Span<byte>(), result); break;
        }

        return result;
    }

    private static void From<T>(Span<T> source, TensorCore result)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        switch (result.Type)
        {
            case ScalarType.Float32: TensorPrimitives.ConvertTruncating<T, float>(source, result.Span<float>()); break;
            case ScalarType.Float64: TensorPrimitives.ConvertTruncating<T, double>(source, result.Span<double>()); break;
            case ScalarType.Int64: TensorPrimitives.ConvertTruncating<T, long>(source, result.Span<long>()); break;
            case ScalarType.Int32: TensorPrimitives.ConvertTruncating<T, int>(source, result.Span<int>()); break;
            case ScalarType.Byte: TensorPrimitives.ConvertTruncating<T, byte>(source, result.Span<byte>()); break;
            default:
                Span<bool> flags = result.Span<bool>();
                for (int i = 0; i < flags.Length; i++) flags[i] = source[i] != T.Zero;
                break;
        }
    }
}
