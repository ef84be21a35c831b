using static TorchSharp.torch;

namespace TorchSharp.Engine;

/// <summary>Random tensors from a counter-based generator.</summary>
internal static class RandomNumbers
{
    private const double Unit53 = 1.0 / (1L << 53);

    /// <summary>Evenly from [low, high): 24 bits for float, 53 for double.</summary>
    internal static Tensor Uniform(long[] shape, ScalarType type, double low, double high, Generator? generator)
    {
        RequireFloat(type);
        var r = new TensorCore(shape, type);
        (ulong key, ulong first) = (generator ?? Generator.Default).Take((r.Count + 1) / 2);
        for (int i = 0; i < r.Count; i += 2)
        {
            (ulong a, ulong b) = Philox.Block(key, first + ((ulong)i / 2));
            Store(r, i, Unit(a, type), low, high - low);
            if (i + 1 < r.Count) Store(r, i + 1, Unit(b, type), low, high - low);
        }

        return new Tensor(r);
    }

    /// <summary>Normal numbers by Box and Muller's transform, a pair from each block.</summary>
    internal static Tensor Normal(long[] shape, ScalarType type, double mean, double deviation, Generator? generator)
    {
        RequireFloat(type);
        var r = new TensorCore(shape, type);
        (ulong key, ulong first) = (generator ?? Generator.Default).Take((r.Count + 1) / 2);
        for (int i = 0; i < r.Count; i += 2)
        {
            (ulong a, ulong b) = Philox.Block(key, first + ((ulong)i / 2));
            double radius = Math.Sqrt(-2 * Math.Log(((a >> 11) + 1) * Unit53));
            (double sin, double cos) = Math.SinCos(2 * Math.PI * (b >> 11) * Unit53);
            Store(r, i, radius * cos, mean, deviation);
            if (i + 1 < r.Count) Store(r, i + 1, radius * sin, mean, deviation);
        }

        return new Tensor(r);
    }

    /// <summary>Whole numbers from [low, high) by multiply and shift; the bias is below the range over 2^64.</summary>
    internal static Tensor Integers(long[] shape, ScalarType type, long low, long high, Generator? generator)
    {
        TorchError.Require(low < high, $"random_ expects 'from' to be less than 'to', but got from={low} >= to={high}");
        var numbers = new TensorCore([.. shape], ScalarType.Int64);
        Span<long> span = numbers.Span<long>();
        (ulong key, ulong first) = (generator ?? Generator.Default).Take((span.Length + 1) / 2);
        ulong range = (ulong)(high - low);
        for (int i = 0; i < span.Length; i++)
        {
            (ulong a, ulong b) = Philox.Block(key, first + ((ulong)i / 2));
            span[i] = low + (long)Math.BigMul(i % 2 == 0 ? a : b, range, out ulong _);
        }

        TensorCore result = Convert.Dense(numbers, type);
        numbers.Release();
        return new Tensor(result);
    }

    /// <summary>Fisher and Yates' shuffle.</summary>
    internal static Tensor Permutation(long n, Generator? generator)
    {
        var r = new TensorCore([n], ScalarType.Int64);
        Span<long> span = r.Span<long>();
        (ulong key, ulong first) = (generator ?? Generator.Default).Take(n);
        for (int i = 0; i < span.Length; i++) span[i] = i;
        for (int i = span.Length - 1; i > 0; i--)
        {
            int j = (int)Math.BigMul(Philox.Block(key, first + (ulong)i).First, (ulong)(i + 1), out ulong _);
            (span[i], span[j]) = (span[j], span[i]);
        }

        return new Tensor(r);
    }

    /// <summary>Draws column numbers from each row of weights by inversion of the cumulative weights.</summary>
    internal static TensorCore Multinomial(TensorCore weights, int samples, bool replacement, Generator? generator)
    {
        int width = (int)weights.Shape[^1];
        int rows = weights.Count / Math.Max(1, width);
        TensorCore dense = Convert.Dense(weights, ScalarType.Float64);
        var r = new TensorCore([.. weights.Shape[..^1], samples], ScalarType.Int64);
        (ulong key, ulong first) = (generator ?? Generator.Default).Take((long)rows * samples);
        var row = new double[width];
        for (int i = 0; i < rows; i++)
        {
            dense.Span<double>().Slice(i * width, width).CopyTo(row);
            foreach (double weight in row) TorchError.Require(weight >= 0 && double.IsFinite(weight), "probability tensor contains either `inf`, `nan` or element < 0");
            for (int s = 0; s < samples; s++)
            {
                int at = (i * samples) + s;
                int drawn = Draw(row, (Philox.Block(key, first + (ulong)at).First >> 11) * Unit53);
                r.Span<long>()[at] = drawn;
                if (!replacement) row[drawn] = 0;
            }
        }

        dense.Release();
        return r;
    }

    private static int Draw(double[] weights, double unit)
    {
        double total = 0;
        foreach (double weight in weights) total += weight;
        TorchError.Require(total > 0, "invalid multinomial distribution (sum of probabilities <= 0)");
        double target = unit * total;
        int last = 0;
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] == 0) continue;
            last = i;
            sum += weights[i];
            if (target < sum) return i;
        }

        return last;
    }

    private static double Unit(ulong bits, ScalarType type) => type == ScalarType.Float32 ? (bits >> 40) * (1.0 / (1 << 24)) : (bits >> 11) * Unit53;

    private static void Store(TensorCore r, int index, double value, double offset, double scale)
    {
        if (r.Type == ScalarType.Float32) r.Span<float>()[index] = ((float)value * (float)scale) + (float)offset;
        else r.Span<double>()[index] = (value * scale) + offset;
    }

    private static void RequireFloat(ScalarType type)
    {
        if (!Types.IsFloat(type)) throw TorchError.Unsupported("normal_kernel_cpu", type);
    }
}
