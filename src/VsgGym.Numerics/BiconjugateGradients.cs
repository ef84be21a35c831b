namespace VsgGym.Numerics;

/// <summary>Large sparse linear systems A x = b, not symmetric, by stabilized biconjugate gradients.</summary>
/// <remarks>
/// Bi-CGSTAB of H. A. van der Vorst (1992), SIAM Journal on Scientific and Statistical Computing 13(2), without preconditioner; the names of
/// the numbers are the paper's. Two products with A in an iteration and six vectors of memory. It may break down or stagnate, and its residual is
/// carried along and not computed anew, so whoever needs a bound looks at b - A x afterwards. The sums run in order, so the same data give the same bits.
/// </remarks>
public static class BiconjugateGradients
{
    /// <summary>Improves x until ||b - A x|| is at most the tolerance, a number leaves its range, or the method breaks down.</summary>
    /// <param name="map">A.</param>
    /// <param name="right">b, [n].</param>
    /// <param name="x">[n], a start on entry; on return the vector of the least residual seen, by the method's own count.</param>
    /// <param name="tolerance">Of the Euclidean norm of the residual, at least 0, in the units of b.</param>
    /// <param name="mostIterations">At least 0.</param>
    /// <param name="cancellationToken">Checked before every product with A.</param>
    /// <returns>The iterations.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; x is then of no use.</exception>
    public static int Improve(ILinearMap map, ReadOnlySpan<double> right, Span<double> x, double tolerance, int mostIterations, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (right.Length != x.Length) throw new ArgumentException($"right: length {right.Length} differs from x's {x.Length}.", nameof(right));
        int n = x.Length;
        double[] best = x.ToArray(), r = new double[n], shadow = new double[n], p = new double[n], v = new double[n], t = new double[n];
        Residual(map, right, x, r, cancellationToken);
        r.CopyTo(shadow, 0);
        double rho = 1, alpha = 1, omega = 1, norm = Norm(r), least = norm;
        int iterations = 0;
        while (iterations < mostIterations && norm > tolerance)
        {
            iterations++;
            double rhoBefore = rho, beta = (rho = Dot(shadow, r)) / rhoBefore * (alpha / omega);
            for (int k = 0; k < n; k++) p[k] = r[k] + (beta * (p[k] - (omega * v[k])));
            Apply(map, p, v, cancellationToken);
            alpha = rho / Dot(shadow, v);
            for (int k = 0; k < n; k++) r[k] -= alpha * v[k]; // s
            Apply(map, r, t, cancellationToken);
            double square = Dot(t, t);
            omega = square > 0 ? Dot(t, r) / square : 0;
            for (int k = 0; k < n; k++)
            {
                x[k] += (alpha * p[k]) + (omega * r[k]);
                r[k] -= omega * t[k];
            }

            norm = Norm(r);
            if (!double.IsFinite(norm)) break;
            if (norm < least)
            {
                least = norm;
                x.CopyTo(best);
            }

            if (omega == 0) break;
        }

        best.CopyTo(x);
        return iterations;
    }

    private static void Residual(ILinearMap map, ReadOnlySpan<double> right, ReadOnlySpan<double> x, Span<double> residual, CancellationToken cancellationToken)
    {
        Apply(map, x, residual, cancellationToken);
        for (int k = 0; k < residual.Length; k++) residual[k] = right[k] - residual[k];
    }

    private static void Apply(ILinearMap map, ReadOnlySpan<double> x, Span<double> y, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        map.Apply(x, y);
    }

    private static double Norm(ReadOnlySpan<double> x) => Math.Sqrt(Dot(x, x));

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int k = 0; k < x.Length; k++) sum += x[k] * y[k];
        return sum;
    }
}
