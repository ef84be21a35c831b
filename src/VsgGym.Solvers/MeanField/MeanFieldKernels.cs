using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>The closed forms of vsg section 5.2 for one time and state.</summary>
public static class MeanFieldKernels
{
    /// <summary>Turns action values into the regularized answer in place: pi(a) proportional to prior(a) exp(Q(a) / temperature).</summary>
    /// <param name="row">[A], Q; overwritten with pi, or with NaN where no possible action's value is finite.</param>
    /// <param name="logPrior">[A]; minus infinity marks an action that is never played.</param>
    /// <param name="temperature">eta, above 0, in reward units.</param>
    /// <returns>The soft value eta log sum prior(a) exp(Q(a) / eta).</returns>
    public static double Soften(Span<double> row, ReadOnlySpan<double> logPrior, double temperature)
    {
        double highest = double.NegativeInfinity;
        for (int a = 0; a < row.Length; a++)
            if (!double.IsNegativeInfinity(logPrior[a])) highest = Math.Max(highest, row[a]); // NaN stays
        if (!double.IsFinite(highest))
        {
            row.Fill(double.NaN);
            return double.NaN;
        }

        for (int a = 0; a < row.Length; a++)
            row[a] = double.IsNegativeInfinity(logPrior[a]) ? logPrior[a] : logPrior[a] + ((row[a] - highest) / temperature);
        double value = highest + (temperature * Simplex.LogSumExp(row)); // vsg Eq. (11), at its optimum
        Simplex.Softmax(row); // vsg Eq. (12)
        return value;
    }

    /// <summary>Turns action values into a best response in place: the lowest-numbered action among the best.</summary>
    /// <param name="row">[A], Q; overwritten.</param>
    /// <param name="highest">The largest of them.</param>
    public static void Respond(Span<double> row, double highest)
    {
        int best = row.IndexOf(highest);
        row.Clear();
        row[Math.Max(best, 0)] = best < 0 ? double.NaN : 1;
    }
}
