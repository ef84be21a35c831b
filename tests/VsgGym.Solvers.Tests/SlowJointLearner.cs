using VsgGym.Core;

namespace VsgGym.Solvers.Tests;

/// <summary>Learners of joint action values by plain loops: Boltzmann play of expected values under counted models, sharing no code with the solvers.</summary>
/// <param name="game">The table.</param>
/// <param name="seed">Of the run.</param>
/// <param name="model">The weight of an opponents' action from its count and the visits; where conditional, both given the own action.</param>
/// <param name="conditional">Whether the others' joint action is counted together with the own action, else each player's alone.</param>
internal sealed class SlowJointLearner(StochasticGame game, ulong seed, Func<double, double, double> model, bool conditional = false)
{
    private readonly SlowPlay _play = new(game, seed);
    private readonly List<int[]>[] _seen = [.. Enumerable.Range(0, game.StateCount).Select(_ => new List<int[]>())];
    private double[][,] _q = [];
    private double _temperature;

    /// <summary>Plays and learns.</summary>
    public void Run(int episodes, int steps, double rate, double temperature)
    {
        _temperature = temperature;
        _q = [.. game.ActionCounts.Select(_ => _play.Draw(game.StateCount, game.JointActionCount, 1))];
        for (int k = 0; k < episodes; k++)
        {
            _play.Episode(steps, Policy, (s, actions, rewards, next) =>
            {
                _seen[s].Add(actions);
                int joint = game.JointAction(actions);
                for (int p = 0; p < rewards.Length; p++)
                {
                    double later = next < 0 ? 0 : game.Discount * Legal(p, next).Max(a => Expected(p, next, a));
                    _q[p][s, joint] += rate * (rewards[p] + later - _q[p][s, joint]);
                }
            });
        }
    }

    /// <summary>What is played, [A].</summary>
    public double[] Policy(int p, int s)
    {
        var policy = new double[game.ActionCounts[p]];
        foreach (int a in Legal(p, s)) policy[a] = Math.Exp(Expected(p, s, a) / _temperature);
        double sum = policy.Sum();
        return [.. policy.Select(weight => weight / sum)];
    }

    private int[] Legal(int p, int s) => [.. Enumerable.Range(0, game.ActionCounts[p]).Where(a => game.IsLegal(p, s, a))];

    private double Expected(int p, int s, int own)
    {
        double sum = 0;
        for (int joint = 0; joint < game.JointActionCount; joint++)
            if (game.ActionOf(p, joint) == own) sum += Weight(p, s, joint) * _q[p][s, joint];
        return sum;
    }

    private double Weight(int p, int s, int joint)
    {
        if (conditional)
            return model(_seen[s].Count(actions => game.JointAction(actions) == joint), _seen[s].Count(actions => actions[p] == game.ActionOf(p, joint)));
        double weight = 1;
        for (int other = 0; other < game.PlayerCount; other++)
        {
            if (other == p) continue;
            int action = game.ActionOf(other, joint);
            int[] legal = Legal(other, s);
            weight *= _seen[s].Count > 0 ? model(_seen[s].Count(actions => actions[other] == action), _seen[s].Count) : legal.Contains(action) ? 1.0 / legal.Length : 0;
        }

        return weight;
    }
}
