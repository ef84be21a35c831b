using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>The closed forms of rommeo section 3.1 for one player and one state, in log space.</summary>
/// <remarks>Notation: O joint actions of the opponents, A own actions, Q[o, a] with minus infinity at illegal own actions, alpha = temperature.</remarks>
public static class RommeoKernels
{
    /// <summary>log P(o) + alpha log sum over a of exp(Q[o, a] / alpha): the logarithm of the summand in rommeo Eq. (9).</summary>
    /// <param name="q">[O * A].</param>
    /// <param name="prior">[O], P(. | s).</param>
    /// <param name="temperature">alpha, above 0, in reward units.</param>
    /// <param name="scratch">[A], overwritten.</param>
    /// <param name="logits">[O], overwritten.</param>
    public static void LogTerms(ReadOnlySpan<double> q, ReadOnlySpan<double> prior, double temperature, Span<double> scratch, Span<double> logits)
    {
        for (int o = 0; o < prior.Length; o++)
            logits[o] = prior[o] > 0
                ? Math.Log(prior[o]) + SoftMaximum(q.Slice(o * scratch.Length, scratch.Length), temperature, scratch)
                : double.NegativeInfinity;
    }

    /// <summary>The soft state value, rommeo Eq. (9).</summary>
    /// <param name="q">[O * A].</param>
    /// <param name="prior">[O].</param>
    /// <param name="temperature">alpha, above 0.</param>
    /// <param name="scratch">[A], overwritten.</param>
    /// <param name="logits">[O], overwritten.</param>
    public static double Value(ReadOnlySpan<double> q, ReadOnlySpan<double> prior, double temperature, Span<double> scratch, Span<double> logits)
    {
        LogTerms(q, prior, temperature, scratch, logits);
        return Simplex.LogSumExp(logits); // rommeo Eq. (9)
    }

    /// <summary>The soft state value where the opponent model is the prior itself: sum over o of P(o) alpha log sum over a of exp(Q[o, a] / alpha).</summary>
    /// <remarks>The objective behind rommeo Eq. (9) with rho := P, whose divergence from the prior is 0, and the best conditional policy (10).</remarks>
    /// <param name="q">[O * A].</param>
    /// <param name="prior">[O].</param>
    /// <param name="temperature">alpha, above 0.</param>
    /// <param name="scratch">[A], overwritten.</param>
    public static double ValueUnderPrior(ReadOnlySpan<double> q, ReadOnlySpan<double> prior, double temperature, Span<double> scratch)
    {
        double value = 0;
        for (int o = 0; o < prior.Length; o++)
            if (prior[o] > 0) value += prior[o] * SoftMaximum(q.Slice(o * scratch.Length, scratch.Length), temperature, scratch);
        return value;
    }

    /// <summary>The opponent model, rommeo Eq. (11).</summary>
    /// <param name="q">[O * A].</param>
    /// <param name="prior">[O].</param>
    /// <param name="temperature">alpha, above 0.</param>
    /// <param name="scratch">[A], overwritten.</param>
    /// <param name="rho">[O], overwritten.</param>
    public static void OpponentModel(ReadOnlySpan<double> q, ReadOnlySpan<double> prior, double temperature, Span<double> scratch, Span<double> rho)
    {
        LogTerms(q, prior, temperature, scratch, rho);
        Simplex.Softmax(rho); // rommeo Eq. (11)
    }

    /// <summary>The conditional policy given the opponents' actions, rommeo Eq. (10).</summary>
    /// <param name="q">[A], the row of one joint action of the opponents.</param>
    /// <param name="temperature">alpha, above 0.</param>
    /// <param name="policy">[A], overwritten.</param>
    public static void ConditionalPolicy(ReadOnlySpan<double> q, double temperature, Span<double> policy)
    {
        double maximum = Maximum(q);
        for (int a = 0; a < q.Length; a++) policy[a] = (q[a] - maximum) / temperature;
        Simplex.Softmax(policy); // rommeo Eq. (10)
    }

    /// <summary>What is played: the conditional policy averaged over the opponent model, rommeo Algorithm 1.</summary>
    /// <param name="q">[O * A].</param>
    /// <param name="rho">[O].</param>
    /// <param name="temperature">alpha, above 0.</param>
    /// <param name="scratch">[A], overwritten.</param>
    /// <param name="policy">[A], overwritten.</param>
    public static void MarginalPolicy(ReadOnlySpan<double> q, ReadOnlySpan<double> rho, double temperature, Span<double> scratch, Span<double> policy)
    {
        policy.Clear();
        for (int o = 0; o < rho.Length; o++)
        {
            if (rho[o] == 0) continue;
            ConditionalPolicy(q.Slice(o * policy.Length, policy.Length), temperature, scratch);
            for (int a = 0; a < policy.Length; a++) policy[a] += rho[o] * scratch[a];
        }
    }

    // alpha log sum exp(q / alpha); the maximum is taken out before the division, which might overflow.
    private static double SoftMaximum(ReadOnlySpan<double> q, double temperature, Span<double> scratch)
    {
        double maximum = Maximum(q);
        for (int a = 0; a < q.Length; a++) scratch[a] = (q[a] - maximum) / temperature;
        return maximum + (temperature * Simplex.LogSumExp(scratch));
    }

    private static double Maximum(ReadOnlySpan<double> q)
    {
        double maximum = double.NegativeInfinity;
        foreach (double value in q) maximum = Math.Max(maximum, value);
        return maximum;
    }
}
