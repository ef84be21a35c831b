using System.Collections.Immutable;

namespace VsgGym.Runs;

/// <summary>Averages numbers in bins of equal length; a last bin that is not full counts with what it has.</summary>
/// <param name="length">Numbers per bin, at least 1.</param>
internal sealed class BinnedMean(int length)
{
    private readonly List<double> _means = [];
    private double _sum;
    private int _count;

    /// <summary>Adds the next number.</summary>
    public void Add(double value)
    {
        _sum += value;
        if (++_count < length) return;
        _means.Add(_sum / _count);
        (_sum, _count) = (0, 0);
    }

    /// <summary>The means so far.</summary>
    public ImmutableArray<double> ToArray() => _count > 0 ? [.. _means, _sum / _count] : [.. _means];
}
