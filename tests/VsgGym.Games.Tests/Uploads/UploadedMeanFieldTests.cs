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

    [Fact]
    public void TransitionsAsSumsOverShares_DoNotDriftAway()
    {
        // The epidemic as P(s') = sum over z of mu(z) P_z(s'), for all rows and times.
        var rules = new Epidemic(new Epidemic.Options { Horizon = 300 }).MeanField;
        var tables = Sums(rules, times: 1);
        var game = new UploadedMeanField(tables);
        Assert.Same(tables, game.Arrays.Tables);
        double[] expected = [.. rules.Initial], found = [.. rules.Initial], raw = [.. rules.Initial];
        for (int t = 0; t < 300; t++)
        {
            (expected, found, raw) = (Next(rules, t, expected), Next(game.MeanField, t, found), Next(game.Arrays, t, raw));
            Assert.Equal(expected[1], found[1], 1e-12);
        }

        Assert.False(Math.Abs(raw[1] - expected[1]) < 1e-3); // what the form is for
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Centering_ChangesNoTransition(int times)
    {
        var rules = new Epidemic(new Epidemic.Options { Horizon = 3 }).MeanField;
        var game = new UploadedMeanField(Sums(rules, times));
        double[] expected = new double[2], found = new double[2];
        for (int t = 0; t < 3; t++)
            for (int row = 0; row < 4; row++)
            {
                rules.Transition(t, row / 2, row % 2, [0.3, 0.7], expected);
                game.MeanField.Transition(t, row / 2, row % 2, [0.3, 0.7], found);
                Assert.Equal(expected[0], found[0], 1e-15);
                Assert.Equal(expected[1], found[1], 1e-15);
            }
    }

    [Fact]
    public void TransitionsThatKeepTheirSums_StayAsTheyAre()
    {
        var game = new UploadedMeanField(new Epidemic(new Epidemic.Options()).ReadTables(1000)!);
        Assert.Same(game.Arrays, game.MeanField);
    }

    /// <summary>The game's tables with all of the transitions in the terms, the same at all times or one copy for each.</summary>
    private static LinearMeanFieldTables Sums(MeanFieldGame rules, int times)
    {
        double[] terms = new double[16], next = new double[2];
        for (int row = 0; row < 4; row++)
            for (int z = 0; z < 2; z++)
            {
                rules.Transition(0, row / 2, row % 2, [1 - z, z], next);
                for (int s = 0; s < 2; s++) terms[(row * 4) + (s * 2) + z] = next[s];
            }

        int[] time = times == 1 ? [] : [times];
        return new LinearMeanFieldTables
        {
            Horizon = rules.Horizon,
            Rewards = new ShapedArray([0, -0.5, -1, -1.5], 2, 2),
            Transitions = new ShapedArray(new double[8], 2, 2, 2),
            TransitionTerms = new ShapedArray([.. Enumerable.Repeat(terms, times).SelectMany(x => x)], [.. time, 2, 2, 2, 2]),
            Initial = new ShapedArray([.. rules.Initial], 2),
        };
    }

    private static double[] Next(MeanFieldGame game, int time, double[] population)
    {
        double[] later = new double[2], next = new double[2];
        for (int row = 0; row < 4; row++)
        {
            game.Transition(time, row / 2, row % 2, population, next);
            for (int s = 0; s < 2; s++) later[s] += 0.5 * population[row / 2] * next[s];
        }

        return later;
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
