using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>The closed forms of vsg section 5.1 for one player and one state.</summary>
/// <remarks>
/// Notation: A own actions, O joint actions of the others, Q[J] in the order of the game's joint actions, pi[O, A] = pi(a | s, o), rho[O],
/// tau = temperature. The log prior of Definition 5.1 is left out of Q: it is the same for all own actions, so it cancels in Proposition 5.2
/// and Eq. (4), and the state value takes it back as part of the divergence.
/// </remarks>
internal static class ConditionalKernels
{
    private const int CheckedRows = 64; // between two looks at a token

    /// <summary>The joint action of the others' o and the own a.</summary>
    /// <param name="others">o, row-major over the others in player order.</param>
    /// <param name="action">a.</param>
    /// <param name="stride">Of the player in the joint action.</param>
    /// <param name="actions">A.</param>
    public static int Joint(int others, int action, int stride, int actions) => (((others / stride * actions) + action) * stride) + (others % stride);

    /// <summary>Moves a conditional policy by vsg Eq. (4).</summary>
    /// <param name="q">[J].</param>
    /// <param name="actions">A.</param>
    /// <param name="stride">Of the player in the joint action.</param>
    /// <param name="weight">eta / (1 - gamma), in (0, 1].</param>
    /// <param name="temperature">tau, above 0.</param>
    /// <param name="logPolicy">[O, A], log pi, moved; minus infinity stays.</param>
    /// <param name="policy">[O, A], overwritten.</param>
    /// <param name="cancellationToken">Checked between some rows; those before are moved then, those behind are not.</param>
    /// <returns>The largest distance of Q - tau log pi from its mean under pi before the move, 0 at Proposition 5.2.</returns>
    public static double Improve(ReadOnlySpan<double> q, int actions, int stride, double weight, double temperature, Span<double> logPolicy, Span<double> policy, CancellationToken cancellationToken)
    {
        double defect = 0;
        for (int o = 0; o < policy.Length / actions; o++)
        {
            if (o % CheckedRows == 0) cancellationToken.ThrowIfCancellationRequested();
            var probabilities = policy.Slice(o * actions, actions);
            var logits = logPolicy.Slice(o * actions, actions);
            double mean = 0, maximum = double.NegativeInfinity;
            for (int a = 0; a < actions; a++)
            {
                if (double.IsNegativeInfinity(logits[a])) continue;
                double value = q[Joint(o, a, stride, actions)];
                mean += probabilities[a] * (value - (temperature * logits[a]));
                maximum = Math.Max(maximum, value);
            }

            for (int a = 0; a < actions; a++)
            {
                if (double.IsNegativeInfinity(logits[a])) continue;
                double value = q[Joint(o, a, stride, actions)];
                defect = Math.Max(defect, Math.Abs(value - (temperature * logits[a]) - mean));
                logits[a] = ((1 - weight) * logits[a]) + (weight * ((value - maximum) / temperature)); // vsg Eq. (4)
            }

            Normalize(logits, probabilities);
        }

        return defect;
    }

    /// <summary>The same for a policy that does not see o: it answers the mean of Q over rho, and every row of [O, A] is set to it.</summary>
    public static double ImproveIndependent(ReadOnlySpan<double> q, ReadOnlySpan<double> rho, int stride, double weight, double temperature, Span<double> logPolicy, Span<double> policy)
    {
        int actions = policy.Length / rho.Length;
        double mean = 0, defect = 0, maximum = double.NegativeInfinity;
        var logits = logPolicy[..actions];
        for (int a = 0; a < actions; a++)
        {
            if (double.IsNegativeInfinity(logits[a])) continue;
            double value = Expect(q, rho, a, stride, actions);
            mean += policy[a] * (value - (temperature * logits[a]));
            maximum = Math.Max(maximum, value);
        }

        for (int a = 0; a < actions; a++)
        {
            if (double.IsNegativeInfinity(logits[a])) continue;
            double value = Expect(q, rho, a, stride, actions);
            defect = Math.Max(defect, Math.Abs(value - (temperature * logits[a]) - mean));
            logits[a] = ((1 - weight) * logits[a]) + (weight * ((value - maximum) / temperature));
        }

        Normalize(logits, policy[..actions]);
        for (int o = 1; o < rho.Length; o++)
        {
            logits.CopyTo(logPolicy.Slice(o * actions, actions));
            policy[..actions].CopyTo(policy.Slice(o * actions, actions));
        }

        return defect;
    }

    /// <summary>sum over o of rho(o) Q(o, a).</summary>
    public static double Expect(ReadOnlySpan<double> q, ReadOnlySpan<double> rho, int action, int stride, int actions)
    {
        double sum = 0;
        for (int o = 0; o < rho.Length; o++) sum += rho[o] * q[Joint(o, action, stride, actions)];
        return sum;
    }

    /// <summary>sum over o and a of rho(o) pi(a | o) Q(o, a).</summary>
    public static double Expect(ReadOnlySpan<double> q, ReadOnlySpan<double> rho, ReadOnlySpan<double> policy, int stride)
    {
        int actions = policy.Length / rho.Length;
        double sum = 0;
        for (int o = 0; o < rho.Length; o++)
        {
            if (rho[o] == 0) continue;
            double mean = 0;
            for (int a = 0; a < actions; a++) mean += policy[(o * actions) + a] * q[Joint(o, a, stride, actions)];
            sum += rho[o] * mean;
        }

        return sum;
    }

    /// <summary>What is played: marginal(a) = sum over o of rho(o) pi(a | o), the policy of vsg Algorithm 1.</summary>
    /// <returns>The largest change.</returns>
    public static double Marginal(ReadOnlySpan<double> rho, ReadOnlySpan<double> policy, Span<double> marginal)
    {
        // The sum is kept at 1: with three players or more its rounding error would grow with every step, as a product of the others' errors.
        double change = 0, total = 0;
        for (int a = 0; a < marginal.Length; a++) total += Mean(rho, policy, a, marginal.Length);
        for (int a = 0; a < marginal.Length; a++)
        {
            double mean = Mean(rho, policy, a, marginal.Length) / total;
            change = Math.Max(change, Math.Abs(mean - marginal[a]));
            marginal[a] = mean;
        }

        return change;
    }

    /// <summary>sum over o of rho(o) H(pi(. | o)).</summary>
    public static double Entropy(ReadOnlySpan<double> rho, ReadOnlySpan<double> policy)
    {
        int actions = policy.Length / rho.Length;
        double sum = 0;
        for (int o = 0; o < rho.Length; o++)
            if (rho[o] > 0) sum += rho[o] * Simplex.Entropy(policy.Slice(o * actions, actions));
        return sum;
    }

    private static double Mean(ReadOnlySpan<double> rho, ReadOnlySpan<double> policy, int action, int actions)
    {
        double sum = 0;
        for (int o = 0; o < rho.Length; o++) sum += rho[o] * policy[(o * actions) + action];
        return sum;
    }

    private static void Normalize(Span<double> logits, Span<double> probabilities)
    {
        logits.CopyTo(probabilities);
        Simplex.Softmax(probabilities);
        double logSum = Simplex.LogSumExp(logits);
        foreach (ref double logit in logits) logit -= logSum;
    }
}
