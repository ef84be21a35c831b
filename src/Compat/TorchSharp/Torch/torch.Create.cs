using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Filled(input.Core.Shape, 0, dtype ?? input.Core.Type, requires_grad);

    public static Tensor ones_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Filled(input.Core.Shape, 1, dtype ?? input.Core.Type, requires_grad);

    public static Tensor empty_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Uninitialized(input.Core.Shape, dtype ?? input.Core.Type, requires_grad);

    public static Tensor full_like(Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Filled(input.Core.Shape, value, dtype ?? input.Core.Type, requires_grad);

    /// <summary>start, start + step, ... below stop.</summary>
    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        bool real = Types.IsFloat(start.Type) || Types.IsFloat(stop.Type) || Types.IsFloat(step.Type);
        ScalarType type = dtype ?? (real ? ScalarType.Float32 : ScalarType.Int64);
        long count = real ? (long)Math.Ceiling((stop.Real - start.Real) / step.Real) : (stop.Integer - start.Integer + step.Integer - Math.Sign(step.Integer)) / step.Integer;
        TorchError.Require(count >= 0, "upper bound and larger bound inconsistent with step sign");
        var numbers = new TensorCore([count], real ? ScalarType.Float64 : ScalarType.Int64);
        if (real)
        {
            Span<double> span = numbers.Span<double>();
            for (int i = 0; i < span.Length; i++) span[i] = start.Real + (i * step.Real);
        }
        else
        {
            Span<long> span = numbers.Span<long>();
            for (int i = 0; i < span.Length; i++) span[i] = start.Integer + (i * step.Integer);
        }

        TensorCore result = Engine.Convert.Dense(numbers, type);
        numbers.Release();
        return new Tensor(result).Flagged(requires_grad);
    }

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => arange(start, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => arange(0, stop, 1, dtype, device, requires_grad);

    /// <summary>Evenly spaced numbers, both ends included.</summary>
    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        var numbers = new double[steps];
        double step = steps > 1 ? (end - start) / (steps - 1) : 0;
        for (int i = 0; i < steps; i++) numbers[i] = i < steps / 2 ? start + (i * step) : end - ((steps - 1 - i) * step);
        if (steps == 1) numbers[0] = start;
        return Copied<double>(numbers, [steps], dtype ?? ScalarType.Float32, requires_grad);
    }

    /// <summary>Ones on the diagonal, zeros elsewhere.</summary>
    public static Tensor eye(long rows, long columns = -1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        long width = columns < 0 ? rows : columns;
        Tensor result = Filled([rows, width], 0, dtype, false);
        for (long i = 0; i < Math.Min(rows, width); i++)
        {
            var one = new TensorCore(result.Core, Shapes.Scalar, Shapes.Scalar, (i * width) + i);
            Engine.Convert.Fill(one, 1);
            one.Release();
        }

        return result.Flagged(requires_grad);
    }

    /// <summary>A tensor with the shape and elements of an array of any rank.</summary>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        var shape = new long[rawArray.Rank];
        for (int d = 0; d < shape.Length; d++) shape[d] = rawArray.GetLength(d);
        Type element = rawArray.GetType().GetElementType()!;
        ScalarType type = Types.Of(element);
        return type switch
        {
            ScalarType.Float32 => Copied<float>(Flat<float>(rawArray), shape, dtype, requires_grad),
            ScalarType.Float64 => Copied<double>(Flat<double>(rawArray), shape, dtype, requires_grad),
            ScalarType.Int64 => Copied<long>(Flat<long>(rawArray), shape, dtype, requires_grad),
            ScalarType.Int32 => Copied<int>(Flat<int>(rawArray), shape, dtype, requires_grad),
            ScalarType.Byte => Copied<byte>(Flat<byte>(rawArray), shape, dtype, requires_grad),
            _ => Copied<bool>(Flat<bool>(rawArray), shape, dtype, requires_grad),
        };
    }

    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null) => data.to_type(dtype ?? data.Core.Type).alias();

    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) => from_array(data, dtype, device);

    internal static Tensor Copied<T>(ReadOnlySpan<T> values, long[] shape, ScalarType? dtype, bool requiresGrad)
        where T : unmanaged
    {
        ScalarType type = Types.Of(typeof(T));
        if (Shapes.Count(shape) != values.Length) throw new ArgumentException($"mismatched total size creating a tensor from an array: {values.Length} elements for the shape {Shapes.Text(shape)}");
        var made = new TensorCore(shape, type);
        values.CopyTo(made.Span<T>());
        if (dtype is { } other && other != type)
        {
            TensorCore converted = Engine.Convert.Dense(made, other);
            made.Release();
            made = converted;
        }

        return new Tensor(made).Flagged(requiresGrad);
    }

    private static Tensor Filled(long[] shape, Scalar value, ScalarType? dtype, bool requiresGrad)
    {
        var made = new TensorCore(shape, dtype ?? ScalarType.Float32);
        Engine.Convert.Fill(made, value);
        return new Tensor(made).Flagged(requiresGrad);
    }

    private static Tensor Uninitialized(long[] shape, ScalarType? dtype, bool requiresGrad) =>
        new Tensor(new TensorCore(shape, dtype ?? ScalarType.Float32)).Flagged(requiresGrad);

    private static ScalarType DefaultOf(Scalar value) => value.Type switch
    {
        ScalarType.Bool => ScalarType.Bool,
        ScalarType.Float32 or ScalarType.Float64 => ScalarType.Float32,
        _ => ScalarType.Int64,
    };

    private static ReadOnlySpan<T> Flat<T>(Array array)
        where T : unmanaged => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);
}
