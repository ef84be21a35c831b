namespace VsgGym.Solvers;

/// <summary>Choices by action values, minus infinity where an action is illegal.</summary>
internal static class ChoiceKernels
{
    /// <summary>The best action, the lowest-numbered among equals.</summary>
    /// <param name="values">[A], at least one above minus infinity.</param>
    public static int Best(ReadOnlySpan<double> values)
    {
        int best = 0;
        for (int a = 1; a < values.Length; a++)
            if (values[a] > values[best]) best = a;
        return best;
    }

    /// <summary>The best action with probability 1 - epsilon, and epsilon shared by all legal ones.</summary>
    /// <param name="values">[A], at least one above minus infinity.</param>
    /// <param name="epsilon">In [0, 1].</param>
    /// <param name="policy">[A], overwritten.</param>
    public static void EpsilonGreedy(ReadOnlySpan<double> values, double epsilon, Span<double> policy)
    {
        int legal = 0;
        foreach (double value in values)
            if (!double.IsNegativeInfinity(value)) legal++;
        for (int a = 0; a < values.Length; a++) policy[a] = double.IsNegativeInfinity(values[a]) ? 0 : epsilon / legal;
        policy[Best(values)] += 1 - epsilon;
    }
}
