using VsgGym.Core;

namespace VsgGym.Solvers.Tests;

/// <summary>The exploring-agents fixed points by plain dense loops, sharing no code with the solvers.</summary>
internal sealed class SlowReference
{
    private readonly StochasticGame _game;
    private readonly double[,,] _transition; // [S, J, S], dense

    public SlowReference(StochasticGame game)
    {
        _game = game;
        _transition = new double[game.StateCount, game.JointActionCount, game.StateCount];
        for (int s = 0; s < game.StateCount; s++)
            for (int j = 0; j < game.JointActionCount; j++)
                for (int k = game.RowStarts[(s * game.JointActionCount) + j]; k < game.RowStarts[(s * game.JointActionCount) + j + 1]; k++)
                    _transition[s, j, game.NextStates[k]] += game.Probabilities[k];
    }

    public double[][,] Zero() => [.. _game.ActionCounts.Select(actions => new double[_game.StateCount, actions])];

    /// <summary>pi(a) = exp(beta q(a)) / sum, over legal actions.</summary>
    public double[][,] Policies(double[][,] q, double beta)
    {
        var policies = Zero();
        for (int p = 0; p < _game.PlayerCount; p++)
        {
            for (int s = 0; s < _game.StateCount; s++)
            {
                double sum = 0;
                for (int a = 0; a < _game.ActionCounts[p]; a++)
                    if (_game.IsLegal(p, s, a)) sum += policies[p][s, a] = Math.Exp(beta * q[p][s, a]);
                for (int a = 0; a < _game.ActionCounts[p]; a++) policies[p][s, a] /= sum;
            }
        }

        return policies;
    }

    public double Value(string kind, double[][,] q, double[][,] policies, int p, int s, double beta)
    {
        double expectation = 0, maximum = double.NegativeInfinity, sum = 0;
        for (int a = 0; a < _game.ActionCounts[p]; a++)
        {
            if (!_game.IsLegal(p, s, a)) continue;
            expectation += policies[p][s, a] * q[p][s, a];
            maximum = Math.Max(maximum, q[p][s, a]);
            sum += Math.Exp(beta * q[p][s, a]);
        }

        return kind == "expectation" ? expectation : kind == "max" ? maximum : Math.Log(sum) / beta;
    }

    /// <summary>One simultaneous update of every player's action values given the next values, [N][S].</summary>
    public double[][,] Update(double[][,] policies, double[][] next)
    {
        var updated = Zero();
        for (int p = 0; p < _game.PlayerCount; p++)
        {
            for (int s = 0; s < _game.StateCount; s++)
            {
                for (int j = 0; j < _game.JointActionCount; j++)
                {
                    int[] actions = Digits(j);
                    double weight = 1;
                    for (int other = 0; other < _game.PlayerCount; other++)
                        if (other != p) weight *= policies[other][s, actions[other]];
                    double payoff = _game.Rewards(p)[(s * _game.JointActionCount) + j];
                    for (int to = 0; to < _game.StateCount; to++) payoff += _game.Discount * _transition[s, j, to] * next[p][to];
                    updated[p][s, actions[p]] += weight * payoff;
                }
            }
        }

        return updated;
    }

    /// <summary>q := alpha updated + (1 - alpha) q; returns the largest |updated - q| before.</summary>
    public double Damp(double[][,] q, double[][,] updated, double alpha)
    {
        double defect = 0;
        for (int p = 0; p < _game.PlayerCount; p++)
        {
            for (int s = 0; s < _game.StateCount; s++)
            {
                for (int a = 0; a < _game.ActionCounts[p]; a++)
                {
                    if (!_game.IsLegal(p, s, a)) continue;
                    defect = Math.Max(defect, Math.Abs(updated[p][s, a] - q[p][s, a]));
                    q[p][s, a] += alpha * (updated[p][s, a] - q[p][s, a]);
                }
            }
        }

        return defect;
    }

    /// <summary>Every player's values by the value operator, [N][S].</summary>
    public double[][] Values(string kind, double[][,] q, double beta)
    {
        var policies = Policies(q, beta);
        return [.. Enumerable.Range(0, _game.PlayerCount).Select(p => Enumerable.Range(0, _game.StateCount).Select(s => Value(kind, q, policies, p, s, beta)).ToArray())];
    }

    /// <summary>Iterates a discounted game; null when it does not settle.</summary>
    public double[][,]? SolveDiscounted(string kind, double beta, double alpha, double tolerance, int most)
    {
        var q = Zero();
        for (int k = 0; k < most; k++)
            if (Damp(q, Update(Policies(q, beta), Values(kind, q, beta)), alpha) < tolerance) return q;
        return null;
    }

    /// <summary>Iterates back from the horizon: policies by time and values by time; null when a time does not settle.</summary>
    public (double[][][,] Policies, double[][][] Values)? SolveHorizon(string kind, double beta, double alpha, double tolerance, int most)
    {
        int horizon = _game.Horizon!.Value;
        var policies = new double[horizon][][,];
        var values = new double[horizon + 1][][];
        values[horizon] = [.. Enumerable.Range(0, _game.PlayerCount).Select(p => _game.TerminalRewards(p).ToArray())];
        var q = Zero();
        for (int t = horizon - 1; t >= 0; t--)
        {
            int k = 0;
            while (Damp(q, Update(Policies(q, beta), values[t + 1]), alpha) >= tolerance)
                if (++k > most) return null;
            Damp(q, Update(Policies(q, beta), values[t + 1]), 1);
            policies[t] = Policies(q, beta);
            values[t] = Values(kind, q, beta);
        }

        return (policies, values);
    }

    private int[] Digits(int joint)
    {
        var digits = new int[_game.PlayerCount];
        for (int p = _game.PlayerCount - 1; p >= 0; p--)
        {
            digits[p] = joint % _game.ActionCounts[p];
            joint /= _game.ActionCounts[p];
        }

        return digits;
    }
}
