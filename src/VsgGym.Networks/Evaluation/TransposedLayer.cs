using System.Numerics;

namespace VsgGym.Networks;

/// <summary>A dense layer with its weight as [inputs, width]: the lanes of a vector are outputs.</summary>
/// <remarks>
/// Each output is bias + x_0 w_0 + x_1 w_1 + ... in this order, one rounding per product and per sum, so the numbers depend neither on the
/// width of the machine's vectors nor on how many rows are computed together.
/// </remarks>
internal sealed class TransposedLayer
{
    private static readonly int Lanes = Vector<double>.Count;
    private readonly double[] _weight; // [inputs, width]
    private readonly double[] _bias;   // [width]

    public TransposedLayer(DenseLayer layer)
    {
        (Inputs, Outputs) = (layer.Inputs, layer.Outputs);
        Width = (Outputs + (2 * Lanes) - 1) / (2 * Lanes) * (2 * Lanes);
        _weight = new double[Inputs * Width];
        _bias = new double[Width];
        for (int o = 0; o < Outputs; o++) _bias[o] = layer.Bias.Span[o];
        var weight = layer.Weight.Span;
        for (int o = 0; o < Outputs; o++)
            for (int i = 0; i < Inputs; i++) _weight[(i * Width) + o] = weight[(o * Inputs) + i];
    }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>Outputs, filled up with zeros to whole vectors.</summary>
    public int Width { get; }

    /// <summary>Writes the bias into each row of y, [rows, width].</summary>
    public void Start(Span<double> y)
    {
        for (int start = 0; start < y.Length; start += Width) _bias.CopyTo(y[start..]);
    }

    /// <summary>What a one-hot input adds, [width].</summary>
    /// <param name="input">Which input is 1.</param>
    public ReadOnlySpan<double> Row(int input) => _weight.AsSpan(input * Width, Width);

    /// <summary>Adds the part of some neighboring inputs: y += x W^T.</summary>
    /// <param name="first">The number of x's first input.</param>
    /// <param name="count">Inputs in x.</param>
    /// <param name="x">[rows, stride], of which the first <paramref name="count"/> of each row are read.</param>
    /// <param name="stride">Numbers from one row of x to the next.</param>
    /// <param name="y">[rows, width].</param>
    public void Add(int first, int count, ReadOnlySpan<double> x, int stride, Span<double> y)
    {
        var weight = _weight.AsSpan(first * Width, count * Width);
        int rows = y.Length / Width, r = 0;
        for (; r + 4 <= rows; r += 4) AddFour(weight, count, x[(r * stride)..], stride, y.Slice(r * Width, 4 * Width));
        for (; r < rows; r++) AddOne(weight, x.Slice(r * stride, count), y.Slice(r * Width, Width));
    }

    private void AddFour(ReadOnlySpan<double> weight, int count, ReadOnlySpan<double> x, int stride, Span<double> y)
    {
        ReadOnlySpan<double> x0 = x[..count], x1 = x.Slice(stride, count), x2 = x.Slice(2 * stride, count), x3 = x.Slice(3 * stride, count);
        Span<double> y0 = y[..Width], y1 = y.Slice(Width, Width), y2 = y.Slice(2 * Width, Width), y3 = y.Slice(3 * Width, Width);
        for (int o = 0; o < Width; o += 2 * Lanes)
        {
            Vector<double> a0 = new(y0[o..]), b0 = new(y0[(o + Lanes)..]), a1 = new(y1[o..]), b1 = new(y1[(o + Lanes)..]);
            Vector<double> a2 = new(y2[o..]), b2 = new(y2[(o + Lanes)..]), a3 = new(y3[o..]), b3 = new(y3[(o + Lanes)..]);
            for (int i = 0, at = o; i < count; i++, at += Width)
            {
                Vector<double> a = new(weight[at..]), b = new(weight[(at + Lanes)..]);
                (a0, b0) = (a0 + (a * x0[i]), b0 + (b * x0[i]));
                (a1, b1) = (a1 + (a * x1[i]), b1 + (b * x1[i]));
                (a2, b2) = (a2 + (a * x2[i]), b2 + (b * x2[i]));
                (a3, b3) = (a3 + (a * x3[i]), b3 + (b * x3[i]));
            }

            Write(a0, b0, y0[o..]);
            Write(a1, b1, y1[o..]);
            Write(a2, b2, y2[o..]);
            Write(a3, b3, y3[o..]);
        }
    }

    private static void AddOne(ReadOnlySpan<double> weight, ReadOnlySpan<double> x, Span<double> y)
    {
        for (int o = 0; o < y.Length; o += 2 * Lanes)
        {
            Vector<double> a = new(y[o..]), b = new(y[(o + Lanes)..]);
            for (int i = 0, at = o; i < x.Length; i++, at += y.Length)
                (a, b) = (a + (new Vector<double>(weight[at..]) * x[i]), b + (new Vector<double>(weight[(at + Lanes)..]) * x[i]));
            Write(a, b, y[o..]);
        }
    }

    private static void Write(Vector<double> first, Vector<double> second, Span<double> y)
    {
        first.CopyTo(y);
        second.CopyTo(y[Lanes..]);
    }
}
