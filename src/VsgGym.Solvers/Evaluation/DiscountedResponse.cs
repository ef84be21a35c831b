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
        if (respond) Improve(process, policy, values, cancellationToken);
        else process.Chain(policy, cancellationToken).Evaluate(values, MarkovChain.Finest, cancellationToken);
        double residual = process.Residual(respond ? [] : policy, values, cancellationToken);
        return new PlayerValues(new TabularPolicy(policy, 1, states, actions), new ShapedArray(values, states), residual / (1 - game.Discount));
    }

    private static void Improve(ResponseProcess process, double[] policy, double[] values, CancellationToken cancellationToken)
    {
        double accuracy = MarkovChain.FirstAccuracy(values.Length);
        for (int k = 0; k < MostImprovements; k++)
        {
            process.Chain(policy, cancellationToken).Evaluate(values, accuracy, cancellationToken);
            bool improved = process.Improve(policy, values, cancellationToken);
            if (!improved && accuracy == MarkovChain.Finest) break;
            accuracy = MarkovChain.NextAccuracy(accuracy, improved);
        }

        process.ChooseLowest(policy, values, cancellationToken);
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
