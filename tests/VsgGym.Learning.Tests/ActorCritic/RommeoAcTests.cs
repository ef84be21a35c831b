using VsgGym.Core;

namespace VsgGym.Learning.Tests;

public sealed class RommeoAcTests() : LearnerContract("rommeo_ac")
{
    [Fact]
    public void Climbing_EndsAtTheOptimum()
    {
        var game = Samples.Entries.CreateGame("climbing-v0");
        using var learner = Samples.Learner("rommeo_ac", game.CreateEnvironment(), "\"steps\": 800", seed: 1);
        learner.Run(800);
        Assert.Equal([0.0, 0.0], learner.GreedyActions(game.CreateEnvironment()));
        foreach (var model in learner.TakeModels())
        {
            Assert.True(model.Table(game.Table!)!.Row(0, 0)[0] > 0.9);
            Assert.True(model.OpponentTable(game.Table!)!.Data[0] > 0.9);
        }
    }

    [Fact]
    public void MatchingInterests_InATwoByTwoGame_AreFoundInSeconds()
    {
        // Both are paid 1 for (0, 0), 2 for (1, 1), 0 else: (1, 1) is the only optimum, and its critic is exact.
        var game = new TabularEnvironment(Samples.Coordination());
        using var learner = Samples.Learner("rommeo_ac", game, "\"steps\": 600, \"batch\": 64", seed: 2);
        learner.Run(600);
        Assert.Equal([1.0, 1.0], learner.GreedyActions(game));
        Assert.InRange(learner.Metric("player_0/q_loss"), 0, 1e-3);
        Assert.InRange(learner.Metric("player_0/rho_distance"), 0, 0.2);
    }
}
