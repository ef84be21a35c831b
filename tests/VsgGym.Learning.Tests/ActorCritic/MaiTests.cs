using VsgGym.Core;

namespace VsgGym.Learning.Tests;

public sealed class MaiTests() : LearnerContract("mai")
{
    [Fact]
    public void Climbing_EndsAtTheOptimum()
    {
        var game = Samples.Game("climbing-v0");
        using var learner = Samples.Learner("mai", game, "\"steps\": 800", seed: 1);
        learner.Run(800);
        Assert.Equal([0.0, 0.0], learner.GreedyActions(game));
    }

    [Fact]
    public void MatchingInterests_InATwoByTwoGame_AreFoundInSeconds()
    {
        var game = new TabularEnvironment(Samples.Coordination());
        using var learner = Samples.Learner("mai", game, "\"steps\": 600, \"batch\": 64", seed: 2);
        learner.Run(600);
        Assert.Equal([1.0, 1.0], learner.GreedyActions(game));
    }

    [Fact]
    public void Gpi_IsTheSameAlgorithmUnderItsOtherName()
    {
        byte[][] ends = [.. ((string[])["mai", "gpi"]).Select(id =>
        {
            using var learner = Samples.Learner(id, Samples.Game("climbing-v0"), Samples.Small);
            learner.Run(8);
            return learner.Bytes();
        })];
        Assert.Equal(ends[0], ends[1]);
        Assert.Equal(["flow", "vsg"], Samples.Entries.Learners["gpi"].Sources.Select(source => source.Citation.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void InferredRewards_ExplainWhatTheOpponentDoes()
    {
        // With the prior in its weights r_hat has nothing left to explain and the model stays at the prior; without it the model is sharper than what was seen.
        var game = new TabularEnvironment(Samples.Coordination());
        const string Settings = "\"steps\": 400, \"batch\": 64, \"shared_reward\": 0, \"own_actions\": \"marginal\", \"exploration_steps\": 400, \"policy_starts\": 400, \"model_starts\": 0, \"reward_decay\": 0";
        using var learner = Samples.Learner("mai", game, Settings + ", \"prior_in_weights\": true", seed: 3);
        learner.Run(400);
        Assert.InRange(learner.Metric("player_0/kl_rho_prior"), 0, 0.05);
        Assert.InRange(learner.Metric("player_0/reward_loss"), -0.2, 0.2); // log Z - E[r_hat] where r_hat is a constant
    }

    [Fact]
    public void OptionsOfItsOwn_Override_AndAreChecked()
    {
        using var learner = Samples.Learner("mai", Samples.Game("differential-v0"), "\"reward_rate\": 0.5, \"reward_window\": 9, \"own_actions\": \"marginal\", \"shared_reward\": 0");
        Assert.Equal((0.5, 9, OwnActionSource.Marginal, 0.0), (learner.Resolved.RewardRate, learner.Resolved.RewardWindow, learner.Resolved.OwnActions, learner.Resolved.SharedReward.At(0)));
        using var published = Samples.Learner("mai", Samples.Game("differential-v0"), "\"protocol\": \"published\"");
        Assert.Equal((0.01, 0, OwnActionSource.Marginal, 0.0), (published.Resolved.RewardRate, published.Resolved.RewardWindow, published.Resolved.OwnActions, published.Resolved.SharedReward.At(0)));
        var error = Assert.Throws<VsgGymException>(() => Samples.Learner("mai", Samples.Game("differential-v0"), "\"shared_reward\": -1, \"reward_decay\": -1"));
        Assert.Equal(["options.reward_decay", "options.shared_reward"], error.Faults.Select(fault => fault.Path).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("differential-v0")]
    [InlineData("climbing-v0")]
    public void RewardWindow_TrainsOnTheLatest(string game)
    {
        using var learner = Samples.Learner("mai", Samples.Game(game), Samples.Small + ", \"reward_window\": 4, \"reward_decay\": 0.1, \"prior_in_weights\": true");
        learner.Run(12);
        Assert.True(double.IsFinite(learner.Metric("player_1/reward_loss")));
    }
}
