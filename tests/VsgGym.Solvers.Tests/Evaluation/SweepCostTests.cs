using VsgGym.Core;

namespace VsgGym.Solvers.Tests;

/// <summary>What a state is said to cost, so that few heavy ones are shared among threads too.</summary>
public sealed class SweepCostTests
{
    [Fact]
    public void Costs_CountTransitionsAndActions()
    {
        // 10 states of 3 x 4 joint actions with two successors each: 24 transitions a state are read and weighed, 12 joint actions cost four.
        var game = Game(states: 10, 3, 4);
        Assert.Equal((2 * 24) + (4 * 12), SweepCost.OfBackups(game));
        Assert.Equal(5 * ((2 * 24) + (4 * 12)), SweepCost.OfBackups(game, 5));
        Assert.Equal(4 * 12 * 7, SweepCost.OfMatrixGame(game));
        Assert.Equal(5 * 5 * 3, SweepCost.OfProgram(variables: 3, constraints: 5));
        Assert.Equal((1, int.MaxValue), (SweepCost.Limited(.1), SweepCost.Limited(1e300)));
    }

    // Every joint action goes to two states.
    private static StochasticGame Game(int states, params int[] actions)
    {
        var builder = new StochasticGameBuilder(["player_0", "player_1"], states, actions);
        for (int s = 0; s < states; s++)
            for (int a = 0; a < actions[0] * actions[1]; a++) builder.AddTransition(s, a, s, .5).AddTransition(s, a, (s + 1) % states, .5);
        return builder.BuildDiscounted(.9);
    }
}
