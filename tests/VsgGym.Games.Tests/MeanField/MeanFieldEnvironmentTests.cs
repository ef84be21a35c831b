using VsgGym.Core;
using VsgGym.TestKit;

namespace VsgGym.Games.Tests;

public sealed class MeanFieldEnvironmentTests
{
    [Theory]
    [InlineData("mf_crowd-v0", "{}")]
    [InlineData("mf_crowd-v0", """{"observe_population": true}""")]
    [InlineData("mf_sis-v0", """{"types": [{"name": "a", "share": 0.5}, {"name": "b", "share": 0.5}]}""")]
    [InlineData("mf_crowd-v0", """{"types": [{"name": "a", "share": 0.5}, {"name": "b", "share": 0.5, "place": 2}]}""")]
    [InlineData("mf_rock_paper_scissors-v0", """{"types": [{"name": "a", "share": 0.5}, {"name": "b", "share": 0.5, "rock_win": 5}]}""")]
    [InlineData("mf_left_right-v0", "{}")]
    public void Step_AllocatesNothing(string id, string options)
    {
        var game = Catalog.Scan([typeof(Crowd).Assembly]).CreateGame(id, options);
        var batch = Play.Start(game, new VectorOptions { Copies = 16 });
        byte[] actions = new byte[batch.ActionBytes];
        for (int t = 0; t < 200; t++) batch.Step(actions); // warms up
        Assert.Equal(0, SteadyState.Bytes(() =>
        {
            for (int t = 0; t < 500; t++) batch.Step(actions);
        }));
    }

    [Fact]
    public void UploadedTables_ArePlayedLikeAnyOther()
    {
        // All who stay are paid the share of those beside them; "go" leads to the other place for sure.
        var rules = new LinearMeanFieldGame(new LinearMeanFieldTables
        {
            Horizon = 2,
            Rewards = new ShapedArray([0, -1, 0, -1], 2, 2),
            RewardTerms = new ShapedArray([1, 0, 0, 0, 0, 1, 0, 0], 2, 2, 2),
            Transitions = new ShapedArray([1, 0, 0, 1, 0, 1, 1, 0], 2, 2, 2),
        });
        var play = new VectorEnvironment(new MeanFieldEnvironment(rules, 4, observePopulation: false), new VectorOptions(), 1);
        play.Reset();
        play.Step(0, 0, 0, 1);
        Assert.Equal([1, 1, 1, -1], play.Rewards());
        play.Step(0, 1, 0, 0);
        Assert.Equal([0.75, -1, 0.75, 0.25], play.Rewards());
        Assert.Equal([0, 1, 0, 1], Enumerable.Range(0, 4).Select(i => play.Worlds.DiscreteObservations(i)[0]));
        Assert.Equal([0.5, 0.5], MeanFieldEnvironment.Shares(new World(play.Worlds, 0), 2));
        Assert.True(play.Worlds.Terminated(2)[0]);
    }
}
