using static TorchSharp.torch;

namespace TorchSharp.Engine;

/// <summary>TorchSharp's file format: type, rank and sizes as LEB128 numbers, then the elements in row order, little endian.</summary>
internal static class TensorFile
{
    /// <summary>Writes a number that is not negative, seven bits a byte, low bits first.</summary>
    internal static void Write(BinaryWriter writer, long value) => writer.Write7BitEncodedInt64(value);

    internal static long Number(BinaryReader reader) => reader.Read7BitEncodedInt64();

    internal static Tensor Read(BinaryReader reader)
    {
        var type = (ScalarType)Number(reader);
        var shape = new long[Number(reader)];
        for (int d = 0; d < shape.Length; d++) shape[d] = Number(reader);
        var core = new TensorCore(shape, type);
        reader.BaseStream.ReadExactly(Strided.Bytes(core));
        return new Tensor(core);
    }
}
