using System.Diagnostics;

namespace VsgGym.Benchmarks;

/// <summary>Times of one thing, in microseconds.</summary>
internal sealed class Samples
{
    private readonly List<double> _microseconds = [];

    public double Median => Quantile(0.5);

    public void Add(long startTimestamp) => _microseconds.Add(Stopwatch.GetElapsedTime(startTimestamp).TotalMicroseconds);

    public double Quantile(double share)
    {
        double[] sorted = [.. _microseconds.Order()];
        return sorted[(int)(share * (sorted.Length - 1))];
    }

    public override string ToString() => FormattableString.Invariant($"median {Median:0.0} us, 90 % below {Quantile(0.9):0.0} us");
}
