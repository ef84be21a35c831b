namespace VsgGym.Numerics;

/// <summary>The probability simplex: the only place that exponentiates probabilities, always after subtracting the maximum.</summary>
public static class Simplex
{
    /// <summary>log sum exp(values), without overflow; minus infinity for an empty span or when every value is minus infinity.</summary>
    /// <param name="values">[n], in logarithmic units.</param>
    public static double LogSumExp(ReadOnlySpan<double> values)
    {
        double maximum = double.NegativeInfinity;
        foreach (double value in values) maximum = Math.Max(maximum, value);
        if (double.IsInfinity(maximum)) return maximum;
        double sum = 0;
        foreach (double value in values) sum += Math.Exp(value - maximum);
        return maximum + Math.Log(sum);
    }

    /// <summary>Turns log-weights into probabilities in place: p proportional to exp(inverseTemperature * value).</summary>
    /// <param name="values">[n]; minus infinity marks an impossible entry; overwritten by probabilities that sum to 1.</param>
    /// <param name="inverseTemperature">beta, at least 0, per unit of the values. Default 1.</param>
    /// <exception cref="ArgumentException">Every entry is impossible, or an entry is NaN or plus infinity.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The inverse temperature is negative or not finite.</exception>
    public static void Softmax(Span<double> values, double inverseTemperature = 1.0)
    {
        if (!(inverseTemperature >= 0) || double.IsInfinity(inverseTemperature))
            throw new ArgumentOutOfRangeException(nameof(inverseTemperature), inverseTemperature, "must be finite and at least 0");
        double maximum = double.NegativeInfinity;
        foreach (double value in values) maximum = Math.Max(maximum, value);
        if (!double.IsFinite(maximum))
            throw new ArgumentException($"values: the largest is {maximum}; a softmax needs at least one finite entry and no NaN.", nameof(values));
        double sum = 0;
        foreach (ref double value in values)
            // An impossible entry stays impossible even at inverse temperature 0, where 0 * -inf would be NaN.
            sum += value = double.IsNegativeInfinity(value) ? 0.0 : Math.Exp(inverseTemperature * (value - maximum));
        foreach (ref double value in values) value /= sum;
    }

    /// <summary>exp((value - total) / temperature): with the largest value as total a softmax's weight before its division, with a log-sum-exp a probability.</summary>
    /// <param name="value">In the temperature's unit; minus infinity gives 0.</param>
    /// <param name="total">Finite, and for a result of at most 1 not below the value.</param>
    /// <param name="temperature">Above 0. Default 1.</param>
    public static double Weight(double value, double total, double temperature = 1.0) => Math.Exp((value - total) / temperature);

    /// <summary>The Shannon entropy -sum p log p, in nats, with 0 log 0 = 0.</summary>
    /// <param name="probabilities">[n], a distribution.</param>
    public static double Entropy(ReadOnlySpan<double> probabilities)
    {
        double entropy = 0;
        foreach (double p in probabilities)
            if (p > 0) entropy -= p * Math.Log(p);
        return entropy;
    }

    /// <summary>The Kullback-Leibler divergence KL(p || q), in nats; plus infinity where q vanishes and p does not.</summary>
    /// <param name="p">[n], a distribution.</param>
    /// <param name="q">[n], a distribution.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double KullbackLeibler(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        if (p.Length != q.Length) throw new ArgumentException($"q: length {q.Length} differs from p's {p.Length}.", nameof(q));
        double divergence = 0;
        for (int i = 0; i < p.Length; i++)
        {
            if (p[i] <= 0) continue;
            if (q[i] <= 0) return double.PositiveInfinity;
            divergence += p[i] * Math.Log(p[i] / q[i]);
        }

        return divergence;
    }

    /// <summary>Whether a span is a distribution: finite, no entry below 0, sum within <paramref name="tolerance"/> of 1.</summary>
    /// <param name="probabilities">[n].</param>
    /// <param name="tolerance">Allowed distance of the sum from 1. Default 1e-9.</param>
    public static bool IsDistribution(ReadOnlySpan<double> probabilities, double tolerance = 1e-9)
    {
        double sum = 0;
        foreach (double p in probabilities)
        {
            if (!(p >= 0) || double.IsInfinity(p)) return false;
            sum += p;
        }

        return Math.Abs(sum - 1.0) <= tolerance;
    }

    /// <summary>Inverts the cumulative distribution: the first index whose running sum exceeds u, never one of probability 0.</summary>
    /// <param name="probabilities">[n], a distribution.</param>
    /// <param name="u">A number in [0, 1).</param>
    /// <returns>An index in [0, n).</returns>
    public static int Sample(ReadOnlySpan<double> probabilities, double u)
    {
        double sum = 0;
        int last = 0;
        for (int i = 0; i < probabilities.Length; i++)
        {
            if (probabilities[i] <= 0) continue;
            last = i;
            sum += probabilities[i];
            if (u < sum) return i;
        }

        return last; // the running sum may end a rounding error below 1
    }
}
