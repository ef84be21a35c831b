using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>The Markov chain that stationary probabilities of joint actions make of a discounted game, with what it pays.</summary>
internal static class JointChain
{
    /// <summary>Gathers the chain.</summary>
    /// <param name="game">A discounted table.</param>
    /// <param name="joint">The probabilities of joint actions, [S * J].</param>
    /// <param name="rewards">What every joint action pays, [S * J].</param>
    /// <param name="cancellationToken">Checked between states.</param>
    public static MarkovChain Of(StochasticGame game, ReadOnlySpan<double> joint, ReadOnlySpan<double> rewards, CancellationToken cancellationToken)
    {
        int states = game.StateCount, size = game.JointActionCount;
        double[] pays = new double[states], reached = new double[states];
        var starts = new int[states + 1];
        var next = new List<int>();
        var probability = new List<double>();
        var touched = new List<int>();
        for (int s = 0; s < states; s++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int row = s * size; row < (s + 1) * size; row++)
            {
                if (joint[row] == 0) continue;
                pays[s] += joint[row] * rewards[row];
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
            starts[s + 1] = next.Count;
        }

        return new MarkovChain(game.Discount, pays, starts, [.. next], [.. probability]);
    }
}
