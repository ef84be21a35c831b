namespace VsgGym.Solvers;

/// <summary>The steps of policy hill-climbing for one player and one state; Q is minus infinity where an action is illegal.</summary>
internal static class HillKernels
{
    /// <summary>sum over a of pi(a) Q(a).</summary>
    public static double Value(ReadOnlySpan<double> policy, ReadOnlySpan<double> q)
    {
        double sum = 0;
        for (int a = 0; a < q.Length; a++)
            if (policy[a] > 0) sum += policy[a] * q[a];
        return sum;
    }

    /// <summary>Takes min(pi(a), delta / (n - 1)) from every action but the best and gives it to that, as bowling2002 constrains the step to the simplex.</summary>
    /// <param name="q">[A].</param>
    /// <param name="delta">In (0, 1].</param>
    /// <param name="policy">[A], moved; it stays a distribution.</param>
    public static void Move(ReadOnlySpan<double> q, double delta, Span<double> policy)
    {
        int best = ChoiceKernels.Best(q), legal = 0;
        foreach (double value in q)
            if (!double.IsNegativeInfinity(value)) legal++;
        double rest = 0;
        for (int a = 0; a < q.Length; a++)
        {
            if (a == best) continue;
            policy[a] -= Math.Min(policy[a], delta / (legal - 1));
            rest += policy[a];
        }

        policy[best] = Math.Max(0, 1 - rest); // what was taken, without gathering rounding errors
    }

    /// <summary>Adds delta to the taken action where it is the best, else takes delta / (n - 1) from it; then shifts above 0 and scales to 1.</summary>
    /// <param name="q">[A].</param>
    /// <param name="taken">The taken action.</param>
    /// <param name="delta">In (0, 1].</param>
    /// <param name="policy">[A], moved; it stays a distribution.</param>
    public static void MoveTaken(ReadOnlySpan<double> q, int taken, double delta, Span<double> policy)
    {
        int legal = 0;
        foreach (double value in q)
            if (!double.IsNegativeInfinity(value)) legal++;
        if (legal == 1) return;
        policy[taken] += taken == ChoiceKernels.Best(q) ? delta : -delta / (legal - 1);
        double shift = Math.Min(0, policy[taken]), sum = 0;
        for (int a = 0; a < q.Length; a++)
            if (!double.IsNegativeInfinity(q[a])) sum += policy[a] -= shift;
        foreach (ref double probability in policy) probability /= sum;
    }
}
