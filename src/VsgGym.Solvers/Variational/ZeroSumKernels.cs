using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>Soft answers in one state of a zero-sum game.</summary>
/// <remarks>
/// Notation: x[A] the agent, y[B] the opponent, Q(a, b) = q[a * agentStride + b * otherStride] to the agent, beta = the agent's inverse
/// temperature, lambda = the opponent's.
/// </remarks>
internal static class ZeroSumKernels
{
    /// <summary>The opponent's answer to x: y proportional to prior exp(-lambda x'Q).</summary>
    /// <param name="q">The state's Q.</param>
    /// <param name="agentStride">Of an agent's action.</param>
    /// <param name="otherStride">Of an opponent's action.</param>
    /// <param name="x">[A].</param>
    /// <param name="prior">[B].</param>
    /// <param name="lambda">Above 0.</param>
    /// <param name="y">[B], overwritten.</param>
    /// <returns>What is left to the agent: the smallest, over y, of x'Qy + KL(y || prior) / lambda.</returns>
    public static double Answer(ReadOnlySpan<double> q, int agentStride, int otherStride, ReadOnlySpan<double> x, ReadOnlySpan<double> prior, double lambda, Span<double> y)
    {
        for (int b = 0; b < y.Length; b++)
        {
            double mean = 0;
            for (int a = 0; a < x.Length; a++)
                if (x[a] > 0) mean += x[a] * q[(a * agentStride) + (b * otherStride)];
            y[b] = prior[b] > 0 ? Math.Log(prior[b]) - (lambda * mean) : double.NegativeInfinity; // vsg section 5.4, the opponent's reward being minus the agent's
        }

        double logSum = Simplex.LogSumExp(y);
        if (double.IsFinite(logSum)) Simplex.Softmax(y);
        return -logSum / lambda;
    }

    /// <summary>The opponent's reaction to one action: y proportional to prior exp(-lambda Q(a, .)).</summary>
    /// <returns>-(1 / lambda) log of the sum, the action's value.</returns>
    public static double React(ReadOnlySpan<double> q, int otherStride, ReadOnlySpan<double> prior, double lambda, Span<double> y)
    {
        for (int b = 0; b < y.Length; b++) y[b] = prior[b] > 0 ? Math.Log(prior[b]) - (lambda * q[b * otherStride]) : double.NegativeInfinity;
        double logSum = Simplex.LogSumExp(y);
        if (double.IsFinite(logSum)) Simplex.Softmax(y);
        return -logSum / lambda;
    }

    /// <summary>Mirror ascent of x to the soft saddle point, against an opponent that always answers.</summary>
    /// <remarks>
    /// The function climbed, the answer's value minus KL(x || prior) / beta, is smooth relative to the entropy with the constant lambda D^2 / 4 + 1 / beta,
    /// D the largest difference within a column of Q, so that the step below never overshoots and the error falls by 1 - step at least.
    /// </remarks>
    /// <returns>The distance of x from its own answer to y, before the last move.</returns>
    public static double Climb(ReadOnlySpan<double> q, int agentStride, int otherStride, ReadOnlySpan<double> agentPrior, ReadOnlySpan<double> otherPrior, double beta, double lambda, int most, double enough, Span<double> logX, Span<double> x, Span<double> y, Span<double> scratch, CancellationToken cancellationToken)
    {
        double difference = Difference(q, agentStride, otherStride, agentPrior, otherPrior), step = 1 / (1 + (beta * lambda * difference * difference / 4)), defect = 0;
        for (int k = 0; k < most; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Answer(q, agentStride, otherStride, x, otherPrior, lambda, y);
            cancellationToken.ThrowIfCancellationRequested();
            for (int a = 0; a < x.Length; a++)
            {
                double mean = 0;
                for (int b = 0; b < y.Length; b++) mean += y[b] * q[(a * agentStride) + (b * otherStride)];
                scratch[a] = agentPrior[a] > 0 ? Math.Log(agentPrior[a]) + (beta * mean) : double.NegativeInfinity;
            }

            double logSum = Simplex.LogSumExp(scratch);
            if (!double.IsFinite(logSum)) return double.NaN;
            for (int a = 0; a < x.Length; a++)
                if (agentPrior[a] > 0) logX[a] = ((1 - step) * logX[a]) + (step * (scratch[a] - logSum));
            Simplex.Softmax(scratch);
            defect = 0;
            for (int a = 0; a < x.Length; a++) defect = Math.Max(defect, Math.Abs(scratch[a] - x[a]));
            double total = Simplex.LogSumExp(logX);
            for (int a = 0; a < x.Length; a++) logX[a] -= total;
            logX.CopyTo(x);
            Simplex.Softmax(x);
            if (defect < enough) break;
        }

        return defect;
    }

    private static double Difference(ReadOnlySpan<double> q, int agentStride, int otherStride, ReadOnlySpan<double> agentPrior, ReadOnlySpan<double> otherPrior)
    {
        double largest = 0;
        for (int b = 0; b < otherPrior.Length; b++)
        {
            if (otherPrior[b] <= 0) continue;
            double low = double.PositiveInfinity, high = double.NegativeInfinity;
            for (int a = 0; a < agentPrior.Length; a++)
            {
                if (agentPrior[a] <= 0) continue;
                low = Math.Min(low, q[(a * agentStride) + (b * otherStride)]);
                high = Math.Max(high, q[(a * agentStride) + (b * otherStride)]);
            }

            largest = Math.Max(largest, high - low);
        }

        return largest;
    }
}
