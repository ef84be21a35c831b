using System.Runtime.InteropServices;
using Google.Protobuf;
using VsgGym.Core;
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
    public static ShapedArray? Read(Proto.Tensor? tensor, string path, FaultList faults)
    {
        if (tensor is null)
        {
            faults.Add(path, null, "is required: a float64 tensor", "missing");
            return null;
        }

        if (tensor.Dtype != Proto.DType.Float64)
        {
            faults.Add($"{path}.dtype", WireMap.NameOf(tensor.Dtype), "must be float64", "wrong_dtype");
            return null;
        }

        if (!ShapeFits(tensor, path, faults)) return null;
        var data = GC.AllocateUninitializedArray<double>(tensor.Data.Length / sizeof(double));
        tensor.Data.Span.CopyTo(MemoryMarshal.AsBytes(data.AsSpan()));
        return new ShapedArray(data, [.. tensor.Shape.Select(extent => (int)extent)]);
    }

    /// <summary>Writes numbers as a float64 tensor.</summary>
    public static Proto.Tensor Write(ReadOnlySpan<double> data, params ReadOnlySpan<int> shape)
    {
        var tensor = new Proto.Tensor { Dtype = Proto.DType.Float64, Data = ByteString.CopyFrom(MemoryMarshal.AsBytes(data)) };
        foreach (int extent in shape) tensor.Shape.Add(extent);
        return tensor;
    }

    /// <summary>A shape as text: "[3, 4]".</summary>
    public static string Show(IEnumerable<int> shape) => $"[{string.Join(", ", shape)}]";

    private static bool ShapeFits(Proto.Tensor tensor, string path, FaultList faults)
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

        if (elements * sizeof(double) == (UInt128)tensor.Data.Length) return true;
        faults.Add($"{path}.data", $"{tensor.Data.Length} bytes", $"shape {shown} of float64 needs {elements * sizeof(double)} bytes", "wrong_shape");
        return false;
    }
}
