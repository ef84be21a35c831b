using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>The Markov chain that stationary probabilities of joint actions make of a discounted game, with what it pays.</summary>
internal sealed class JointChain
{
    private const int MostSweeps = 1_000_000;
    private readonly double _discount;
    private readonly double[] _rewards; // [S]
    private readonly int[] _starts; // [S + 1]
    private readonly int[] _next;
    private readonly double[] _probability;

    /// <summary>Gathers the chain.</summary>
    /// <param name="game">A discounted table.</param>
    /// <param name="joint">The probabilities of joint actions, [S * J].</param>
    /// <param name="rewards">What every joint action pays, [S * J].</param>
    /// <param name="cancellationToken">Checked between states.</param>
    public JointChain(StochasticGame game, ReadOnlySpan<double> joint, ReadOnlySpan<double> rewards, CancellationToken cancellationToken)
    {
        int states = game.StateCount, size = game.JointActionCount;
        (_discount, _rewards, _starts) = (game.Discount, new double[states], new int[states + 1]);
        var next = new List<int>();
        var probability = new List<double>();
        var reached = new double[states];
        var touched = new List<int>();
        for (int s = 0; s < states; s++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int row = s * size; row < (s + 1) * size; row++)
            {
                if (joint[row] == 0) continue;
                _rewards[s] += joint[row] * rewards[row];
                for (int k = game.RowStarts[row]; k < game.RowStarts[row + 1]; k++)
                {
                    int to = game.NextStates[k];
                    if (reached[to] == 0) touched.Add(to);
                    reached[to] += joint[row] * game.Probabilities[k];
                }
            }

            foreach (int to in touched)
            {
                next.Add(to);
                probability.Add(reached[to]);
                reached[to] = 0;
            }

            touched.Clear();
            _starts[s + 1] = next.Count;
        }

        (_next, _probability) = ([.. next], [.. probability]);
    }

    /// <summary>The values: a linear solve up to <see cref="ResponseProcess.LargestDirectSolve"/> states, sweeps beyond.</summary>
    /// <param name="values">[S]: a start on entry of the sweeps, the values on return.</param>
    /// <param name="cancellationToken">Checked between sweeps.</param>
    public void Evaluate(Span<double> values, CancellationToken cancellationToken)
    {
        if (values.Length <= ResponseProcess.LargestDirectSolve) SolveDirectly(values);
        else SolveByIteration(values, cancellationToken);
    }

    /// <summary>The largest distance of the values from one Bellman step on them.</summary>
    public double Residual(ReadOnlySpan<double> values)
    {
        double residual = 0;
        for (int s = 0; s < values.Length; s++) residual = Math.Max(residual, Math.Abs(Backup(s, values) - values[s]));
        return residual;
    }

    private double Backup(int state, ReadOnlySpan<double> values)
    {
        double sum = 0;
        for (int k = _starts[state]; k < _starts[state + 1]; k++) sum += _probability[k] * values[_next[k]];
        return _rewards[state] + (_discount * sum);
    }

    // (I - discount P) V = r
    private void SolveDirectly(Span<double> values)
    {
        int states = values.Length;
        var matrix = new double[states * states];
        _rewards.CopyTo(values);
        for (int s = 0; s < states; s++)
        {
            matrix[(s * states) + s] = 1;
            for (int k = _starts[s]; k < _starts[s + 1]; k++) matrix[(s * states) + _next[k]] -= _discount * _probability[k];
        }

        LinearSystem.Solve(matrix, values);
    }

    // In-place sweeps; a sweep's largest change c leaves an error of at most c * discount / (1 - discount).
    private void SolveByIteration(Span<double> values, CancellationToken cancellationToken)
    {
        double change, size;
        int sweeps = 0;
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
        while (++sweeps < MostSweeps && change > 1e-15 * size && change * _discount / (1 - _discount) > 1e-12 * size);
    }
}
