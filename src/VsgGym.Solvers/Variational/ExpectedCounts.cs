using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>The second term of vsg Eq. (7), summed exactly over all trajectories instead of sampled: discounted visits of each (state, joint action), [S, J].</summary>
/// <param name="game">The table.</param>
/// <param name="player">j.</param>
/// <param name="play">First states, lengths and the others' policies.</param>
/// <param name="temperature">By which rewards are divided.</param>
internal sealed class ExpectedCounts(StochasticGame game, int player, PlayCounts play, double temperature)
{
    private const int CheckedRows = 64; // of the others' joint actions, between two looks at a token
    private readonly int _actions = game.ActionCounts[player];
    private readonly int _others = game.JointActionCount / game.ActionCounts[player];
    private readonly double[] _state = new double[game.StateCount]; // probability of being there
    private readonly double[] _next = new double[game.StateCount];
    private readonly double[] _terms = new double[game.JointActionCount];
    private readonly double[] _messages = new double[checked((play.Length + 1) * game.StateCount)]; // log of the sum of weights from t on, [Length + 1, S]

    /// <summary>With w = exp(sum of discounted rewards / temperature) / rho_j, moves and the others' actions cancelling, of the trajectories from each first state.</summary>
    /// <param name="rewards">r_hat, [S, J].</param>
    /// <param name="counts">[S, J], overwritten.</param>
    /// <param name="cancellationToken">Checked between states.</param>
    public void Weighted(ReadOnlySpan<double> rewards, Span<double> counts, CancellationToken cancellationToken)
    {
        int states = game.StateCount, joint = game.JointActionCount;
        Backward(rewards, cancellationToken);
        play.First.CopyTo(_state.AsSpan());
        counts.Clear();
        double discount = 1;
        for (int t = 0; t < play.Length; t++, discount *= game.Discount)
        {
            Array.Clear(_next);
            double shift = Largest(t + 1);
            for (int s = 0; s < states; s++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_state[s] == 0) continue;
                Terms(rewards, t, s, discount, shift, cancellationToken);
                Simplex.Softmax(_terms);
                for (int j = 0; j < joint; j++)
                {
                    if (j % (CheckedRows * CheckedRows) == 0) cancellationToken.ThrowIfCancellationRequested();
                    int row = (s * joint) + j;
                    counts[row] += discount * _state[s] * _terms[j];
                    if (_terms[j] > 0) Move(t, row, _state[s] * _terms[j], shift);
                }
            }

            _next.CopyTo(_state.AsSpan());
        }
    }

    private void Backward(ReadOnlySpan<double> rewards, CancellationToken cancellationToken)
    {
        int states = game.StateCount;
        Array.Clear(_messages, play.Length * states, states);
        for (int t = play.Length - 1; t >= 0; t--)
        {
            double discount = Math.Pow(game.Discount, t), shift = Largest(t + 1);
            for (int s = 0; s < states; s++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Terms(rewards, t, s, discount, shift, cancellationToken);
                _messages[(t * states) + s] = Simplex.LogSumExp(_terms);
            }
        }
    }

    // log rho_-j(o) + discounted reward / temperature + log of what follows.
    private void Terms(ReadOnlySpan<double> rewards, int t, int state, double discount, double shift, CancellationToken cancellationToken)
    {
        int joint = game.JointActionCount;
        for (int o = 0; o < _others; o++)
        {
            if (o % CheckedRows == 0) cancellationToken.ThrowIfCancellationRequested();
            double weight = play.Others[(state * _others) + o];
            for (int a = 0; a < _actions; a++)
            {
                int j = ConditionalKernels.Joint(o, a, game.Strides[player], _actions), row = (state * joint) + j;
                bool possible = weight > 0 && game.IsLegal(player, state, a);
                _terms[j] = possible ? Math.Log(weight) + (discount * rewards[row] / temperature) + LogLater(t, row, shift) : double.NegativeInfinity;
            }
        }
    }

    private double LogLater(int t, int row, double shift)
    {
        if (game.RowStarts[row] == game.RowStarts[row + 1]) return 0;
        double sum = (1 - play.GoesOn[t]) * Simplex.Weight(0, shift);
        for (int k = game.RowStarts[row]; k < game.RowStarts[row + 1]; k++) sum += play.GoesOn[t] * game.Probabilities[k] * Simplex.Weight(_messages[((t + 1) * game.StateCount) + game.NextStates[k]], shift);
        return shift + Math.Log(sum);
    }

    private void Move(int t, int row, double probability, double shift)
    {
        if (game.RowStarts[row] == game.RowStarts[row + 1] || play.GoesOn[t] == 0) return;
        double total = LogLater(t, row, shift);
        for (int k = game.RowStarts[row]; k < game.RowStarts[row + 1]; k++)
        {
            int next = game.NextStates[k];
            _next[next] += probability * play.GoesOn[t] * game.Probabilities[k] * Simplex.Weight(_messages[((t + 1) * game.StateCount) + next], total);
        }
    }

    // At least 0, the message of an episode that stops.
    private double Largest(int t)
    {
        double largest = 0;
        for (int s = 0; s < game.StateCount; s++) largest = Math.Max(largest, _messages[(t * game.StateCount) + s]);
        return largest;
    }
}
