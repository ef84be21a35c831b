using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>How the likelihood of a player's decisions under its model changes with its rewards.</summary>
/// <param name="game">The table.</param>
/// <param name="player">j.</param>
/// <param name="play">Its decisions and the others' policies.</param>
internal sealed class PlayLikelihood(StochasticGame game, int player, PlayCounts play)
{
    private const int MostSweeps = 10_000;
    private readonly int _actions = game.ActionCounts[player];
    private readonly int _others = game.JointActionCount / game.ActionCounts[player];
    private readonly double[] _carried = new double[game.StateCount]; // what the decisions before change of the visits here; may be negative
    private readonly double[] _next = new double[game.StateCount];

    /// <summary>gradient = -d/d r_hat of the mean over episodes of sum over t of discount^t log rho_j(a_t | s_t), times the temperature.</summary>
    /// <remarks>log rho_j = (Q_j - V_j) / temperature, and Q_j changes with the rewards by the visits that follow under rho_j.</remarks>
    /// <param name="model">rho_j, [T or 1, S, A].</param>
    /// <param name="gradient">[S, J], overwritten.</param>
    /// <param name="cancellationToken">Checked between states.</param>
    public void Gradient(ReadOnlySpan<double> model, Span<double> gradient, CancellationToken cancellationToken)
    {
        int states = game.StateCount;
        if (game.Horizon is { } horizon)
        {
            gradient.Clear();
            Array.Clear(_carried);
            for (int t = 0; t < horizon; t++)
            {
                Sweep(t, model, gradient, cancellationToken);
                _next.CopyTo(_carried.AsSpan());
            }

            return;
        }

        for (int k = 0; k < MostSweeps; k++) // starts from what the step before carried
        {
            gradient.Clear();
            Sweep(0, model, gradient, cancellationToken);
            double change = 0;
            for (int s = 0; s < states; s++) change = Math.Max(change, Math.Abs(_next[s] - _carried[s]));
            _next.CopyTo(_carried.AsSpan());
            if (!(change > 1e-14)) break;
        }
    }

    private void Sweep(int time, ReadOnlySpan<double> model, Span<double> gradient, CancellationToken cancellationToken)
    {
        int joint = game.JointActionCount;
        Array.Clear(_next);
        for (int s = 0; s < game.StateCount; s++)
        {
            int start = ((time * game.StateCount) + s) * _actions;
            double seen = 0;
            for (int a = 0; a < _actions; a++) seen += play.DiscountedDecisions[start + a];
            for (int a = 0; a < _actions; a++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                double change = play.DiscountedDecisions[start + a] + ((_carried[s] - seen) * model[start + a]);
                for (int o = 0; o < _others; o++)
                {
                    double part = change * play.Others[(s * _others) + o];
                    int row = (s * joint) + ConditionalKernels.Joint(o, a, game.Strides[player], _actions);
                    gradient[row] -= part;
                    for (int k = game.RowStarts[row]; k < game.RowStarts[row + 1]; k++) _next[game.NextStates[k]] += game.Discount * part * game.Probabilities[k];
                }
            }
        }
    }
}
