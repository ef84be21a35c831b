using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>Values of a discounted game by policy iteration.</summary>
internal static class DiscountedResponse
{
    private const int MostImprovements = 10_000; // far above what policy iteration takes; ends a cycle among equals

    public static PlayerValues Run(StochasticGame game, PolicyProfile policies, int player, bool respond, CancellationToken cancellationToken)
    {
        int states = game.StateCount, actions = game.ActionCounts[player];
        var blocks = BackwardInduction.At(policies, 0);
        var process = new ResponseProcess(game, blocks, player, cancellationToken);
        var values = new double[states];
        double[] policy = respond ? FirstLegal(game, player) : blocks[player];
        process.Evaluate(policy, values, cancellationToken);
        for (int k = 0; respond && k < MostImprovements && process.Improve(policy, values); k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            process.Evaluate(policy, values, cancellationToken);
        }

        double residual = process.Residual(respond ? [] : policy, values);
        return new PlayerValues(new TabularPolicy(policy, 1, states, actions), new ShapedArray(values, states), residual / (1 - game.Discount));
    }

    private static double[] FirstLegal(StochasticGame game, int player)
    {
        int actions = game.ActionCounts[player];
        var policy = new double[game.StateCount * actions];
        for (int s = 0; s < game.StateCount; s++)
        {
            int a = 0;
            while (!game.IsLegal(player, s, a)) a++;
            policy[(s * actions) + a] = 1;
        }

        return policy;
    }
}
