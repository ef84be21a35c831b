using VsgGym.Core;

namespace VsgGym.Solvers.Tests;

/// <summary>Variational policy gradient by plain loops over joint actions, sharing no code with the solver; [N][T or 1][S][joint or own action].</summary>
internal sealed class VariationalReference
{
    private readonly StochasticGame _game;
    private readonly double _temperature;
    private readonly double _weight;
    private readonly string _model;
    private readonly bool _conditional;
    private readonly int _times;
    private int _iteration;

    public VariationalReference(StochasticGame game, double temperature, double weight, string model, bool conditional)
    {
        (_game, _temperature, _weight, _model, _conditional, _times) = (game, temperature, weight, model, conditional, game.Horizon ?? 1);
        Conditional = Tables(_game.JointActionCount);
        Played = [.. Enumerable.Range(0, game.PlayerCount).Select(p => Tables(game.ActionCounts[p])[p])];
        Models = [.. Enumerable.Range(0, game.PlayerCount).Select(p => Tables(game.ActionCounts[p])[p])];
        for (int p = 0; p < game.PlayerCount; p++)
            for (int t = 0; t < _times; t++)
                for (int s = 0; s < game.StateCount; s++)
                {
                    double legal = Enumerable.Range(0, game.ActionCounts[p]).Count(a => game.IsLegal(p, s, a));
                    for (int a = 0; a < game.ActionCounts[p]; a++) Played[p][t][s][a] = Models[p][t][s][a] = game.IsLegal(p, s, a) ? 1 / legal : 0;
                    for (int j = 0; j < game.JointActionCount; j++) Conditional[p][t][s][j] = Played[p][t][s][game.ActionOf(p, j)];
                }

        Values = [.. Enumerable.Range(0, game.PlayerCount).Select(p => Enumerable.Range(0, _times + 1).Select(t => t == game.Horizon ? game.TerminalRewards(p).ToArray() : new double[game.StateCount]).ToArray())];
        ModelValues = [.. Values.Select(player => player.Select(row => (double[])row.Clone()).ToArray())];
    }

    public double[][][][] Conditional { get; }

    public double[][][][] Played { get; }

    public double[][][][] Models { get; }

    public double[][][] Values { get; }

    private double[][][] ModelValues { get; }

    public void Iterate()
    {
        _iteration++;
        for (int t = _times - 1; t >= 0; t--)
        {
            for (int sweep = 0; sweep < (_game.Horizon is null ? 2000 : 1); sweep++)
            {
                double[][] next = [.. Enumerable.Range(0, _game.PlayerCount).Select(p => Enumerable.Range(0, _game.StateCount).Select(s => Value(p, t, s)).ToArray())];
                for (int p = 0; p < next.Length; p++) next[p].CopyTo(Values[p][t], 0);
            }

            Improve(t);
        }
    }

    public double Rho(int p, int t, int s, int joint)
    {
        double product = 1;
        for (int k = 0; k < _game.PlayerCount; k++)
            if (k != p) product *= Models[k][t][s][_game.ActionOf(k, joint)];
        return product;
    }

    private double Value(int p, int t, int s)
    {
        double sum = 0;
        for (int j = 0; j < _game.JointActionCount; j++)
        {
            double rho = Rho(p, t, s, j), pi = Conditional[p][t][s][j], prior = 1;
            if (rho * pi == 0) continue;
            for (int k = 0; k < _game.PlayerCount; k++)
                if (k != p) prior *= Played[k][t][s][_game.ActionOf(k, j)];
            double q = Payoff(p, t, s, j, Values) + (_temperature * Math.Log(prior));
            sum += rho * pi * (q - (_temperature * Math.Log(pi)) - (_temperature * Math.Log(rho)));
        }

        return sum;
    }

    private double Payoff(int p, int t, int s, int j, double[][][] values)
    {
        int row = (s * _game.JointActionCount) + j;
        double payoff = _game.Rewards(p)[row];
        for (int k = _game.RowStarts[row]; k < _game.RowStarts[row + 1]; k++)
            payoff += _game.Discount * _game.Probabilities[k] * values[p][_game.Horizon is null ? 0 : t + 1][_game.NextStates[k]];
        return payoff;
    }

    private void Improve(int t)
    {
        var played = Tables(1);
        var models = Tables(1);
        var modelValues = Tables(1);
        for (int p = 0; p < _game.PlayerCount; p++)
            for (int s = 0; s < _game.StateCount; s++)
            {
                for (int j = 0; j < _game.JointActionCount; j++)
                    if (_game.ActionOf(p, j) == 0) Move(p, t, s, j);
                var own = new double[_game.ActionCounts[p]];
                for (int j = 0; j < _game.JointActionCount; j++) own[_game.ActionOf(p, j)] += Rho(p, t, s, j) * Conditional[p][t][s][j];
                played[p][0][s] = own;
                (models[p][0][s], modelValues[p][0][s]) = Model(p, t, s, own);
            }

        for (int p = 0; p < _game.PlayerCount; p++)
            for (int s = 0; s < _game.StateCount; s++)
            {
                (Played[p][t][s], Models[p][t][s]) = (played[p][0][s], models[p][0][s]);
                ModelValues[p][t][s] = modelValues[p][0][s][0];
            }
    }

    // All own actions beside the joint action whose own action is the first.
    private void Move(int p, int t, int s, int first)
    {
        int actions = _game.ActionCounts[p];
        int[] joint = [.. Enumerable.Range(0, actions).Select(a => first + (a * _game.Strides[p]))];
        var moved = new double[actions];
        for (int a = 0; a < actions; a++)
        {
            if (!_game.IsLegal(p, s, a)) continue;
            double q = 0;
            for (int j = 0; j < _game.JointActionCount; j++)
                if (_game.ActionOf(p, j) == a && (!_conditional || j == joint[a])) q += (_conditional ? 1 : Rho(p, t, s, j)) * Payoff(p, t, s, j, Values);
            moved[a] = Math.Pow(Conditional[p][t][s][joint[a]], 1 - _weight) * Math.Exp(_weight * q / _temperature);
        }

        for (int a = 0; a < actions; a++) Conditional[p][t][s][joint[a]] = moved[a] / moved.Sum();
    }

    private (double[] Model, double[] Value) Model(int p, int t, int s, double[] played)
    {
        if (_model == "exact") return (played, [0]);
        if (_model == "empirical") return ([.. played.Select((m, a) => Models[p][t][s][a] + ((m - Models[p][t][s][a]) / (_iteration + 1)))], [0]);
        var weights = new double[played.Length];
        for (int a = 0; a < weights.Length; a++)
        {
            double q = 0;
            for (int j = 0; j < _game.JointActionCount; j++)
                if (_game.ActionOf(p, j) == a) q += Rho(p, t, s, j) * Payoff(p, t, s, j, ModelValues);
            weights[a] = played[a] * Math.Exp(q / _temperature);
        }

        return ([.. weights.Select(weight => weight / weights.Sum())], [_temperature * Math.Log(weights.Sum())]);
    }

    private double[][][][] Tables(int width) =>
        [.. Enumerable.Range(0, _game.PlayerCount).Select(_ => Enumerable.Range(0, _times).Select(_ => Enumerable.Range(0, _game.StateCount).Select(_ => new double[width]).ToArray()).ToArray())];
}
