using VsgGym.Core;

namespace VsgGym.Solvers.Tests;

/// <summary>Which best response is given where several are.</summary>
public sealed class BestResponseTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(200)] // more states than are solved directly
    public void EqualActions_GiveTheLowestOne(int copies)
    {
        // State 0: action 0 ends with nothing, 1 leads to state 1, 2 ends with 2. State 1: action 1 ends with 4, the others with nothing. At
        // discount 1/2 actions 1 and 2 of state 0 are worth 2, but policy iteration meets 2 first, while state 1 is still worth nothing.
        var builder = new StochasticGameBuilder(["player_0", "player_1"], 3 * copies, [3, 1]);
        for (int s = 0; s < 3 * copies; s += 3)
        {
            builder.SetReward(0, s, 2, 2).SetReward(0, s + 1, 1, 4);
            for (int a = 0; a < 3; a++) builder.AddTransition(s, a, a == 1 ? s + 1 : s + 2, 1).AddTransition(s + 1, a, s + 2, 1);
        }

        var game = builder.BuildDiscounted(.5);
        var best = BestResponse.Solve(game, PolicyProfile.Uniform(game), 0);
        for (int s = 0; s < 3 * copies; s += 3)
        {
            Assert.Equal([0, 1, 0], best.Policy.Row(0, s).ToArray());
            Assert.Equal([0, 1, 0], best.Policy.Row(0, s + 1).ToArray());
            Assert.Equal([1, 0, 0], best.Policy.Row(0, s + 2).ToArray());
            Assert.Equal([2.0, 4, 0], best.Values.Data[s..(s + 3)].Select(value => Math.Round(value, 11)));
        }
    }
}
