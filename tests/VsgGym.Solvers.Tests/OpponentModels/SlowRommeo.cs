using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers.Tests;

/// <summary>ROMMEO-Q by plain loops, sharing no code with the solver but the draws of its streams.</summary>
/// <param name="game">The table.</param>
/// <param name="seed">Of the run.</param>
/// <param name="empirical">Whether the model is the prior itself.</param>
/// <param name="window">How many of a state's last visits the prior counts; 0 counts all.</param>
internal sealed class SlowRommeo(StochasticGame game, ulong seed, bool empirical, int window)
{
    private readonly List<int>[] _seen = [.. Enumerable.Range(0, game.StateCount).Select(_ => new List<int>())]; // joint actions
    private double[][,] _q = []; // [N][S, J]
    private double[][][] _model = [], _prior = [], _policy = []; // at the start, [N][S][J with the own first action, or A]
    private double _temperature;

    /// <summary>Plays and learns; the temperature of an episode takes hold behind it.</summary>
    public void Run(int episodes, int steps, Func<int, double> rate, Func<int, double> temperature)
    {
        var play = new SlowPlay(game, seed);
        Draw();
        _temperature = temperature(0);
        for (int k = 0; k < episodes; k++)
        {
            play.Episode(steps, Policy, (s, actions, rewards, next) =>
            {
                int joint = game.JointAction(actions);
                _seen[s].Add(joint);
                double[] later = [.. rewards.Select((_, p) => next < 0 ? 0 : game.Discount * Value(p, next))];
                for (int p = 0; p < rewards.Length; p++) _q[p][s, joint] += rate(k) * (rewards[p] + later[p] - _q[p][s, joint]);
            });
            _temperature = temperature(k);
        }
    }

    /// <summary>What is played, [A].</summary>
    public double[] Policy(int p, int s)
    {
        if (_seen[s].Count == 0) return _policy[p][s];
        double[] model = Model(p, s), policy = new double[game.ActionCounts[p]];
        foreach (int joint in Beside(p))
        {
            if (model[joint] == 0) continue;
            double best = Legal(p, s).Max(a => _q[p][s, joint + (a * game.Strides[p])]), sum = Legal(p, s).Sum(a => Math.Exp((_q[p][s, joint + (a * game.Strides[p])] - best) / _temperature));
            foreach (int a in Legal(p, s)) policy[a] += model[joint] * Math.Exp((_q[p][s, joint + (a * game.Strides[p])] - best) / _temperature) / sum;
        }

        return policy;
    }

    /// <summary>rho, at the joint actions with the own first action, [J].</summary>
    public double[] Model(int p, int s)
    {
        if (_seen[s].Count == 0) return _model[p][s];
        double[] prior = Prior(p, s);
        if (empirical) return prior;
        double largest = Beside(p).Where(joint => prior[joint] > 0).Max(joint => Soft(p, s, joint));
        double[] weights = [.. prior.Select((weight, joint) => weight == 0 ? 0 : weight * Math.Exp(Soft(p, s, joint) - largest))];
        double sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    /// <summary>V of a state.</summary>
    public double Value(int p, int s)
    {
        double[] prior = Prior(p, s);
        int[] possible = [.. Beside(p).Where(joint => prior[joint] > 0)];
        if (empirical) return possible.Sum(joint => prior[joint] * Soft(p, s, joint));
        double largest = possible.Max(joint => Soft(p, s, joint));
        return largest + Math.Log(possible.Sum(joint => prior[joint] * Math.Exp(Soft(p, s, joint) - largest)));
    }

    // alpha log sum over a of exp(Q / alpha) beside the others' actions of a joint action.
    private double Soft(int p, int s, int joint)
    {
        double best = Legal(p, s).Max(a => _q[p][s, joint + (a * game.Strides[p])]);
        return best + (_temperature * Math.Log(Legal(p, s).Sum(a => Math.Exp((_q[p][s, joint + (a * game.Strides[p])] - best) / _temperature))));
    }

    private double[] Prior(int p, int s)
    {
        if (_seen[s].Count == 0) return _prior[p][s];
        int[] last = [.. window == 0 ? _seen[s] : _seen[s].TakeLast(window)];
        var prior = new double[game.JointActionCount];
        foreach (int joint in last) prior[joint - (game.ActionOf(p, joint) * game.Strides[p])] += 1.0 / last.Length;
        return prior;
    }

    private int[] Legal(int p, int s) => [.. Enumerable.Range(0, game.ActionCounts[p]).Where(a => game.IsLegal(p, s, a))];

    private int[] Beside(int p) => [.. Enumerable.Range(0, game.JointActionCount).Where(joint => game.ActionOf(p, joint) == 0)];

    // Q uniform in [0, 1); model, prior and policy uniform in the simplex over what is legal.
    private void Draw()
    {
        var init = RandomStream.Create(seed).Fork("init");
        int players = game.PlayerCount, states = game.StateCount;
        _q = [.. game.ActionCounts.Select(_ => new double[states, game.JointActionCount])];
        double[][][] Tables() => [.. game.ActionCounts.Select(_ => new double[states][])];
        (_model, _prior, _policy) = (Tables(), Tables(), Tables());
        for (int p = 0; p < players; p++)
            for (int s = 0; s < states; s++)
            {
                foreach (int joint in Beside(p))
                    for (int a = 0; a < game.ActionCounts[p]; a++) _q[p][s, joint + (a * game.Strides[p])] = init.NextDouble();
                int[] legal = [.. Beside(p).Where(joint => Enumerable.Range(0, players).All(k => k == p || game.IsLegal(k, s, game.ActionOf(k, joint))))];
                _model[p][s] = Simplex(legal, game.JointActionCount, ref init);
                _prior[p][s] = Simplex(legal, game.JointActionCount, ref init);
                _policy[p][s] = Simplex(Legal(p, s), game.ActionCounts[p], ref init);
            }
    }

    private static double[] Simplex(int[] places, int length, ref RandomStream random)
    {
        var drawn = new double[places.Length];
        random.NextSimplex(drawn);
        var spread = new double[length];
        for (int k = 0; k < places.Length; k++) spread[places[k]] = drawn[k];
        return spread;
    }
}
