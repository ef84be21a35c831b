namespace VsgGym.Numerics;

/// <summary>Iterative refinement of the right sides of a tableau whose basis is nearly singular: x += B^-1 (b - B x).</summary>
/// <remarks>The residual is summed with its rounding errors; the logical columns of the tableau hold B^-1.</remarks>
internal static class RightSideRefinement
{
    private const double RefinedFrom = 1 << 14; // numbers in the inverse of the basis
    private const int Passes = 2;

    /// <summary>Mends the right sides of a tableau that has just been built, where its basis asks for it.</summary>
    /// <param name="tableau">On the true right sides.</param>
    /// <param name="residuals">[m], overwritten.</param>
    public static void Run(PivotTableau tableau, Span<double> residuals)
    {
        int m = tableau.Rows, n = tableau.Variables;
        double largest = 0;
        for (int i = 0; i < m; i++)
            for (int k = 0; k < m; k++) largest = Math.Max(largest, Math.Abs(tableau[i, n + k]));
        for (int pass = 0; pass < Passes && largest > RefinedFrom; pass++)
        {
            for (int k = 0; k < m; k++) residuals[k] = Residual(tableau, k);
            for (int i = 0; i < m; i++)
                for (int k = 0; k < m; k++) tableau[i, tableau.Right] += tableau[i, n + k] * residuals[k];
        }
    }

    private static double Residual(PivotTableau tableau, int constraint)
    {
        double sum = tableau.RightSide(constraint), error = 0;
        for (int i = 0; i < tableau.Rows; i++)
        {
            double element = -tableau.Coefficient(constraint, tableau.Basic(i)), value = tableau[i, tableau.Right];
            double product = element * value, total = sum + product, added = total - sum;
            error += Math.FusedMultiplyAdd(element, value, -product) + (sum - (total - added)) + (product - added);
            sum = total;
        }

        return sum + error;
    }
}
