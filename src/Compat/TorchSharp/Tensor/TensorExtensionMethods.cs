using TorchSharp.Engine;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Conversions of tensors to numbers, text and bytes.</summary>
public static class TensorExtensionMethods
{
    /// <summary>A parameter on the same array.</summary>
    public static Modules.Parameter AsParameter(this Tensor tensor) => new(tensor);

    /// <summary>The only element as a number.</summary>
    /// <exception cref="ArgumentException">There are several.</exception>
    public static float ToSingle(this Tensor value) => (float)Only(value);

    public static double ToDouble(this Tensor value) => Only(value);

    public static int ToInt32(this Tensor value) => (int)ToInt64(value);

    public static long ToInt64(this Tensor value) => value.Core.Type == ScalarType.Int64 ? value.item<long>() : (long)Only(value);

    public static bool ToBoolean(this Tensor value) => Only(value) != 0;

    public static Tensor ToTensor<T>(this T[] rawArray, long[] dimensions, bool doCopy = false, bool requires_grad = false)
        where T : unmanaged => Copied<T>(rawArray, [.. dimensions], null, requires_grad);

    public static long TotalSize(this IEnumerable<long> shape) => shape.Aggregate(1L, static (a, b) => a * b);

    public static int ElementSize(this ScalarType type) => Types.Size(type);

    /// <summary>Writes type, shape and elements in TorchSharp's format.</summary>
    public static void Save(this Tensor tensor, BinaryWriter writer)
    {
        TensorCore core = tensor.Core;
        TensorFile.Write(writer, (long)core.Type);
        TensorFile.Write(writer, core.Shape.Length);
        foreach (long size in core.Shape) TensorFile.Write(writer, size);
        TensorCore dense = Strided.Dense(core);
        writer.Flush();
        writer.BaseStream.Write(Strided.Bytes(dense));
        dense.Release();
    }

    public static void Save(this Tensor tensor, Stream stream)
    {
        using var writer = new BinaryWriter(stream);
        tensor.Save(writer);
        stream.Flush();
    }

    public static void Save(this Tensor tensor, string location) => tensor.Save(File.Create(location));

    /// <summary>Reads elements into a tensor of the same type and shape.</summary>
    /// <exception cref="ArgumentException">The file holds another type or shape.</exception>
    public static void Load(this Tensor tensor, BinaryReader reader, bool skip = false)
    {
        using Tensor read = TensorFile.Read(reader);
        if (read.dtype != tensor.dtype) throw new ArgumentException("Mismatched tensor data types while loading. Make sure that the model you are loading into is exactly the same as the origin.");
        if (skip) return;
        if (!Shapes.Same(read.Core.Shape, tensor.Core.Shape)) throw new ArgumentException("Mismatched tensor shape while loading. Make sure that the model you are loading into is exactly the same as the origin.");
        using IDisposable d = no_grad();
        tensor.copy_(read);
    }

    public static Tensor Load(BinaryReader reader, bool skip = false) => TensorFile.Read(reader);

    private static double Only(Tensor value)
    {
        if (value.Core.Count != 1) throw new ArgumentException("Number of elements in the tensor must be 1");
        return Engine.Convert.Read(value.Core, value.Core.Offset);
    }
}
