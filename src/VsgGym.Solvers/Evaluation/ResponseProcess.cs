using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>The Markov decision process that the others' stationary policies leave to one player of a discounted game.</summary>
internal sealed class ResponseProcess
{
    private const double Rounding = 1e-13;
    private readonly StochasticGame _game;
    private readonly int _player;
    private readonly int _states;
    private readonly int _actions;
    private readonly double[] _rewards; // [S * A]
    private readonly int[] _starts; // [S * A + 1]
    private readonly int[] _next;
    private readonly double[] _probability;

    public ResponseProcess(StochasticGame game, double[][] policies, int player, CancellationToken cancellationToken)
    {
        (_game, _player, _states, _actions) = (game, player, game.StateCount, game.ActionCounts[player]);
        _rewards = new double[_states * _actions];
        _starts = new int[(_states * _actions) + 1];
        var next = new List<int>();
        var probability = new List<double>();
        double[] weights = new double[game.JointActionCount], scratch = new double[game.JointActionCount];
        var reached = new double[_states]; // probability of each successor, gathered over the others' actions
        var touched = new List<int>();
        for (int s = 0; s < _states; s++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            JointWeights.Fill(game, player, s, policies, weights);
            Expectation.Over(game, player, s, policies, game.Rewards(player).Slice(s * weights.Length, weights.Length), scratch, _rewards.AsSpan(s * _actions, _actions));
            for (int a = 0; a < _actions; a++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Gather(s, a, weights, reached, touched);
                foreach (int state in touched)
                {
                    next.Add(state);
                    probability.Add(reached[state]);
                    reached[state] = 0;
                }

                touched.Clear();
                _starts[(s * _actions) + a + 1] = next.Count;
            }
        }

        (_next, _probability) = ([.. next], [.. probability]);
    }

    /// <summary>q = r(s, a) + discount * sum P(s' | s, a) V(s').</summary>
    public double ActionValue(int state, int action, ReadOnlySpan<double> values)
    {
        int row = (state * _actions) + action;
        double sum = 0;
        for (int k = _starts[row]; k < _starts[row + 1]; k++) sum += _probability[k] * values[_next[k]];
        return _rewards[row] + (_game.Discount * sum);
    }

    /// <summary>Makes a policy greedy, keeping its action where no other is better by more than rounding; whether anything changed.</summary>
    /// <param name="policy">[S * A], deterministic.</param>
    /// <param name="values">[S].</param>
    /// <param name="cancellationToken">Checked between states.</param>
    public bool Improve(Span<double> policy, ReadOnlySpan<double> values, CancellationToken cancellationToken)
    {
        bool changed = false;
        for (int s = 0; s < _states; s++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = policy.Slice(s * _actions, _actions);
            int held = row.IndexOf(1.0), best = held;
            double bestValue = ActionValue(s, held, values);
            bestValue += Rounding * (1 + Math.Abs(bestValue));
            for (int a = 0; a < _actions; a++)
            {
                if (!_game.IsLegal(_player, s, a) || a == held) continue;
                double value = ActionValue(s, a, values);
                if (value > bestValue) (best, bestValue) = (a, value);
            }

            if (best == held) continue;
            (row[held], row[best]) = (0, 1);
            changed = true;
        }

        return changed;
    }

    /// <summary>Makes a best response the one of the lowest-numbered actions among those that are equal up to the values' accuracy.</summary>
    /// <param name="policy">[S * A], overwritten; deterministic.</param>
    /// <param name="values">[S], of the best response.</param>
    /// <param name="cancellationToken">Checked between states.</param>
    public void ChooseLowest(Span<double> policy, ReadOnlySpan<double> values, CancellationToken cancellationToken)
    {
        double equal = _states <= MarkovChain.LargestDirectSolve ? Rounding : MarkovChain.Finest;
        var q = new double[_actions];
        for (int s = 0; s < _states; s++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int a = 0; a < _actions; a++) q[a] = _game.IsLegal(_player, s, a) ? ActionValue(s, a, values) : double.NegativeInfinity;
            double best = q.Max(), enough = best - (equal * (1 + Math.Abs(best)));
            int lowest = Array.FindIndex(q, value => value >= enough);
            if (lowest < 0) continue; // not numbers any more
            var row = policy.Slice(s * _actions, _actions);
            row.Clear();
            row[lowest] = 1;
        }
    }

    /// <summary>The chain that a policy makes of the process.</summary>
    /// <param name="policy">[S * A].</param>
    /// <param name="cancellationToken">Checked between states.</param>
    /// <param name="bonus">What every state pays beside the rewards, [S]; empty for nothing.</param>
    public MarkovChain Chain(ReadOnlySpan<double> policy, CancellationToken cancellationToken, ReadOnlySpan<double> bonus = default)
    {
        var rewards = new double[_states];
        var starts = new int[_states + 1];
        for (int row = 0; row < policy.Length; row++)
            if (policy[row] > 0) starts[(row / _actions) + 1] += _starts[row + 1] - _starts[row];
        for (int s = 0; s < _states; s++) starts[s + 1] += starts[s];
        var (next, probability, end) = (new int[starts[_states]], new double[starts[_states]], 0);
        for (int s = 0; s < _states; s++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rewards[s] = Bonus(bonus, s);
            for (int row = s * _actions; row < (s + 1) * _actions; row++)
            {
                if (policy[row] == 0) continue;
                rewards[s] += policy[row] * _rewards[row];
                for (int k = _starts[row]; k < _starts[row + 1]; k++, end++) (next[end], probability[end]) = (_next[k], policy[row] * _probability[k]);
            }
        }

        return new MarkovChain(_game.Discount, rewards, starts, next, probability);
    }

    /// <summary>The largest distance of the values from one Bellman step on them: of the policy, or optimal where it is empty.</summary>
    public double Residual(ReadOnlySpan<double> policy, ReadOnlySpan<double> values, CancellationToken cancellationToken, ReadOnlySpan<double> bonus = default)
    {
        double residual = 0;
        for (int s = 0; s < _states; s++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double backup = policy.IsEmpty ? double.NegativeInfinity : 0;
            for (int a = 0; a < _actions; a++)
            {
                if (!_game.IsLegal(_player, s, a)) continue;
                double value = ActionValue(s, a, values);
                backup = policy.IsEmpty ? Math.Max(backup, value) : backup + (policy[(s * _actions) + a] * value);
            }

            residual = Math.Max(residual, Math.Abs(backup + Bonus(bonus, s) - values[s]));
        }

        return residual;
    }

    private void Gather(int state, int action, double[] weights, double[] reached, List<int> touched)
    {
        int stride = _game.Strides[_player], row = state * weights.Length;
        for (int block = action * stride; block < weights.Length; block += stride * _actions)
        {
            for (int joint = block; joint < block + stride; joint++)
            {
                if (weights[joint] == 0) continue;
                for (int k = _game.RowStarts[row + joint]; k < _game.RowStarts[row + joint + 1]; k++)
                {
                    int next = _game.NextStates[k];
                    if (reached[next] == 0) touched.Add(next);
                    reached[next] += weights[joint] * _game.Probabilities[k];
                }
            }
        }
    }

    private static double Bonus(ReadOnlySpan<double> bonus, int state) => bonus.IsEmpty ? 0 : bonus[state];
}
