using VsgGym.Core;

namespace VsgGym.Games.Tests;

public sealed class UploadedMeanFieldTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(1000)]
    public void Agents_PlayAsManyAsTheCallerSays(int agents)
    {
        var game = new UploadedMeanField(Crowded(), "t", agents);
        var play = Play.Start(game);
        Assert.Equal((agents, agents), (game.Agents, play.Worlds.Spec.PlayerCount));
        play.Step([.. Enumerable.Range(0, agents).Select(i => i == 0 ? 1 : 0)]);
        play.Step([.. Enumerable.Repeat(0, agents)]);
        Assert.Equal(1.0 / agents, play.Rewards()[0]); // alone in the other place, among so many
        Assert.Contains(agents <= 12 ? "agent_0" : "agents", game.Draw(new World(play.Worlds, 0)).ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Agents_AreTenWhereTheCallerSaysNothing() => Assert.Equal(10, new UploadedMeanField(Crowded()).CreateEnvironment().Spec.PlayerCount);

    [Fact]
    public void FaultyAgentsAndArrays_AreReportedTogether()
    {
        var error = Assert.Throws<VsgGymException>(() => new UploadedMeanField(Crowded() with { Rewards = new ShapedArray([0, double.NaN, 0, 0], 2, 2) }, agents: 0));
        Assert.Equal(["agents", "rewards[0, 1]"], error.Faults.Select(fault => fault.Path));
    }

    /// <summary>Two places; who stays or goes is paid the share of those beside it.</summary>
    private static LinearMeanFieldTables Crowded() => new()
    {
        Horizon = 2,
        Rewards = new ShapedArray(new double[4], 2, 2),
        RewardTerms = new ShapedArray([1, 0, 1, 0, 0, 1, 0, 1], 2, 2, 2),
        Transitions = new ShapedArray([1, 0, 0, 1, 0, 1, 1, 0], 2, 2, 2),
    };
}
