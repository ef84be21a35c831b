using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>The difference of two players' values under profiles.</summary>
internal sealed class DifferenceProcess
{
    private readonly StochasticGame _game;
    private readonly double[] _rewards; // [S * J]: r_i - r_j
    private readonly double[] _terminal; // [S]
    private readonly double[] _joint; // [S * J]
    private readonly double[][] _blocks; // [N][S * A], of one time

    public DifferenceProcess(StochasticGame game, int first, int second)
    {
        _game = game;
        _rewards = Subtract(game.Rewards(first), game.Rewards(second));
        _terminal = Subtract(game.TerminalRewards(first), game.TerminalRewards(second));
        _joint = new double[_rewards.Length];
        _blocks = [.. game.ActionCounts.Select(actions => new double[game.StateCount * actions])];
    }

    /// <summary>V_i - V_j of every start state.</summary>
    /// <param name="policies">[N][T * S * A], T = 1 for a discounted game.</param>
    /// <param name="values">[S], overwritten.</param>
    /// <param name="cancellationToken">Checked between states.</param>
    public void Evaluate(double[][] policies, Span<double> values, CancellationToken cancellationToken)
    {
        if (_game.Horizon is not { } horizon)
        {
            Read(policies, 0);
            values.Clear();
            JointChain.Of(_game, _joint, _rewards, cancellationToken).Evaluate(values, MarkovChain.Finest, cancellationToken);
            return;
        }

        _terminal.CopyTo(values);
        var next = new double[values.Length];
        for (int t = horizon - 1; t >= 0; t--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            values.CopyTo(next);
            Read(policies, t);
            for (int s = 0; s < values.Length; s++) values[s] = Backup(s, next);
        }
    }

    private static double[] Subtract(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var difference = new double[first.Length];
        for (int k = 0; k < first.Length; k++) difference[k] = first[k] - second[k];
        return difference;
    }

    private double Backup(int state, double[] next)
    {
        double value = 0;
        for (int row = state * _game.JointActionCount; row < (state + 1) * _game.JointActionCount; row++)
        {
            if (_joint[row] == 0) continue;
            double payoff = _rewards[row];
            for (int k = _game.RowStarts[row]; k < _game.RowStarts[row + 1]; k++) payoff += _game.Probabilities[k] * next[_game.NextStates[k]];
            value += _joint[row] * payoff;
        }

        return value;
    }

    private void Read(double[][] policies, int time)
    {
        for (int p = 0; p < policies.Length; p++) policies[p].AsSpan(time * _blocks[p].Length, _blocks[p].Length).CopyTo(_blocks[p]);
        for (int s = 0; s < _game.StateCount; s++)
            JointWeights.Fill(_game, JointWeights.Nobody, s, _blocks, _joint.AsSpan(s * _game.JointActionCount, _game.JointActionCount));
    }
}
