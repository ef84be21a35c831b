using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Google.Protobuf;
using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>Doubles in row-major order with a shape: what payoffs, policies and values travel in.</summary>
/// <example>
/// <code>
/// NdArray payoffs = new double[,,] { { { 1, -1 }, { -1, 1 } }, { { -1, 1 }, { 1, -1 } } }; // [N, A_1, A_2]
/// double second = payoffs[1, 0, 0];                                                          // -1
/// </code>
/// </example>
public sealed class NdArray
{
    private readonly double[] _data;
    private readonly int[] _shape;

    /// <summary>Takes the numbers as they are, without copying.</summary>
    /// <param name="data">Row-major; as many as the product of the shape.</param>
    /// <param name="shape">Lengths of the axes, each at least 0.</param>
    /// <exception cref="InvalidArgumentException">The count does not fit the shape.</exception>
    public NdArray(double[] data, params int[] shape)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(shape);
        long count = shape.Aggregate(1L, (product, axis) => product * axis);
        if (shape.Any(axis => axis < 0) || count != data.Length)
            throw ErrorDecoder.Invalid("data", $"{data.Length} numbers", $"must be as many as the shape [{string.Join(", ", shape)}] holds", "wrong_shape");
        _data = data;
        _shape = [.. shape];
    }

    /// <summary>The numbers in row-major order.</summary>
    public ReadOnlySpan<double> Data => _data;

    /// <summary>Lengths of the axes.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>Number of axes.</summary>
    public int Rank => _shape.Length;

    /// <summary>One number.</summary>
    /// <param name="index">One position per axis.</param>
    /// <exception cref="ArgumentOutOfRangeException">A position is outside its axis, or their number is wrong.</exception>
    public double this[params ReadOnlySpan<int> index] => _data[Offset(index, Rank)];

    /// <summary>The numbers below the leading positions given: a row of a table, for instance.</summary>
    /// <param name="leading">Positions on the first axes, fewer than <see cref="Rank"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A position is outside its axis, or there are too many.</exception>
    public ReadOnlySpan<double> Row(params ReadOnlySpan<int> leading)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(leading.Length, Rank);
        int length = 1;
        foreach (int axis in _shape.AsSpan(leading.Length)) length *= axis;
        return _data.AsSpan(Offset(leading, leading.Length) * length, length);
    }

    /// <summary>Copies a .NET array of doubles of any rank.</summary>
    /// <param name="array">An array of doubles, of any rank.</param>
    /// <exception cref="InvalidArgumentException">The elements are not doubles.</exception>
    public static NdArray From(Array array)
    {
        ArgumentNullException.ThrowIfNull(array);
        if (array.GetType().GetElementType() != typeof(double))
            throw ErrorDecoder.Invalid("array", $"{array.GetType().GetElementType()!.Name} elements", "must be an array of double", "wrong_type");
        double[] data = new double[array.Length];
        Buffer.BlockCopy(array, 0, data, 0, data.Length * sizeof(double));
        return new NdArray(data, [.. Enumerable.Range(0, array.Rank).Select(array.GetLength)]);
    }

    /// <summary>Copies an array of one axis.</summary>
    public static implicit operator NdArray(double[] array) => From(array);

    /// <summary>Copies an array of two axes.</summary>
    public static implicit operator NdArray(double[,] array) => From(array);

    /// <summary>Copies an array of three axes.</summary>
    public static implicit operator NdArray(double[,,] array) => From(array);

    /// <summary>Copies an array of four axes.</summary>
    public static implicit operator NdArray(double[,,,] array) => From(array);

    /// <summary>The numbers with three decimals, one line per row of the last axis.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        int row = Rank == 0 ? 1 : Math.Max(_shape[^1], 1);
        for (int k = 0; k < _data.Length; k++)
        {
            if (k > 0) text.Append(k % row == 0 ? '\n' : ' ');
            text.Append(_data[k].ToString("0.000", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    internal Wire.Tensor ToWire()
    {
        byte[] bytes = new byte[checked(_data.Length * sizeof(double))];
        if (BitConverter.IsLittleEndian) MemoryMarshal.AsBytes(_data.AsSpan()).CopyTo(bytes);
        else
            for (int k = 0; k < _data.Length; k++) BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(k * sizeof(double)), _data[k]);
        var tensor = new Wire.Tensor { Dtype = Wire.DType.Float64, Data = UnsafeByteOperations.UnsafeWrap(bytes) };
        tensor.Shape.AddRange(_shape.Select(axis => (long)axis));
        return tensor;
    }

    internal static NdArray FromWire(Wire.Tensor tensor)
    {
        var bytes = tensor.Data.Span;
        double[] data = new double[bytes.Length / sizeof(double)];
        for (int k = 0; k < data.Length; k++) data[k] = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(k * sizeof(double))..]);
        return new NdArray(data, [.. tensor.Shape.Select(axis => checked((int)axis))]);
    }

    private int Offset(ReadOnlySpan<int> index, int axes)
    {
        if (index.Length != axes) throw new ArgumentOutOfRangeException(nameof(index), $"give {axes} positions, not {index.Length}");
        int offset = 0;
        for (int k = 0; k < index.Length; k++)
        {
            if ((uint)index[k] >= (uint)_shape[k])
                throw new ArgumentOutOfRangeException(nameof(index), $"position {index[k]} on axis {k} is not in [0, {_shape[k] - 1}]");
            offset = (offset * _shape[k]) + index[k];
        }

        return offset;
    }
}
