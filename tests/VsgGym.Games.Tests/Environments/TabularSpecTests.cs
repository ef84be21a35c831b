using VsgGym.Core;

namespace VsgGym.Games.Tests;

/// <summary>The reward bounds of a table hold exactly what can be paid.</summary>
public sealed class TabularSpecTests
{
    [Fact]
    public void IllegalRows_AreNotCounted()
    {
        var builder = new StochasticGameBuilder(["a"], 1, [2]).Forbid(0, 0, 1).SetReward(0, 0, 0, 3).SetReward(0, 0, 1, -100);
        Assert.Equal((3.0, 3.0), Bounds(builder.BuildFiniteHorizon(1)));
    }

    [Fact]
    public void TerminalReward_CountsOnlyOnStatesThatARowLeadsTo()
    {
        var builder = new StochasticGameBuilder(["a"], 3, [1])
            .SetReward(0, 0, 0, 1).SetReward(0, 1, 0, 2).SetReward(0, 2, 0, 0)
            .AddTransition(0, 0, 1, 1).AddTransition(1, 0, 1, 1)
            .SetTerminalReward(0, 1, 10).SetTerminalReward(0, 2, 1000);
        Assert.Equal((0.0, 12.0), Bounds(builder.BuildFiniteHorizon(5)));
    }

    [Fact]
    public void OneDecision_NeverPaysWithoutTheTerminalReward()
    {
        var builder = new StochasticGameBuilder(["a"], 1, [2])
            .SetReward(0, 0, 0, 1).SetReward(0, 0, 1, 2).AddTransition(0, 0, 0, 1).AddTransition(0, 1, 0, 1).SetTerminalReward(0, 0, 10);
        Assert.Equal((11.0, 12.0), Bounds(builder.BuildFiniteHorizon(1)));
    }

    [Fact]
    public void RowThatEndsTheEpisode_PaysNoTerminalReward()
    {
        var builder = new StochasticGameBuilder(["a"], 1, [2])
            .SetReward(0, 0, 0, 1).SetReward(0, 0, 1, 2).AddTransition(0, 1, 0, 1).SetTerminalReward(0, 0, 10);
        Assert.Equal((1.0, 12.0), Bounds(builder.BuildFiniteHorizon(1)));
    }

    private static (double Lowest, double Highest) Bounds(StochasticGame game)
    {
        var spec = new TabularEnvironment(game).Spec;
        return (spec.LowestReward, spec.HighestReward);
    }
}
