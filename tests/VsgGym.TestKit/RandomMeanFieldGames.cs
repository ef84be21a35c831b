using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.TestKit;

/// <summary>Mean-field games that are linear in the distribution, with every number drawn at random, at each time anew.</summary>
public static class RandomMeanFieldGames
{
    /// <summary>Draws a game: the next state follows a random distribution for each state z, weighted by the population's share in z.</summary>
    public static LinearMeanFieldGame Create(RandomStream random, int states, int actions, int horizon)
    {
        int rows = horizon * states * actions;
        var terms = new double[rows * states * states];
        var corner = new double[states];
        for (int row = 0; row < rows; row++)
            for (int z = 0; z < states; z++)
            {
                random.NextSimplex(corner);
                for (int next = 0; next < states; next++) terms[(((row * states) + next) * states) + z] = corner[next];
            }

        var initial = new double[states];
        random.NextSimplex(initial);
        return new LinearMeanFieldGame(new LinearMeanFieldTables
        {
            Horizon = horizon,
            Rewards = new ShapedArray(Draw(ref random, rows), horizon, states, actions),
            RewardTerms = new ShapedArray(Draw(ref random, rows * states), horizon, states, actions, states),
            Transitions = new ShapedArray(new double[states * actions * states], states, actions, states),
            TransitionTerms = new ShapedArray(terms, horizon, states, actions, states, states),
            Initial = new ShapedArray(initial, states),
        });
    }

    /// <summary>Draws a policy [T, S, A].</summary>
    public static TabularPolicy Policy(RandomStream random, MeanFieldGame game)
    {
        ArgumentNullException.ThrowIfNull(game);
        var table = new double[game.Horizon * game.StateCount * game.ActionCount];
        for (int row = 0; row < table.Length; row += game.ActionCount) random.NextSimplex(table.AsSpan(row, game.ActionCount));
        return new TabularPolicy(table, game.Horizon, game.StateCount, game.ActionCount);
    }

    private static double[] Draw(ref RandomStream random, int count)
    {
        var numbers = new double[count];
        foreach (ref double number in numbers.AsSpan()) number = (2 * random.NextDouble()) - 1;
        return numbers;
    }
}
