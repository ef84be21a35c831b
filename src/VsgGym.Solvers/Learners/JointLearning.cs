using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>Values of joint actions beside models of what the others do: the common ground of joint action learners.</summary>
/// <remarks>Notation: Q_i(s, a), the models' frequencies P_j(a_j | s), and the expected value EV_i(s, a_i) = sum over a_-i of prod P_j(a_j | s) Q_i(s, a).</remarks>
internal sealed class JointLearning
{
    private readonly StochasticGame _game;
    private readonly QTable[] _q; // [N] of [places, J]
    private readonly double[] _scratch; // [J]
    private readonly double[][] _expected; // [N][A]

    public JointLearning(StochasticGame game, int places, double scale, int window, RandomStream random, CancellationToken cancellationToken)
    {
        _game = game;
        Models = new EmpiricalModels(game, places, window);
        _q = [.. Enumerable.Range(0, game.PlayerCount).Select(_ => new QTable(places, game.JointActionCount))];
        foreach (var table in _q) table.Draw(scale, ref random, cancellationToken);
        _scratch = new double[game.JointActionCount];
        _expected = [.. game.ActionCounts.Select(actions => new double[actions])];
    }

    /// <summary>What the players were seen to do.</summary>
    public EmpiricalModels Models { get; }

    /// <summary>Numbers per place.</summary>
    public static double NumbersPerPlace(StochasticGame game, int window) =>
        (game.PlayerCount * (double)game.JointActionCount) + EmpiricalModels.NumbersPerPlace(game, window);

    /// <summary>EV_i, [A], minus infinity where illegal; overwritten by the next call for the player.</summary>
    public Span<double> Expect(int player, int place)
    {
        double[] values = _expected[player];
        Expectation.Over(_game, player, place, Models.Frequencies, _q[player][place], _scratch, values);
        for (int a = 0; a < values.Length; a++)
            if (!_game.IsLegal(player, place % _game.StateCount, a)) values[a] = double.NegativeInfinity;
        return values;
    }

    /// <summary>The value of the best response to the models: max EV_i.</summary>
    public double Value(int player, int place)
    {
        var values = Expect(player, place);
        return values[ChoiceKernels.Best(values)];
    }

    /// <summary>Q_i(s, a) ← Q_i(s, a) + learning_rate (target - Q_i(s, a)).</summary>
    public double Learn(int player, in TabularMove move, double target, double learningRate) =>
        _q[player].Learn(move.Place, move.JointAction, target, learningRate);

    /// <summary>Takes an earlier answer's values of joint actions, and its policies as what was seen once.</summary>
    public void Start(int player, int place, EarlierPlaces answer)
    {
        answer.Fill(player, place);
        answer.JointValues.CopyTo(_q[player][place]);
        Models.Start(player, place, answer);
    }
}
