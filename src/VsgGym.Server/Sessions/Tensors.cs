using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Google.Protobuf;
using VsgGym.Core;
using VsgGym.Games;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>Tensors of the protocol to arrays and back; every check comes before any allocation.</summary>
internal static class Tensors
{
    private const int MostAxes = 32;

    /// <summary>Reads a float64 tensor; a fault is added and null returned where it is not one.</summary>
    /// <param name="tensor">What the caller gave; null is a fault.</param>
    /// <param name="path">Where: "game.tabular.rewards".</param>
    /// <param name="faults">Gets what is wrong.</param>
    public static ShapedArray? Read(Proto.Tensor? tensor, string path, FaultList faults) =>
        Read<double>(tensor, Proto.DType.Float64, path, faults) is { } read ? new ShapedArray(read.Data, read.Shape) : null;

    /// <summary>As <see cref="Read(Proto.Tensor?, string, FaultList)"/>, but an absent tensor is null and no fault.</summary>
    public static ShapedArray? Optional(Proto.Tensor? tensor, string path, FaultList faults) => tensor is null ? null : Read(tensor, path, faults);

    /// <summary>Reads an int32 tensor; a fault is added and null returned where it is not one.</summary>
    public static (int[] Data, ImmutableArray<int> Shape)? ReadWhole(Proto.Tensor? tensor, string path, FaultList faults) =>
        Read<int>(tensor, Proto.DType.Int32, path, faults);

    /// <summary>Reads a bool tensor as 1 and 0; a fault is added and null returned where it is not one.</summary>
    public static ShapedArray? ReadFlags(Proto.Tensor? tensor, string path, FaultList faults) =>
        Read<byte>(tensor, Proto.DType.Bool, path, faults) is { } read ? new ShapedArray([.. read.Data.Select(flag => flag == 0 ? 0.0 : 1.0)], read.Shape) : null;

    /// <summary>Reads an array in coordinate form; faults are added and null returned where it is none. Places are not looked at.</summary>
    public static SparseArray? ReadSparse(Proto.SparseTensor tensor, string path, FaultList faults)
    {
        int before = faults.Count;
        string shown = $"[{string.Join(", ", tensor.Shape.Take(MostAxes))}]";
        if (tensor.Shape.Count is < 1 or > MostAxes)
            faults.Add($"{path}.shape", tensor.Shape.Count == 0 ? "[]" : $"{tensor.Shape.Count} axes", $"must have 1 to {MostAxes} axes", "wrong_shape");
        else if (tensor.Shape.Any(extent => extent is < 0 or > int.MaxValue))
            faults.Add($"{path}.shape", shown, $"every extent must be in [0, {int.MaxValue}]", "wrong_shape");
        var indices = ReadWhole(tensor.Indices, $"{path}.indices", faults);
        var values = Read(tensor.Values, $"{path}.values", faults);
        if (values is not null && values.Shape.Length != 1) faults.Add($"{path}.values.shape", Show(values.Shape), "must be [n], one axis", "wrong_shape");
        if (faults.Count > before) return null;
        ImmutableArray<int> needed = [values!.Data.Length, tensor.Shape.Count];
        if (!indices!.Value.Shape.SequenceEqual(needed))
        {
            faults.Add($"{path}.indices.shape", Show(indices.Value.Shape), $"must be {Show(needed)}: a place of {needed[1]} numbers for each of {needed[0]} values", "wrong_shape");
            return null;
        }

        return new SparseArray([.. tensor.Shape.Select(extent => (int)extent)], indices.Value.Data, values.Data);
    }

    /// <summary>Writes numbers as a float64 tensor.</summary>
    public static Proto.Tensor Write(ReadOnlySpan<double> data, params ReadOnlySpan<int> shape) =>
        Write(Proto.DType.Float64, MemoryMarshal.AsBytes(data), shape);

    /// <summary>Writes whole numbers as an int32 tensor.</summary>
    public static Proto.Tensor WriteWhole(ReadOnlySpan<int> data, params ReadOnlySpan<int> shape) =>
        Write(Proto.DType.Int32, MemoryMarshal.AsBytes(data), shape);

    /// <summary>Writes flags as a bool tensor.</summary>
    public static Proto.Tensor WriteFlags(ReadOnlySpan<bool> data, params ReadOnlySpan<int> shape) =>
        Write(Proto.DType.Bool, MemoryMarshal.AsBytes(data), shape);

    /// <summary>A shape as text: "[3, 4]".</summary>
    public static string Show(IEnumerable<int> shape) => $"[{string.Join(", ", shape)}]";

    private static Proto.Tensor Write(Proto.DType type, ReadOnlySpan<byte> data, ReadOnlySpan<int> shape)
    {
        var tensor = new Proto.Tensor { Dtype = type, Data = ByteString.CopyFrom(data) };
        foreach (int extent in shape) tensor.Shape.Add(extent);
        return tensor;
    }

    private static (T[] Data, ImmutableArray<int> Shape)? Read<T>(Proto.Tensor? tensor, Proto.DType type, string path, FaultList faults)
        where T : unmanaged
    {
        string name = WireMap.NameOf(type);
        if (tensor is null)
        {
            faults.Add(path, null, $"is required: a {name} tensor", "missing");
            return null;
        }

        if (tensor.Dtype != type)
        {
            faults.Add($"{path}.dtype", WireMap.NameOf(tensor.Dtype), $"must be {name}", "wrong_dtype");
            return null;
        }

        int size = Unsafe.SizeOf<T>();
        if (!ShapeFits(tensor, size, name, path, faults)) return null;
        var data = GC.AllocateUninitializedArray<T>(tensor.Data.Length / size);
        tensor.Data.Span.CopyTo(MemoryMarshal.AsBytes(data.AsSpan()));
        return (data, [.. tensor.Shape.Select(extent => (int)extent)]);
    }

    private static bool ShapeFits(Proto.Tensor tensor, int size, string type, string path, FaultList faults)
    {
        string shown = $"[{string.Join(", ", tensor.Shape.Take(MostAxes))}]";
        if (tensor.Shape.Count is < 1 or > MostAxes)
        {
            faults.Add($"{path}.shape", tensor.Shape.Count == 0 ? "[]" : $"{tensor.Shape.Count} axes", $"must have 1 to {MostAxes} axes", "wrong_shape");
            return false;
        }

        UInt128 elements = 1;
        foreach (long extent in tensor.Shape)
        {
            if (extent is < 0 or > int.MaxValue)
            {
                faults.Add($"{path}.shape", shown, $"every extent must be in [0, {int.MaxValue}]", "wrong_shape");
                return false;
            }

            elements = UInt128.Min(elements * (ulong)extent, ulong.MaxValue);
        }

        if (elements * (uint)size == (UInt128)tensor.Data.Length) return true;
        faults.Add($"{path}.data", $"{tensor.Data.Length} bytes", $"shape {shown} of {type} needs {elements * (uint)size} bytes", "wrong_shape");
        return false;
    }
}
