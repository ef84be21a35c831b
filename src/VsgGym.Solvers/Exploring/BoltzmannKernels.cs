using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>The closed forms of mge section 4 for one player and one state.</summary>
/// <remarks>Notation: Q[a] with minus infinity at illegal actions, beta = inverse temperature.</remarks>
public static class BoltzmannKernels
{
    /// <summary>The exploring policy, pi(a) proportional to exp(beta Q(a)).</summary>
    /// <param name="q">[A].</param>
    /// <param name="inverseTemperature">beta, above 0, per reward unit.</param>
    /// <param name="policy">[A], overwritten.</param>
    public static void Policy(ReadOnlySpan<double> q, double inverseTemperature, Span<double> policy)
    {
        q.CopyTo(policy);
        Simplex.Softmax(policy, inverseTemperature); // mge Eq. (2)
    }

    /// <summary>The state's value.</summary>
    /// <param name="valueOperator">Which value.</param>
    /// <param name="q">[A].</param>
    /// <param name="policy">[A], the exploring policy of q.</param>
    /// <param name="inverseTemperature">beta, above 0, per reward unit.</param>
    /// <param name="scratch">[A], overwritten.</param>
    public static double Value(ValueOperator valueOperator, ReadOnlySpan<double> q, ReadOnlySpan<double> policy, double inverseTemperature, Span<double> scratch)
    {
        double maximum = double.NegativeInfinity, expectation = 0;
        for (int a = 0; a < q.Length; a++)
        {
            maximum = Math.Max(maximum, q[a]);
            if (policy[a] > 0) expectation += policy[a] * q[a]; // mge Eqs. (4), (7)
        }

        if (valueOperator == ValueOperator.Expectation) return expectation;
        if (valueOperator == ValueOperator.Max) return maximum;
        for (int a = 0; a < q.Length; a++) scratch[a] = double.IsNegativeInfinity(q[a]) ? q[a] : inverseTemperature * (q[a] - maximum);
        return maximum + (Simplex.LogSumExp(scratch) / inverseTemperature); // mge Theorem 9
    }

    /// <summary>Moves q toward its update by the damping and returns the largest distance from the update before the move.</summary>
    /// <param name="updates">[A], U or T of the present Q's.</param>
    /// <param name="damping">alpha, in (0, 1].</param>
    /// <param name="q">[A], moved; minus infinity stays.</param>
    /// <returns>max over a of |updates - q|: the defect of the fixed point, whatever the damping.</returns>
    public static double Damp(ReadOnlySpan<double> updates, double damping, Span<double> q)
    {
        double defect = 0;
        for (int a = 0; a < q.Length; a++)
        {
            if (double.IsNegativeInfinity(q[a])) continue;
            double distance = Math.Abs(updates[a] - q[a]);
            defect = distance > defect || double.IsNaN(distance) ? distance : defect;
            q[a] = (damping * updates[a]) + ((1 - damping) * q[a]); // mge Eq. (14)
        }

        return defect;
    }
}
