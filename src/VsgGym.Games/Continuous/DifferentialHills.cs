using System.Collections.Immutable;

namespace VsgGym.Games;

/// <summary>The surface of the differential game over N players' actions: the larger of a wide low hill and a narrow high one.</summary>
/// <remarks>
/// Notation: below = -sum_k (a_k + 5)^2, above = 10 - sum_k (a_k - 5)^2, f1 = 0.8 below / w with w = 9 (paper) or 3 (code), f2 = above.
/// </remarks>
internal sealed class DifferentialHills(DifferentialPayoff payoff, int players)
{
    /// <summary>The actions' bound on both sides.</summary>
    public const double Bound = 10;

    /// <summary>The height of the narrow hill's top, the greatest reward.</summary>
    public const double Top = 10;

    private const double Slack = 1e-9;

    private readonly double _width = payoff == DifferentialPayoff.Paper ? 9 : 3;

    /// <summary>The shared reward of a joint action.</summary>
    /// <param name="actions">[N], each in [-10, 10].</param>
    public double Reward(ReadOnlySpan<double> actions)
    {
        double below = 0, above = Top;
        foreach (double action in actions) Add(action, ref below, ref above);
        return Height(below, above);
    }

    /// <summary>Takes one player's action into both hills.</summary>
    public static void Add(double action, ref double below, ref double above)
    {
        below -= Square(action + 5);
        above -= Square(action - 5);
    }

    /// <summary>max(f1, f2).</summary>
    public double Height(double below, double above) => Math.Max(0.8 * below / _width, above);

    /// <summary>The least reward in the box, exact where a corner has it, else 1e-9 below it.</summary>
    /// <remarks>
    /// With s = sum a_k and q = sum a_k^2 both hills fall in q at a fixed s, so a lowest point has the largest q of its s: all actions but
    /// one are at +-10. Along that one action x both hills are concave, so their maximum is least at an end or where they cross, which is
    /// where (1 - c) q - 10 (1 + c) s + 25 N (1 - c) - 10 = 0 with c = 0.8 / w.
    /// </remarks>
    public double Lowest()
    {
        double lowest = double.PositiveInfinity;
        double[] actions = new double[players];
        for (int high = 0; high < players; high++)
        {
            for (int k = 1; k < players; k++) actions[k] = k <= high ? Bound : -Bound;
            foreach (double end in (double[])[-Bound, Bound]) lowest = Math.Min(lowest, RewardWith(actions, end));
        }

        for (int high = 0; high < players; high++)
        {
            for (int k = 1; k < players; k++) actions[k] = k <= high ? Bound : -Bound;
            foreach (double crossing in Crossings(high))
                if (Math.Abs(crossing) < Bound && RewardWith(actions, crossing) - Slack < lowest - (2 * Slack)) lowest = RewardWith(actions, crossing) - Slack;
        }

        return lowest;
    }

    private double RewardWith(double[] actions, double first)
    {
        actions[0] = first;
        return Reward(actions);
    }

    /// <summary>Where the hills cross along one action while <paramref name="high"/> others are at 10 and the rest at -10.</summary>
    private ImmutableArray<double> Crossings(int high)
    {
        double c = 0.8 / _width, sum = Bound * ((2 * high) - (players - 1));
        double square = 1 - c, linear = -10 * (1 + c);
        double rest = ((1 - c) * ((Bound * Bound * (players - 1)) + (25 * players))) - (10 * (1 + c) * sum) - Top;
        double root = (linear * linear) - (4 * square * rest);
        if (root < 0) return [];
        return [(-linear - Math.Sqrt(root)) / (2 * square), (-linear + Math.Sqrt(root)) / (2 * square)];
    }

    private static double Square(double x) => x * x;
}
