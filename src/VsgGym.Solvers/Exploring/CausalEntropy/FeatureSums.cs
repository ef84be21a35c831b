using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>Sums of all players' features along an episode, discounted where the game is: expected, or of one episode that is drawn or was logged.</summary>
internal sealed class FeatureSums
{
    private const int CheckedActions = 1 << 14; // joint actions between two looks at a token
    private const double Negligible = 1e-13; // weight of a discounted step that is left out, and all after it
    private readonly StochasticGame _game;
    private readonly FeatureRows[] _features;
    private readonly int _steps;
    private readonly int[] _actions; // [N]
    private double[] _now; // [S], the distribution of the state
    private double[] _next; // [S]

    public FeatureSums(StochasticGame game, FeatureRows[] features)
    {
        (_game, _features) = (game, features);
        _steps = game.Horizon ?? (int)Math.Ceiling(Math.Log(Negligible) / Math.Log(game.Discount));
        (_actions, _now, _next) = (new int[game.PlayerCount], new double[game.StateCount], new double[game.StateCount]);
    }

    /// <summary>sums = E[sum over t of F_i], [N][K].</summary>
    /// <param name="policies">[N][T * S * A], or [N][S * A] in a discounted game.</param>
    /// <param name="sums">[N][K], overwritten.</param>
    /// <param name="cancellationToken">Checked between states.</param>
    public void Expect(double[][] policies, double[][] sums, CancellationToken cancellationToken)
    {
        foreach (double[] own in sums) Array.Clear(own);
        _game.Initial.CopyTo(_now);
        double weight = 1;
        for (int t = 0; t < _steps; t++, weight *= _game.Discount)
        {
            Array.Clear(_next);
            for (int s = 0; s < _now.Length; s++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_now[s] > 0) ExpectFrom(s, _game.Horizon is null ? 0 : t, _now[s], weight, policies, sums, cancellationToken);
            }

            (_now, _next) = (_next, _now);
        }
    }

    /// <summary>sums += the features of an episode played with the policies.</summary>
    public void Draw(double[][] policies, ref RandomStream random, double[][] sums)
    {
        int state = Simplex.Sample(_game.Initial, random.NextDouble());
        double weight = 1;
        for (int t = 0; t < _steps; t++, weight *= _game.Discount)
        {
            int at = _game.Horizon is null ? 0 : t;
            for (int p = 0; p < _actions.Length; p++)
            {
                int actions = _game.ActionCounts[p];
                _actions[p] = Simplex.Sample(policies[p].AsSpan(((at * _game.StateCount) + state) * actions, actions), random.NextDouble());
            }

            Add(state, weight, _actions, sums);
            int row = (state * _game.JointActionCount) + _game.JointAction(_actions), start = _game.RowStarts[row], end = _game.RowStarts[row + 1];
            if (start == end) return;
            state = _game.NextStates[start + Simplex.Sample(_game.Probabilities[start..end], random.NextDouble())];
        }
    }

    /// <summary>sums += the features of logged play: state, one action per player, state, one action per player, ...</summary>
    public void Log(IReadOnlyList<int> episode, double[][] sums)
    {
        double weight = 1;
        for (int k = 0; k < episode.Count; k += _actions.Length + 1, weight *= _game.Discount)
        {
            for (int p = 0; p < _actions.Length; p++) _actions[p] = episode[k + 1 + p];
            Add(episode[k], weight, _actions, sums);
        }
    }

    private void Add(int state, double weight, int[] actions, double[][] sums)
    {
        for (int p = 0; p < actions.Length; p++) _features[p].Add((state * _game.ActionCounts[p]) + actions[p], weight, sums[p]);
    }

    private void ExpectFrom(int state, int time, double mass, double weight, double[][] policies, double[][] sums, CancellationToken cancellationToken)
    {
        for (int p = 0; p < _features.Length; p++)
        {
            int actions = _game.ActionCounts[p], first = ((time * _game.StateCount) + state) * actions;
            for (int a = 0; a < actions; a++) _features[p].Add((state * actions) + a, weight * mass * policies[p][first + a], sums[p]);
        }

        for (int joint = 0; joint < _game.JointActionCount; joint++)
        {
            if (joint % CheckedActions == 0) cancellationToken.ThrowIfCancellationRequested();
            int row = (state * _game.JointActionCount) + joint;
            if (_game.RowStarts[row] == _game.RowStarts[row + 1]) continue;
            double probability = mass;
            for (int p = 0; p < _features.Length; p++)
                probability *= policies[p][(((time * _game.StateCount) + state) * _game.ActionCounts[p]) + _game.ActionOf(p, joint)];
            for (int k = _game.RowStarts[row]; k < _game.RowStarts[row + 1]; k++) _next[_game.NextStates[k]] += probability * _game.Probabilities[k];
        }
    }
}
