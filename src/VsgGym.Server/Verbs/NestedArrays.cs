using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using VsgGym.Core;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Verbs;

/// <summary>Tensors as nested JSON arrays and back.</summary>
internal static class NestedArrays
{
    private const int MostAxes = 32;

    /// <summary>A float64 tensor as nested arrays.</summary>
    public static JsonNode Write(Proto.Tensor tensor)
    {
        int at = 0;
        return Write(MemoryMarshal.Cast<byte, double>(tensor.Data.Span).ToArray(), [.. tensor.Shape], 0, ref at)!;
    }

    /// <summary>Nested arrays of equal lengths as a float64 tensor; a fault is added and null returned where they are none.</summary>
    /// <param name="json">What the file has.</param>
    /// <param name="path">Where.</param>
    /// <param name="faults">Gets what is wrong.</param>
    public static Proto.Tensor? Read(JsonElement json, string path, FaultList faults)
    {
        var shape = new List<int>();
        for (var inner = json; inner.ValueKind == JsonValueKind.Array && shape.Count < MostAxes; inner = inner[0])
        {
            shape.Add(inner.GetArrayLength());
            if (shape[^1] == 0) break;
        }

        var numbers = new List<double>();
        if (shape.Count == 0 || !Collect(json, [.. shape], 0, numbers))
        {
            faults.Add(path, json.GetRawText(), "must be nested arrays of numbers with equal lengths", "wrong_shape");
            return null;
        }

        var tensor = new Proto.Tensor { Dtype = Proto.DType.Float64, Data = ByteString.CopyFrom(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(numbers))) };
        foreach (int extent in shape) tensor.Shape.Add(extent);
        return tensor;
    }

    private static JsonNode? Write(double[] data, long[] shape, int axis, ref int at)
    {
        if (axis == shape.Length) return JsonText.Number(data[at++]);
        var array = new JsonArray();
        for (long i = 0; i < shape[axis]; i++) array.Add(Write(data, shape, axis + 1, ref at));
        return array;
    }

    private static bool Collect(JsonElement json, int[] shape, int axis, List<double> numbers)
    {
        if (axis == shape.Length)
        {
            if (json.ValueKind != JsonValueKind.Number) return false;
            numbers.Add(json.GetDouble());
            return true;
        }

        return json.ValueKind == JsonValueKind.Array
            && json.GetArrayLength() == shape[axis]
            && json.EnumerateArray().All(inner => Collect(inner, shape, axis + 1, numbers));
    }
}
