using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VsgGym.Numerics;

/// <summary>Softmax of many rows at once, four numbers per instruction.</summary>
/// <remarks>
/// The exponential is Cephes' rational approximation (Moshier 1989) in plain additions and multiplications, within 2 units in the last
/// place; weights below exp(-708) are 0. A number's result depends on the number alone, never on its place in the span, so rows that are
/// equal stay equal, and blocks of any size give the same bits.
/// </remarks>
public static class SimplexRows
{
    private const double Log2E = 1.4426950408889634, Ln2High = 6.93145751953125e-1, Ln2Low = 1.42860682030941723212e-6;
    private const double Smallest = -708;
    private const int WidestBlock = 64; // rows up to here are computed four at a time
    private const double Shifter = 6755399441055744.0; // 2^52 + 2^51: added to a number, its whole part stands in the lowest bits

    /// <summary>Turns rows of log-weights into probabilities in place: p proportional to exp(inverseTemperature * value) in each row.</summary>
    /// <param name="values">[rows * width]; minus infinity marks an impossible entry; overwritten.</param>
    /// <param name="width">Entries of a row, at least 1.</param>
    /// <param name="inverseTemperature">beta, finite and at least 0, per unit of the values.</param>
    /// <exception cref="ArgumentException">A row has no finite entry, or an entry is NaN or plus infinity.</exception>
    public static void Softmax(Span<double> values, int width, double inverseTemperature)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (!(inverseTemperature >= 0) || double.IsInfinity(inverseTemperature))
            throw new ArgumentOutOfRangeException(nameof(inverseTemperature), inverseTemperature, "must be finite and at least 0");
        if (values.Length % width != 0) throw new ArgumentException($"values: {values.Length} numbers are no whole number of rows of {width}.", nameof(values));
        if (width > WidestBlock)
        {
            for (int start = 0; start < values.Length; start += width) OneRow(values.Slice(start, width), inverseTemperature);
            return;
        }

        Span<Vector256<double>> block = stackalloc Vector256<double>[width];
        Span<double> padded = stackalloc double[4 * width];
        int last = values.Length - (4 * width);
        ref double first = ref MemoryMarshal.GetReference(values);
        nint at = 0;
        for (; at <= last; at += 4 * width) FourRows(ref Unsafe.Add(ref first, at), width, inverseTemperature, block);
        if (at == values.Length) return;
        var rest = values[(int)at..];
        for (int row = 0; row < 4; row++) rest.Slice(Math.Min(row * width, rest.Length - width), width).CopyTo(padded[(row * width)..]);
        FourRows(ref padded[0], width, inverseTemperature, block);
        padded[..rest.Length].CopyTo(rest);
    }

    // Four rows side by side: column j of all of them is one vector.
    private static void FourRows(ref double first, nint width, double inverseTemperature, Span<Vector256<double>> block)
    {
        ref var columns = ref MemoryMarshal.GetReference(block);
        var maximum = Vector256.Create(double.NegativeInfinity);
        for (nint j = 0; j < width; j++)
        {
            var column = Vector256.Create(
                Unsafe.Add(ref first, j), Unsafe.Add(ref first, width + j), Unsafe.Add(ref first, (2 * width) + j), Unsafe.Add(ref first, (3 * width) + j));
            Unsafe.Add(ref columns, j) = column;
            maximum = Vector256.Max(maximum, column);
        }

        // Infinite or not a number: x - x is then not 0.
        if (!Vector256.EqualsAll(maximum - maximum, Vector256<double>.Zero)) throw NoFiniteEntry(maximum);
        var sum = Vector256<double>.Zero;
        for (nint j = 0; j < width; j++)
        {
            var column = Unsafe.Add(ref columns, j);
            // An impossible entry stays impossible even at inverse temperature 0, where 0 * -inf would be NaN.
            var impossible = Vector256.Equals(column, Vector256.Create(double.NegativeInfinity));
            var weight = Vector256.AndNot(Exp((column - maximum) * inverseTemperature), impossible);
            Unsafe.Add(ref columns, j) = weight;
            sum += weight;
        }

        for (nint j = 0; j < width; j++)
        {
            var probability = Unsafe.Add(ref columns, j) / sum;
            Unsafe.Add(ref first, j) = probability[0];
            Unsafe.Add(ref first, width + j) = probability[1];
            Unsafe.Add(ref first, (2 * width) + j) = probability[2];
            Unsafe.Add(ref first, (3 * width) + j) = probability[3];
        }
    }

    private static void OneRow(Span<double> row, double inverseTemperature)
    {
        double maximum = double.NegativeInfinity, sum = 0;
        foreach (double value in row) maximum = Math.Max(maximum, value);
        if (!double.IsFinite(maximum)) throw NoFiniteEntry(Vector256.Create(maximum));
        foreach (ref double value in row) value = double.IsNegativeInfinity(value) ? value : inverseTemperature * (value - maximum);
        ExpNotAboveZero(row);
        foreach (double weight in row) sum += weight;
        foreach (ref double weight in row) weight /= sum;
    }

    private static ArgumentException NoFiniteEntry(Vector256<double> maximum) =>
        new($"values: the largest entries of some rows are {maximum}; a softmax needs at least one finite entry in each row and no NaN.");

    /// <summary>exp of each number, none above 0; minus infinity gives 0.</summary>
    internal static void ExpNotAboveZero(Span<double> values)
    {
        ref double first = ref MemoryMarshal.GetReference(values);
        int k = 0;
        for (; k <= values.Length - 4; k += 4) Exp(Vector256.LoadUnsafe(ref first, (nuint)k)).StoreUnsafe(ref first, (nuint)k);
        if (k == values.Length) return;
        Span<double> rest = stackalloc double[4];
        rest.Clear();
        values[k..].CopyTo(rest);
        Exp(Vector256.Create<double>(rest)).CopyTo(rest);
        rest[..(values.Length - k)].CopyTo(values[k..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Exp(Vector256<double> x)
    {
        var isPositive = Vector256.GreaterThanOrEqual(x, Vector256.Create(Smallest));
        x = Vector256.ConditionalSelect(isPositive, x, Vector256<double>.Zero);
        var shifted = (x * Log2E) + Vector256.Create(Shifter);
        var n = shifted - Vector256.Create(Shifter); // x = n log 2 + r, |r| at most log(2) / 2
        var r = x - (n * Ln2High) - (n * Ln2Low);
        var rr = r * r;
        var p = r * ((((rr * 1.26177193074810590878e-4) + Vector256.Create(3.02994407707441961300e-2)) * rr) + Vector256.Create(9.99999999999999999910e-1));
        var q = (((((rr * 3.00198505138664455042e-6) + Vector256.Create(2.52448340349684104192e-3)) * rr) + Vector256.Create(2.27265548208155028766e-1)) * rr) + Vector256.Create(2.0);
        var e = Vector256.Create(1.0) + ((p / (q - p)) * 2.0);
        var scaled = (e.AsInt64() + Vector256.ShiftLeft(shifted.AsInt64(), 52)).AsDouble(); // e * 2^n: the exponent's bits grow by n
        return scaled & isPositive;
    }
}
