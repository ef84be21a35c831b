using VsgGym.Core;

namespace VsgGym.Runs.Tests.Theorems;

/// <summary>Steps of vsg Eq. (4) with exact models by plain loops, in games of two actions each whose moves no action changes: what follows is the same for all actions, so only rewards count.</summary>
internal sealed class SlowVariational
{
    private readonly StochasticGame _game;
    private readonly double _temperature, _weight;
    private readonly bool _conditional;
    private readonly double[][,] _policy; // [N][S, J]: the chance of the own action of J given the others' actions of J

    /// <summary>Starts at uniform play.</summary>
    /// <param name="game">The table.</param>
    /// <param name="temperature">tau.</param>
    /// <param name="weight">eta / (1 - discount).</param>
    /// <param name="conditional">Whether policies see the others' actions.</param>
    public SlowVariational(StochasticGame game, double temperature, double weight, bool conditional)
    {
        (_game, _temperature, _weight, _conditional) = (game, temperature, weight, conditional);
        _policy = [.. game.Players.Select(_ => new double[game.StateCount, game.JointActionCount])];
        foreach (double[,] own in _policy)
            for (int k = 0; k < own.Length; k++) own[k / game.JointActionCount, k % game.JointActionCount] = .5;
        Played = SlowPlay.Uniform(game)[0];
    }

    /// <summary>What each plays, [N][S, A].</summary>
    public double[][,] Played { get; private set; }

    /// <summary>All players move at once.</summary>
    public void Step()
    {
        double[][,] played = [.. Played.Select(own => new double[own.GetLength(0), own.GetLength(1)])];
        for (int p = 0; p < played.Length; p++)
            for (int s = 0; s < _game.StateCount; s++)
            {
                double[] moved = [.. Enumerable.Range(0, _game.JointActionCount).Select(joint => Math.Pow(_policy[p][s, joint], 1 - _weight) * Math.Exp(_weight * Value(p, s, joint) / _temperature))];
                for (int joint = 0; joint < moved.Length; joint++)
                {
                    int first = joint - (_game.ActionOf(p, joint) * _game.Strides[p]);
                    _policy[p][s, joint] = moved[joint] / (moved[first] + moved[first + _game.Strides[p]]);
                    played[p][s, _game.ActionOf(p, joint)] += Others(p, s, joint) * _policy[p][s, joint];
                }
            }

        foreach (double[,] own in played) // with three players a sum off by rounding would grow
            for (int s = 0; s < _game.StateCount; s++)
            {
                double sum = own[s, 0] + own[s, 1];
                (own[s, 0], own[s, 1]) = (own[s, 0] / sum, own[s, 1] / sum);
            }

        Played = played;
    }

    private double Others(int p, int s, int joint) =>
        Enumerable.Range(0, _game.PlayerCount).Where(other => other != p).Aggregate(1.0, (product, other) => product * Played[other][s, _game.ActionOf(other, joint)]);

    // The reward of the joint action, or its mean over what the others play.
    private double Value(int p, int s, int joint)
    {
        double Reward(int at) => _game.Rewards(p)[(s * _game.JointActionCount) + at];
        if (_conditional) return Reward(joint);
        return Enumerable.Range(0, _game.JointActionCount).Where(at => _game.ActionOf(p, at) == _game.ActionOf(p, joint)).Sum(at => Others(p, s, at) * Reward(at));
    }
}
