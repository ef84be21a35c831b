using VsgGym.Core;

namespace VsgGym.Learning.Tests;

/// <summary>What every actor-critic owes, as tests that each learner's class inherits.</summary>
public abstract class LearnerContract(string id)
{
    public static TheoryData<string, string> Games => new()
    {
        { "differential-v0", "{\"horizon\": 2}" },
        { "climbing-v0", "" },
        { "pursuit-v0", "" },
    };

    [Theory]
    [MemberData(nameof(Games))]
    public void TrainingTwice_GivesEqualBits(string game, string options)
    {
        byte[][] ends = [.. Enumerable.Range(0, 2).Select(_ =>
        {
            using var learner = Samples.Learner(id, Samples.Game(game, options), Samples.Small, seed: 3);
            learner.Run(12);
            return learner.Bytes();
        })];
        Assert.Equal(ends[0], ends[1]);
        using var other = Samples.Learner(id, Samples.Game(game, options), Samples.Small, seed: 4);
        other.Run(12);
        Assert.NotEqual(ends[0], other.Bytes());
    }

    [Theory]
    [MemberData(nameof(Games))]
    public void Load_GoesOnAsIfNothingHadHappened(string game, string options)
    {
        const string Settings = Samples.Small + ", \"num_envs\": 2, \"updates_per_step\": 2";
        using var whole = Samples.Learner(id, Samples.Game(game, options), Settings, seed: 5);
        whole.Run(9);
        byte[] saved = whole.Bytes();
        double[] metrics = whole.Metrics();
        whole.Run(6);
        using var resumed = Samples.Learner(id, Samples.Game(game, options), Settings, seed: 5);
        resumed.Load(new MemoryStream(saved));
        Assert.Equal(9, resumed.StepsTaken);
        Assert.Equal(metrics, resumed.Metrics());
        Assert.Equal(saved, resumed.Bytes());
        resumed.Run(6);
        Assert.Equal(whole.Bytes(), resumed.Bytes());
        Assert.Equal(whole.Metrics(), resumed.Metrics());
    }

    [Fact]
    public void Load_OfOtherBytes_IsRefused()
    {
        using var learner = Samples.Learner(id, Samples.Game("climbing-v0"), Samples.Small);
        byte[] bytes = learner.Bytes();
        Assert.Throws<InvalidDataException>(() => learner.Load(new MemoryStream([1, 2, 3, 4, 5, 6])));
        Assert.Contains("cut off", Assert.Throws<InvalidDataException>(() => learner.Load(new MemoryStream(bytes[..^3]))).Message, StringComparison.Ordinal);
        using var other = Samples.Learner(id == "mai" ? "rommeo_ac" : "mai", Samples.Game("climbing-v0"), Samples.Small);
        Assert.Contains("not of", Assert.Throws<InvalidDataException>(() => other.Load(new MemoryStream(bytes))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LearnersInParallel_DoNotDisturbEachOther()
    {
        byte[] Train(ulong seed)
        {
            using var learner = Samples.Learner(id, Samples.Game("climbing-v0"), Samples.Small, seed);
            learner.Run(12);
            return learner.Bytes();
        }

        byte[][] alone = [Train(1), Train(2)], together = new byte[2][];
        Parallel.For(0, 2, i => together[i] = Train((ulong)i + 1));
        Assert.Equal(alone[0], together[0]);
        Assert.Equal(alone[1], together[1]);
    }

    [Fact]
    public void ThreePlayersWithBoxesOfSeveralNumbers_TrainAndTakeModelsHome()
    {
        using var learner = Samples.Learner(id, new MeetingGame(), Samples.Small + ", \"num_envs\": 3");
        learner.Run(15);
        Assert.All(learner.Metrics(), number => Assert.True(double.IsFinite(number)));
        Assert.Equal(5, learner.GreedyActions(new MeetingGame()).Length);
        Assert.Equal(["a", "b", "c"], learner.TakeModels().Select(model => model.Player));
        Assert.Equal(0.9, learner.Resolved.Discount);
    }

    [Fact]
    public void ThreePlayersWithDiscreteActions_Train()
    {
        using var learner = Samples.Learner(id, new TabularEnvironment(Samples.ThreePlayers()), Samples.Small);
        learner.Run(15);
        Assert.All(learner.Metrics(), number => Assert.True(double.IsFinite(number)));
    }

    [Fact]
    public void Metrics_AreNaNUntilKnown()
    {
        using var learner = Samples.Learner(id, Samples.Game("climbing-v0"), Samples.Small);
        Assert.All(learner.Metrics(), number => Assert.True(double.IsNaN(number)));
        learner.Run(2);
        Assert.True(double.IsNaN(learner.Metric("player_0/q_loss")));
        Assert.InRange(learner.Metric("player_0/reward"), -30, 11);
        Assert.InRange(learner.Metric("player_0/rho_distance"), 0, 1);
        learner.Run(10);
        Assert.All(learner.Metrics(), number => Assert.True(double.IsFinite(number)));
    }

    [Fact]
    public void TakenModels_StayAsTheyWere()
    {
        var game = Samples.Entries.CreateGame("climbing-v0");
        using var learner = Samples.Learner(id, game.CreateEnvironment(), Samples.Small);
        var model = learner.TakeModels()[0];
        double[] before = [.. model.Table(game.Table!)!.Row(0, 0).ToArray()];
        learner.Run(15);
        Assert.Equal(before, model.Table(game.Table!)!.Row(0, 0).ToArray());
        Assert.NotEqual(before, learner.TakeModels()[0].Table(game.Table!)!.Row(0, 0).ToArray());
    }

    [Fact]
    public void Divergence_NamesTheQuantityAndTheStep()
    {
        using var learner = Samples.Learner(id, Samples.Game("climbing-v0"), Samples.Small);
        var error = Assert.Throws<VsgGymException>(() => Explode(learner));
        Assert.Equal(ErrorKind.Numerical, error.Kind);
        Assert.StartsWith("player_0/", error.Faults[0].Path, StringComparison.Ordinal);
        Assert.Contains($"at step {learner.StepsTaken}", error.Faults[0].Rule, StringComparison.Ordinal);

        static void Explode(ActorCriticLearner learner)
        {
            learner.Run(5);
            using var saved = new MemoryStream(learner.Bytes());
            byte[] bytes = saved.ToArray();
            // The first number of the first network becomes infinite: after mark, version, id, players, steps, alpha, distances and Adam's count.
            int at = 4 + 4 + 1 + (learner is Mai ? 3 : 9) + 4 + 8 + 8 + 16 + 8;
            BitConverter.GetBytes(float.PositiveInfinity).CopyTo(bytes, at);
            learner.Load(new MemoryStream(bytes));
            learner.Run(5);
        }
    }

    [Fact]
    public void Presets_Resolve_AndOptionsOverrideThem()
    {
        using var published = Samples.Learner(id, Samples.Game("differential-v0"), "\"protocol\": \"published\"");
        var s = published.Resolved;
        Assert.Equal([100, 100], s.Hidden.ToArray());
        Assert.Equal((512, 1, 11L, 1_000_000, 512), (s.Batch, s.UpdatesPerStep, s.LearningStarts, s.Buffer, s.PriorWindow));
        Assert.Equal([.01, .01, .01, .01, .01], [s.CriticRate, s.PolicyRate, s.ModelRate, s.PriorRate, s.TargetTau]);
        Assert.Equal((UpdateOrder.AtOnce, true), (s.UpdateOrder, s.PadPriorWindow));
        Assert.Equal((1.0, 1e-3, 1.0, 1.0, 0.0), (s.PriorRegularizer, s.Regularizer, s.KlWeight, s.RewardScale, s.GradientClip));
        Assert.Equal([500.1, 500.1, 0.1 + (500 / Math.E)], [s.Alpha.At(0), s.Alpha.At(10), s.Alpha.At(20)]);
        Assert.Equal((5000L, 1), (s.Steps, s.NumEnvs));
        using var common = Samples.Learner(id, Samples.Game("differential-v0"), "\"protocol\": \"common\", \"batch\": 7, \"alpha\": 2");
        Assert.Equal((1000L, 7, 2.0, 0.5), (common.Resolved.ExplorationSteps, common.Resolved.Batch, common.Resolved.Alpha.At(3), common.Resolved.GradientClip));
        using var plain = Samples.Learner(id, Samples.Game("differential-v0"));
        using var named = Samples.Learner(id, Samples.Game("differential-v0"), "\"protocol\": \"recommended\"");
        Assert.Equal(named.Resolved with { Hidden = [] }, plain.Resolved with { Hidden = [] });
        Assert.Equal(new IterationLimit("steps", 5000), plain.Limit);
    }

    [Fact]
    public void FaultyOptions_AreReportedTogether()
    {
        var error = Assert.Throws<VsgGymException>(() => Samples.Learner(
            id, Samples.Game("climbing-v0"), "\"batch\": 0, \"hidden\": [], \"alpha\": 0, \"discount\": 1.5, \"steps\": 0, \"protocol\": \"best\", \"batches\": 1"));
        Assert.Equal(
            ["options.alpha", "options.batch", "options.batches", "options.discount", "options.hidden", "options.protocol", "options.steps"],
            error.Faults.Select(fault => fault.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void GamesThatCannotBeLearned_AreRefused()
    {
        var mixed = Assert.Throws<VsgGymException>(() => Samples.Learner(id, new OddGame([new DiscreteSpace(2), new BoxSpace([0f], [1f])])));
        Assert.Equal("mixed_actions", mixed.Faults[0].Reason);
        var alone = Assert.Throws<VsgGymException>(() => Samples.Learner(id, new OddGame([new DiscreteSpace(2)])));
        Assert.Equal("game.players", alone.Faults[0].Path);
        var large = Assert.Throws<VsgGymException>(() => Samples.Learner(id, new OddGame([new DiscreteSpace(2), new DiscreteSpace(5000)])));
        Assert.Equal(("game.actions.p0", "too_many_joint_actions"), (large.Faults[0].Path, large.Faults[0].Reason));
    }

    [Fact]
    public void CanceledStep_Stops()
    {
        using var learner = Samples.Learner(id, Samples.Game("climbing-v0"), Samples.Small);
        Assert.Throws<OperationCanceledException>(() => learner.Step(new CancellationToken(canceled: true)));
        Assert.Equal(0, learner.StepsTaken);
    }

    private sealed class OddGame(Space[] actions) : Core.Environment(
        new EnvironmentSpec
        {
            Players = [.. actions.Select((_, p) => $"p{p}")],
            Observations = [.. actions.Select(_ => (Space)new DiscreteSpace(1))],
            Actions = [.. actions],
            LowestReward = 0,
            HighestReward = 0,
        },
        0)
    {
        protected override void ResetCore(ref World world) => world.Observe(0, 0);

        protected override void StepCore(ref World world) => world.Terminate();
    }
}
