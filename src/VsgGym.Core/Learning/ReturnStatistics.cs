namespace VsgGym.Core;

/// <summary>Mean, spread and range of numbers that come one at a time (Welford 1962); the order decides the last bits.</summary>
internal sealed class ReturnStatistics
{
    private long _count;
    private double _squares; // of the deviations from the mean

    public double Mean { get; private set; }

    public double Lowest { get; private set; } = double.PositiveInfinity;

    public double Highest { get; private set; } = double.NegativeInfinity;

    /// <summary>Of the mean; NaN for a single number.</summary>
    public double StandardError => _count > 1 ? Math.Sqrt(_squares / (_count - 1) / _count) : double.NaN;

    public void Add(double value)
    {
        double deviation = value - Mean;
        Mean += deviation / ++_count;
        _squares += deviation * (value - Mean);
        Lowest = Math.Min(Lowest, value);
        Highest = Math.Max(Highest, value);
    }
}
