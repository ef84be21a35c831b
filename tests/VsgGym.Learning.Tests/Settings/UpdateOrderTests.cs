using VsgGym.Networks;

namespace VsgGym.Learning.Tests;

public sealed class UpdateOrderTests
{
    private const string Single = ", \"critic_updates\": 1", AtOnce = Single + ", \"update_order\": \"at_once\"", InTurn = Single + ", \"update_order\": \"in_turn\"";

    public static TheoryData<string, string> Cases => new() { { "rommeo_ac", "differential-v0" }, { "rommeo_ac", "climbing-v0" }, { "mai", "differential-v0" }, { "mai", "climbing-v0" } };

    [Theory]
    [MemberData(nameof(Cases))]
    public void PolicyAndModel_FollowTheMovedCritic_OnlyInTurn(string learner, string game)
    {
        // One update. What the critic's rate is decides where it goes, and so what the others see in turn.
        Assert.Equal(AfterOne(learner, game, AtOnce + ", \"critic_rate\": 0"), AfterOne(learner, game, AtOnce + ", \"critic_rate\": 0.1"));
        Assert.NotEqual(AfterOne(learner, game, InTurn + ", \"critic_rate\": 0"), AfterOne(learner, game, InTurn + ", \"critic_rate\": 0.1"));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Model_FollowsTheMovedPrior_OnlyInTurn(string learner, string game)
    {
        Assert.Equal(AfterOne(learner, game, AtOnce + ", \"prior_rate\": 0"), AfterOne(learner, game, AtOnce + ", \"prior_rate\": 0.1"));
        Assert.NotEqual(AfterOne(learner, game, InTurn + ", \"prior_rate\": 0"), AfterOne(learner, game, InTurn + ", \"prior_rate\": 0.1"));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void EverythingMoves_WithSeveralUpdatesOfTheCritic(string learner, string game)
    {
        const string Several = ", \"update_order\": \"at_once\", \"critic_updates\": 3, \"target_tau\": 0.5";
        using var still = Samples.Learner(learner, Samples.Game(game), Options(Several + ", \"critic_rate\": 0"));
        using var moved = Samples.Learner(learner, Samples.Game(game), Options(Several));
        still.Run(6);
        moved.Run(6);
        Assert.NotEqual(still.Metric("player_0/q_loss"), moved.Metric("player_0/q_loss"));
        Assert.NotEqual(AfterOne(learner, game, Several + ", \"policy_rate\": 0, \"model_rate\": 0"), AfterOne(learner, game, Several));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AtOnce_ResumesBitForBit(string learner, string game)
    {
        using var whole = Samples.Learner(learner, Samples.Game(game), Options(AtOnce + ", \"pad_prior_window\": true"));
        whole.Run(5);
        byte[] saved = whole.Bytes();
        whole.Run(5);
        using var resumed = Samples.Learner(learner, Samples.Game(game), Options(AtOnce + ", \"pad_prior_window\": true"));
        resumed.Load(new MemoryStream(saved));
        resumed.Run(5);
        Assert.Equal(whole.Bytes(), resumed.Bytes());
    }

    private static string Options(string more) => "\"hidden\": [16, 16], \"batch\": 32, \"learning_starts\": 4, \"policy_starts\": 0, \"model_starts\": 0, \"gradient_clip\": 10" + more;

    /// <summary>The parameters of policies and opponent models after one update.</summary>
    private static float[] AfterOne(string learner, string game, string more)
    {
        using var trained = Samples.Learner(learner, Samples.Game(game), Options(more));
        trained.Run(4);
        return [.. trained.Blueprints().SelectMany(player => (DenseNetwork[])[player.Policy, player.OpponentModel!]).SelectMany(network => network.Layers).SelectMany(layer => layer.Weight.ToArray())];
    }
}
