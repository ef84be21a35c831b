using System.Runtime.Intrinsics;
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
    public static double Value(ValueOperator valueOperator, ReadOnlySpan<double> q, ReadOnlySpan<double> policy, double inverseTemperature)
    {
        if (valueOperator == ValueOperator.Expectation) return StateValues.Expected(q, policy); // mge Eqs. (4), (7)
        double maximum = double.NegativeInfinity;
        int best = 0;
        for (int a = 0; a < q.Length; a++)
            if (q[a] > maximum) (maximum, best) = (q[a], a);
        if (valueOperator == ValueOperator.Max) return maximum;
        return maximum - (Math.Log(policy[best]) / inverseTemperature); // mge Theorem 9: policy[best] = 1 / sum exp(beta (Q - max))
    }

    /// <summary>Moves q toward its update by the damping and returns the largest distance from the update before the move.</summary>
    /// <param name="updates">[A], U or T of the present Q's.</param>
    /// <param name="damping">alpha, in (0, 1].</param>
    /// <param name="q">[A], moved; minus infinity stays.</param>
    /// <returns>max over a of |updates - q|: the defect of the fixed point, whatever the damping.</returns>
    public static double Damp(ReadOnlySpan<double> updates, double damping, Span<double> q)
    {
        if (updates.Length != q.Length) throw new ArgumentException($"updates: length {updates.Length} differs from q's {q.Length}.", nameof(updates));
        var largest = Vector256<double>.Zero; // NaN stays: Max propagates it
        Vector256<double> kept = Vector256.Create(1 - damping), illegal = Vector256.Create(double.NegativeInfinity);
        int a = 0;
        for (; a <= q.Length - 4; a += 4)
        {
            Vector256<double> update = Vector256.Create(updates[a..]), held = Vector256.Create<double>(q[a..]);
            var legal = ~Vector256.Equals(held, illegal);
            largest = Vector256.Max(largest, Vector256.Abs(update - held) & legal);
            Vector256.ConditionalSelect(legal, (update * damping) + (held * kept), held).CopyTo(q[a..]); // mge Eq. (14)
        }

        double defect = Math.Max(Math.Max(largest[0], largest[1]), Math.Max(largest[2], largest[3]));
        for (; a < q.Length; a++)
        {
            if (double.IsNegativeInfinity(q[a])) continue;
            defect = Math.Max(defect, Math.Abs(updates[a] - q[a]));
            q[a] = (damping * updates[a]) + ((1 - damping) * q[a]);
        }

        return defect;
    }
}
