using System.Buffers.Binary;
using Google.Protobuf;
using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>Whole numbers and flags to the wire and back.</summary>
internal static class Tensors
{
    public static Wire.Tensor Whole(IReadOnlyList<int> numbers, params int[] shape)
    {
        byte[] bytes = new byte[checked(numbers.Count * sizeof(int))];
        for (int i = 0; i < numbers.Count; i++) BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * sizeof(int)), numbers[i]);
        return Of(Wire.DType.Int32, bytes, shape);
    }

    public static Wire.Tensor Flags(IReadOnlyList<bool> flags, params int[] shape) =>
        Of(Wire.DType.Bool, [.. flags.Select(flag => (byte)(flag ? 1 : 0))], shape);

    public static int[] Whole(Wire.Tensor tensor)
    {
        var bytes = tensor.Data.Span;
        int[] numbers = new int[bytes.Length / sizeof(int)];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(i * sizeof(int))..]);
        return numbers;
    }

    private static Wire.Tensor Of(Wire.DType type, byte[] bytes, int[] shape)
    {
        var tensor = new Wire.Tensor { Dtype = type, Data = UnsafeByteOperations.UnsafeWrap(bytes) };
        tensor.Shape.AddRange(shape.Select(axis => (long)axis));
        return tensor;
    }
}
