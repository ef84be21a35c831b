using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Writes the transitions of a population so that they sum to 1 even where the population's shares do so up to rounding only.</summary>
/// <remarks>
/// A caller may write P(s') = sum over z of mu(z) P_z(s'). It then sums to what the shares sum to, so that the population of the next time
/// sums to a power of it: a rounding error doubles at every time, and after fifty times or so the numbers are wrong. P(s') = P_0(s') +
/// sum over z of mu(z) (P_z(s') - P_0(s')) is the same where shares sum to 1, and sums to 1 whatever they sum to.
/// </remarks>
internal static class CenteredTransitions
{
    private const double Tolerance = 1e-9;

    /// <summary>The tables in that form, or as they are where the terms of every row change no sum.</summary>
    /// <param name="tables">Checked tables.</param>
    public static LinearMeanFieldTables Of(LinearMeanFieldTables tables)
    {
        if (tables.TransitionTerms is not { } terms) return tables;
        int states = terms.Shape[^1], block = states * states;
        bool timed = terms.Shape.Length == 5;
        var fixedPart = tables.Transitions;
        double[] centered = [.. terms.Data];
        double[] chances = new double[Math.Max(fixedPart.Data.Length, terms.Data.Length / states)];
        for (int i = 0; i < chances.Length; i++) chances[i] = fixedPart.Data[i % fixedPart.Data.Length];
        bool any = false;
        for (int row = 0; row < chances.Length / states; row++)
        {
            int at = (int)((long)row * block % terms.Data.Length);
            var given = terms.Data.AsSpan(at, block);
            if (KeepsSums(given, states)) continue;
            any = true;
            for (int next = 0; next < states; next++)
            {
                double first = given[next * states];
                chances[(row * states) + next] += first;
                for (int z = 0; z < states; z++) centered[at + (next * states) + z] = given[(next * states) + z] - first;
            }
        }

        if (!any) return tables;
        return tables with
        {
            Transitions = new ShapedArray(chances, timed ? terms.Shape[..^1] : fixedPart.Shape),
            TransitionTerms = new ShapedArray(centered, terms.Shape),
        };
    }

    /// <summary>Whether a row's terms, [s', z], sum to 0 over s' for every z.</summary>
    private static bool KeepsSums(ReadOnlySpan<double> terms, int states)
    {
        for (int z = 0; z < states; z++)
        {
            double sum = 0;
            for (int next = 0; next < states; next++) sum += terms[(next * states) + z];
            if (Math.Abs(sum) > Tolerance) return false;
        }

        return true;
    }
}
