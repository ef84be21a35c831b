using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>The opponent model of vsg Proposition 5.9 in one state.</summary>
internal static class OpponentInference
{
    /// <summary>rho_j(a_j) proportional to prior(a_j) exp(E over rho_-j of Q_j(a) / tau).</summary>
    /// <param name="q">[J], Q_j; what is the same for all a_j may be left out.</param>
    /// <param name="rho">[O], rho_-j.</param>
    /// <param name="prior">[A], 0 where illegal.</param>
    /// <param name="stride">Of j in the joint action.</param>
    /// <param name="temperature">tau, above 0.</param>
    /// <param name="model">[A], overwritten.</param>
    /// <param name="value">tau log of the denominator: E of Q_j minus tau KL(rho_j || prior) under the model.</param>
    /// <returns>The largest change of the model.</returns>
    public static double Model(ReadOnlySpan<double> q, ReadOnlySpan<double> rho, ReadOnlySpan<double> prior, int stride, double temperature, Span<double> model, out double value)
    {
        int actions = model.Length;
        double maximum = double.NegativeInfinity, sum = 0, change = 0;
        for (int a = 0; a < actions; a++)
            if (prior[a] > 0) maximum = Math.Max(maximum, ConditionalKernels.Expect(q, rho, a, stride, actions));
        for (int a = 0; a < actions; a++)
            if (prior[a] > 0) sum += Weight(q, rho, prior, a, stride, temperature, maximum);
        for (int a = 0; a < actions; a++)
        {
            double probability = prior[a] > 0 ? Weight(q, rho, prior, a, stride, temperature, maximum) / sum : 0; // vsg Eq. (5)
            change = Math.Max(change, Math.Abs(probability - model[a]));
            model[a] = probability;
        }

        value = maximum + (temperature * Math.Log(sum));
        return change;
    }

    // At most the prior, for the maximum is taken out.
    private static double Weight(ReadOnlySpan<double> q, ReadOnlySpan<double> rho, ReadOnlySpan<double> prior, int action, int stride, double temperature, double maximum) =>
        prior[action] * Simplex.Weight(ConditionalKernels.Expect(q, rho, action, stride, prior.Length), maximum, temperature);
}
