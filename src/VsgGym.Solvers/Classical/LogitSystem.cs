using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>The agent logit equations of a game, F(x, lambda) = 0, with their derivatives; nothing is allocated after the start.</summary>
/// <remarks>
/// Notation: x holds l = log pi_i(a | s) of legal actions and V_i(s), by time with a horizon; Q_i(s, a) = E of r_i + gamma V_i(s') over the others'
/// policies. Rows, in the places of the unknowns: (l_a - l_0) - lambda (Q_a - Q_0) for the legal actions a but the first, log sum exp l for the
/// first, V - sum of pi_a Q_a.
/// </remarks>
internal sealed class LogitSystem
{
    private const int CheckedActions = 1 << 10; // joint actions between two looks at a token; one may enter thousands of rows
    private readonly StochasticGame _game;
    private readonly LogitLayout _layout;
    private readonly double[][][] _policies; // [T][N][S * A]
    private readonly double[][] _values; // [N][(T + 1) * S], or [N][S] of a discounted game
    private readonly double[] _weights; // [J]
    private readonly double[] _payoffs; // [J]
    private readonly double[] _q; // [largest A], by place
    private readonly double[] _probability; // [largest A], by place

    public LogitSystem(StochasticGame game, LogitLayout layout)
    {
        (_game, _layout) = (game, layout);
        _policies = [.. Enumerable.Range(0, layout.Times).Select(_ => game.ActionCounts.Select(actions => new double[game.StateCount * actions]).ToArray())];
        _values = [.. game.Players.Select(_ => new double[(game.Horizon is { } horizon ? horizon + 1 : 1) * game.StateCount])];
        for (int p = 0; p < game.PlayerCount; p++)
            if (game.Horizon is { } horizon) game.TerminalRewards(p).CopyTo(_values[p].AsSpan(horizon * game.StateCount));
        (_weights, _payoffs) = (new double[game.JointActionCount], new double[game.JointActionCount]);
        (_q, _probability) = (new double[game.ActionCounts.Max()], new double[game.ActionCounts.Max()]);
    }

    /// <summary>The policies of the last unknowns read, [T][N][S * A].</summary>
    public double[][][] Policies => _policies;

    /// <summary>The values of the last unknowns read, [N][(T + 1) * S] or [N][S].</summary>
    public double[][] Values => _values;

    /// <summary>Scales each policy of the unknowns to sum 1, and reads policies and values from them.</summary>
    /// <param name="x">[n or more].</param>
    public void Read(Span<double> x)
    {
        for (int t = 0; t < _layout.Times; t++)
            for (int s = 0; s < _layout.States; s++)
                for (int p = 0; p < _game.PlayerCount; p++)
                {
                    int start = _layout.Start(t, s, p), value = _layout.Value(t, s, p), actions = _game.ActionCounts[p];
                    var logs = x[start..value];
                    double normalizer = Simplex.LogSumExp(logs);
                    foreach (ref double log in logs) log -= normalizer;
                    var row = _policies[t][p].AsSpan(s * actions, actions);
                    for (int a = 0; a < actions; a++) row[a] = _layout.Place(s, p, a) is >= 0 and var k ? logs[k] : double.NegativeInfinity;
                    Simplex.Softmax(row);
                    _values[p][(t * _layout.States) + s] = x[value];
                }
    }

    /// <summary>F of the unknowns last read, and where a matrix is given its first n rows: the derivatives by x, and by lambda in column n.</summary>
    /// <param name="x">[n or more], as read.</param>
    /// <param name="lambda">At least 0.</param>
    /// <param name="residual">[n or more], overwritten.</param>
    /// <param name="matrix">[n + 1, n + 1], all 0; null for none.</param>
    /// <param name="cancellationToken">Checked between states.</param>
    /// <returns>max |F|.</returns>
    public double Fill(ReadOnlySpan<double> x, double lambda, Span<double> residual, BorderedMatrix? matrix, CancellationToken cancellationToken)
    {
        double largest = 0;
        for (int t = 0; t < _layout.Times; t++)
            for (int s = 0; s < _layout.States; s++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (int p = 0; p < _game.PlayerCount; p++)
                {
                    ActionValues(t, s, p, lambda, matrix, cancellationToken);
                    double defect = Rows(t, s, p, x, lambda, residual, matrix);
                    largest = defect > largest || double.IsNaN(defect) ? defect : largest;
                }
            }

        return largest;
    }

    // Q by place, and the derivatives that go through Q.
    private void ActionValues(int time, int state, int player, double lambda, BorderedMatrix? matrix, CancellationToken cancellationToken)
    {
        int states = _layout.States, nextTime = _game.Horizon is null ? 0 : time + 1, joint = _weights.Length;
        JointWeights.Fill(_game, player, state, _policies[time], _weights);
        Continuation.Fill(_game, player, state, _values[player].AsSpan(nextTime * states, states), _payoffs);
        Array.Clear(_q);
        for (int a = 0; a < _game.ActionCounts[player]; a++)
            if (_layout.Place(state, player, a) is >= 0 and var own) _probability[own] = _policies[time][player][(state * _game.ActionCounts[player]) + a];
        for (int a = 0; a < joint; a++)
        {
            if (a % CheckedActions == 0) cancellationToken.ThrowIfCancellationRequested();
            int place = _layout.Place(state, player, _game.ActionOf(player, a));
            if (_weights[a] == 0 || place < 0) continue;
            _q[place] += _weights[a] * _payoffs[a];
            if (matrix is null) continue;
            for (int other = 0; other < _game.PlayerCount; other++) // dQ(a) / dl_j(b) = sum over joint actions with a and b of weight and payoff
                if (other != player) Through(time, state, player, place, _layout.Start(time, state, other) + _layout.Place(state, other, _game.ActionOf(other, a)), _weights[a] * _payoffs[a], lambda, matrix);
            if (nextTime == _layout.Times) continue; // terminal rewards are given
            for (int k = _game.RowStarts[(state * joint) + a]; k < _game.RowStarts[(state * joint) + a + 1]; k++)
                Through(time, state, player, place, _layout.Value(nextTime, _game.NextStates[k], player), _weights[a] * _game.Discount * _game.Probabilities[k], lambda, matrix);
        }
    }

    // Adds dQ(place) / dx(column) to the rows that Q enters.
    private void Through(int time, int state, int player, int place, int column, double derivative, double lambda, BorderedMatrix matrix)
    {
        int start = _layout.Start(time, state, player), value = _layout.Value(time, state, player);
        if (place > 0) matrix[start + place, column] -= lambda * derivative;
        for (int row = start + 1; place == 0 && row < value; row++) matrix[row, column] += lambda * derivative;
        matrix[value, column] -= _probability[place] * derivative;
    }

    private double Rows(int time, int state, int player, ReadOnlySpan<double> x, double lambda, Span<double> residual, BorderedMatrix? matrix)
    {
        int start = _layout.Start(time, state, player), value = _layout.Value(time, state, player), n = _layout.Count;
        residual[start] = Simplex.LogSumExp(x[start..value]);
        residual[value] = x[value];
        double largest = Math.Abs(residual[start]);
        for (int place = 0; start + place < value; place++)
        {
            double probability = _probability[place];
            residual[value] -= probability * _q[place];
            if (place > 0)
            {
                double defect = residual[start + place] = x[start + place] - x[start] - (lambda * (_q[place] - _q[0]));
                largest = Math.Abs(defect) > largest || double.IsNaN(defect) ? Math.Abs(defect) : largest;
            }

            if (matrix is null) continue;
            matrix[start, start + place] += probability;
            matrix[value, start + place] -= probability * _q[place];
            if (place == 0) continue;
            matrix[start + place, start + place] += 1;
            matrix[start + place, start] -= 1;
            matrix[start + place, n] = _q[0] - _q[place];
        }

        if (matrix is not null) matrix[value, value] += 1;
        return Math.Max(largest, Math.Abs(residual[value]));
    }
}
