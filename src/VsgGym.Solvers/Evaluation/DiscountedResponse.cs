using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>One player's values in a discounted game against fixed others, by policy iteration.</summary>
internal sealed class DiscountedResponse
{
    private const int MostImprovements = 10_000; // far above what policy iteration takes; ends a cycle among equals
    private readonly StochasticGame _game;
    private readonly int _player;
    private readonly double[] _played; // [S * A]
    private readonly ResponseProcess _process;

    public DiscountedResponse(StochasticGame game, PolicyProfile policies, int player, CancellationToken cancellationToken)
    {
        var blocks = BackwardInduction.At(policies, 0);
        (_game, _player, _played) = (game, player, blocks[player]);
        _process = new ResponseProcess(game, blocks, player, cancellationToken);
    }

    /// <summary>What the player plays, with its values.</summary>
    public PlayerValues Evaluate(CancellationToken cancellationToken)
    {
        var values = new double[_game.StateCount];
        _process.Chain(_played, cancellationToken).Evaluate(values, MarkovChain.Finest, cancellationToken);
        return Answer(_played, values, _process.Residual(_played, values, cancellationToken));
    }

    /// <summary>The best response.</summary>
    public PlayerValues Respond(CancellationToken cancellationToken)
    {
        double[] policy = FirstLegal(), values = new double[_game.StateCount];
        double accuracy = MarkovChain.FirstAccuracy(values.Length);
        for (int k = 0; k < MostImprovements; k++)
        {
            _process.Chain(policy, cancellationToken).Evaluate(values, accuracy, cancellationToken);
            bool improved = _process.Improve(policy, values, cancellationToken);
            if (!improved && accuracy == MarkovChain.Finest) break;
            accuracy = MarkovChain.NextAccuracy(accuracy, improved);
        }

        _process.ChooseLowest(policy, values, cancellationToken);
        return Answer(policy, values, _process.Residual([], values, cancellationToken));
    }

    private PlayerValues Answer(double[] policy, double[] values, double residual) =>
        new(new TabularPolicy(policy, 1, _game.StateCount, _game.ActionCounts[_player]), new ShapedArray(values, values.Length), residual / (1 - _game.Discount));

    private double[] FirstLegal()
    {
        int actions = _game.ActionCounts[_player];
        var policy = new double[_game.StateCount * actions];
        for (int s = 0; s < _game.StateCount; s++)
        {
            int a = 0;
            while (!_game.IsLegal(_player, s, a)) a++;
            policy[(s * actions) + a] = 1;
        }

        return policy;
    }
}
