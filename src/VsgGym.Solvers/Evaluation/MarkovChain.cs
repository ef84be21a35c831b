using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>A Markov chain that pays, discounted: what fixed policies make of a game.</summary>
/// <param name="discount">In [0, 1].</param>
/// <param name="rewards">What every state pays, [S].</param>
/// <param name="starts">Where the successors of each state start, [S + 1].</param>
/// <param name="next">The successors, state by state.</param>
/// <param name="probability">Their probabilities.</param>
internal sealed class MarkovChain(double discount, double[] rewards, int[] starts, int[] next, double[] probability) : ILinearMap
{
    /// <summary>The most states whose values come from a linear solve.</summary>
    public const int LargestDirectSolve = 400;

    /// <summary>The relative accuracy that is asked for where a value is to be as good as can be.</summary>
    public const double Finest = 1e-12;

    private const double Coarsest = 1e-2;
    private const int MostSweeps = 1_000_000;
    private const double MostGradients = 1000; // iterations

    /// <summary>The sweeps of the last iterated evaluation.</summary>
    public int Sweeps { get; private set; }

    /// <summary>How accurate the values of the first policy of policy iteration have to be.</summary>
    public static double FirstAccuracy(int states) => states <= LargestDirectSolve ? Finest : Coarsest;

    /// <summary>And those of the next one: early policies are not worth exact values, but the last one, improved nowhere, is.</summary>
    /// <param name="accuracy">Of the values that were improved.</param>
    /// <param name="improved">Whether the policy changed.</param>
    public static double NextAccuracy(double accuracy, bool improved) => improved ? Math.Max(.1 * accuracy, Finest) : Finest;

    /// <summary>The values, V = r + discount P V: a linear solve up to <see cref="LargestDirectSolve"/> states, iterated beyond.</summary>
    /// <param name="values">[S]: a start on entry where they are iterated, the values on return.</param>
    /// <param name="accuracy">About how far iterated values may be off, relative to the largest; at least <see cref="Finest"/>.</param>
    /// <param name="cancellationToken">Checked between sweeps.</param>
    public void Evaluate(Span<double> values, double accuracy, CancellationToken cancellationToken)
    {
        if (values.Length <= LargestDirectSolve) SolveDirectly(values);
        else SolveByIteration(values, accuracy, cancellationToken);
    }

    /// <summary>The largest distance of the values from one Bellman step on them.</summary>
    public double Residual(ReadOnlySpan<double> values)
    {
        double residual = 0;
        for (int s = 0; s < values.Length; s++) residual = Math.Max(residual, Math.Abs(Backup(s, values) - values[s]));
        return residual;
    }

    /// <summary>y = (I - discount P) x.</summary>
    public void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int s = 0; s < x.Length; s++) y[s] = x[s] - (discount * Later(s, x));
    }

    private double Backup(int state, ReadOnlySpan<double> values) => rewards[state] + (discount * Later(state, values));

    private double Later(int state, ReadOnlySpan<double> values)
    {
        double sum = 0;
        for (int k = starts[state]; k < starts[state + 1]; k++) sum += probability[k] * values[next[k]];
        return sum;
    }

    // (I - discount P) V = r
    private void SolveDirectly(Span<double> values)
    {
        int states = values.Length;
        var matrix = new double[states * states];
        rewards.CopyTo(values);
        for (int s = 0; s < states; s++)
        {
            matrix[(s * states) + s] = 1;
            for (int k = starts[s]; k < starts[s + 1]; k++) matrix[(s * states) + next[k]] -= discount * probability[k];
        }

        LinearSystem.Solve(matrix, values);
    }

    // Gradients come near in tens of products where sweeps need hundreds; sweeps in place then tell by themselves when they are done: the largest
    // change c of one leaves an error of at most c * discount / (1 - discount). Where that many sweeps are not enough, the residual tells.
    private void SolveByIteration(Span<double> values, double accuracy, CancellationToken cancellationToken)
    {
        double size = 1;
        foreach (double reward in rewards) size = Math.Max(size, Math.Abs(reward));
        int most = (int)Math.Min(MostGradients, 15 / (1 - discount)); // about half the products that sweeps would take, so little is lost where they do not help
        BiconjugateGradients.Improve(this, rewards, values, .1 * accuracy * size, most, cancellationToken);
        double change;
        Sweeps = 0;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            (change, size) = (0, 1);
            for (int s = 0; s < values.Length; s++)
            {
                double value = Backup(s, values);
                change = Math.Max(change, Math.Abs(value - values[s]));
                size = Math.Max(size, Math.Abs(value));
                values[s] = value;
            }
        }
        while (++Sweeps < MostSweeps && change > 1e-15 * size && change * discount / (1 - discount) > accuracy * size);
    }
}
