using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>Action values of one player, a row per place.</summary>
/// <param name="places">Rows, at least 1.</param>
/// <param name="width">Numbers per row: own actions, or joint actions.</param>
internal sealed class QTable(int places, int width)
{
    private const int DrawnAtOnce = 1 << 18;
    private readonly double[] _values = new double[checked(places * width)];

    /// <summary>The row of a place, [width].</summary>
    public Span<double> this[int place] => _values.AsSpan(place * width, width);

    /// <summary>Draws every value uniformly from [0, scale).</summary>
    public void Draw(double scale, ref RandomStream random, CancellationToken cancellationToken)
    {
        for (int start = 0; start < _values.Length; start += DrawnAtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (ref double value in _values.AsSpan(start, Math.Min(DrawnAtOnce, _values.Length - start))) value = scale * random.NextDouble();
        }
    }

    /// <summary>Moves a value toward a target.</summary>
    /// <returns>The change, NaN where the new value would not be finite; it then stays.</returns>
    public double Learn(int place, int column, double target, double learningRate)
    {
        ref double value = ref _values[(place * width) + column];
        double change = learningRate * (target - value);
        if (!double.IsFinite(value + change)) return double.NaN;
        value += change;
        return change;
    }
}
