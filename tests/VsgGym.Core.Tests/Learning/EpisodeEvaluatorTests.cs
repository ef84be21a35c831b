using System.Collections.Immutable;

namespace VsgGym.Core.Tests;

public sealed class EpisodeEvaluatorTests
{
    public static TheoryData<string, int> Batches()
    {
        var cases = new TheoryData<string, int>();
        foreach (string game in (string[])["countdown", "drift", "table", "endless"])
            foreach (int copies in (int[])[2, 7, 64, 1000])
                cases.Add(game, copies);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void Run_WithAnyNumberOfCopies_GivesTheSameBits(string game, int copies)
    {
        var one = Evaluate(game, 137, copies: 1);
        var many = Evaluate(game, 137, copies);
        Assert.Equal(Bits(one), Bits(many));
        Assert.NotEqual(Bits(one), Bits(Evaluate(game, 137, copies, seed: 6)));
    }

    [Fact]
    public void Run_OfMoreEpisodesThanABlock_GivesTheSameBits()
    {
        const int episodes = (2 << 14) + 3;
        Assert.Equal(Bits(Evaluate("endless", episodes, 1)), Bits(Evaluate("endless", episodes, 700)));
    }

    [Fact]
    public void Run_EqualsEpisodesPlayedOneByOne()
    {
        const int episodes = 40;
        var environment = new CountdownEnvironment([2, 3], masks: true);
        var returns = new double[2, episodes];
        for (int e = 0; e < episodes; e++)
        {
            // seat 0 is this loop's, the other one plays uniformly
            var batch = Play.Start(environment, new VectorOptions { OwnSeats = [0, 1], Autoreset = AutoresetMode.Disabled }, EpisodeEvaluator.SeedOf(5, e));
            for (int t = 0; t < 3; t++)
            {
                UniformPolicy.Instance.Act(batch.Worlds, 0, [true]);
                UniformPolicy.Instance.Act(batch.Worlds, 1, [true]);
                batch.Step(Play.Discrete(batch.Worlds.DiscreteActions(0)[0], batch.Worlds.DiscreteActions(1)[0]));
                for (int p = 0; p < 2; p++) returns[p, e] += batch.Worlds.Rewards(p)[0];
            }
        }

        var result = EpisodeEvaluator.Run(environment, [null, null], new EvaluationOptions { Episodes = episodes, Seed = 5, Copies = 16 });
        for (int p = 0; p < 2; p++)
        {
            double[] own = [.. Enumerable.Range(0, episodes).Select(e => returns[p, e])];
            double mean = own.Average(), deviation = Math.Sqrt(own.Sum(x => (x - mean) * (x - mean)) / (episodes - 1));
            var player = result.Players[p];
            Assert.Equal($"player_{p}", player.Player);
            Assert.Equal(mean, player.MeanReturn, 12);
            Assert.Equal(deviation / Math.Sqrt(episodes), player.StandardError, 12);
            Assert.Equal((own.Min(), own.Max()), (player.Lowest, player.Highest));
            Assert.Empty(player.MeanAction);
        }

        Assert.Equal((episodes, 3.0), (result.Episodes, result.MeanLength));
    }

    [Fact]
    public void Run_OfEpisodesOfRandomLength_DoesNotFavorShortOnes()
    {
        // A geometric length with end probability 1/4 has mean 4 and standard deviation sqrt(12); stopping at the first 4000 ends of 4000
        // copies, as a careless loop does, would give about 1.
        var result = Evaluate("endless", 4000, copies: 4000);
        Assert.Equal(result.MeanLength, result.Players[0].MeanReturn, 10);
        Assert.InRange(result.MeanLength, 4 - (5 * Math.Sqrt(12.0 / 4000)), 4 + (5 * Math.Sqrt(12.0 / 4000)));
        Assert.Equal(Math.Sqrt(12.0 / 4000), result.Players[0].StandardError, 0.005);
        Assert.Equal(1, result.Players[0].Lowest);
    }

    [Fact]
    public void Run_WithATimeLimit_CutsEveryEpisodeThere()
    {
        var result = EpisodeEvaluator.Run(new EndlessEnvironment(chance: false), [null], new EvaluationOptions { Episodes = 9, TimeLimit = 17 });
        Assert.Equal((17.0, 17.0, 0.0, 17.0), (result.MeanLength, result.Players[0].MeanReturn, result.Players[0].StandardError, result.Players[0].Highest));
    }

    [Fact]
    public void Run_WithBoxActions_GivesTheMeanActionOfLiveSeats()
    {
        var result = EpisodeEvaluator.Run(new DriftEnvironment(), [new Steady([0.5f, 0.25f / 4]), new Steady([-1, 0.1f])], new EvaluationOptions { Episodes = 30, Copies = 8 });
        Assert.Equal<double>([0.5, 0.0625], result.Players[0].MeanAction);
        Assert.Equal(-1, result.Players[1].MeanAction[0]);
        Assert.Equal(0.1f, result.Players[1].MeanAction[1], 12);
        Assert.Equal(4 * 0.5625, result.Players[0].MeanReturn, 12);
        Assert.Equal(double.NaN, EpisodeEvaluator.Run(new DriftEnvironment(), [null, null], new EvaluationOptions { Episodes = 1 }).Players[0].StandardError);
    }

    [Fact]
    public void Run_OfAGameWithoutAnEnd_AsksForATimeLimit()
    {
        var error = Assert.Throws<VsgGymException>(() => EpisodeEvaluator.Run(new EndlessEnvironment(chance: true), [null], new EvaluationOptions()));
        Assert.Equal(("time_limit", "missing"), (Assert.Single(error.Faults).Path, error.Faults[0].Reason));
    }

    [Fact]
    public void Run_WithManyFaults_NamesThemAll()
    {
        var options = new EvaluationOptions { Episodes = 0, Copies = -1, TimeLimit = 0 };
        var wide = new TabularPolicy([1, 0, 0, 0], 1, 1, 4);
        var error = Assert.Throws<VsgGymException>(() => EpisodeEvaluator.Run(new CountdownEnvironment([1, 1]), [wide, wide, null], options));
        Assert.Equal(["episodes", "num_envs", "time_limit", "policies", "policies.player_0", "policies.player_1"], error.Faults.Select(fault => fault.Path));
        Assert.Equal(ErrorKind.InvalidArgument, error.Kind);
    }

    [Fact]
    public void Run_OfAPolicyThatPlaysIllegally_NamesPlayerAndAction()
    {
        var error = Assert.Throws<VsgGymException>(() => EpisodeEvaluator.Run(new DriftEnvironment(), [null, new Steady([2, 0])], new EvaluationOptions { Episodes = 1 }));
        Assert.Equal(("actions.right[0, 0]", "2", "out_of_range"), (error.Faults[0].Path, error.Faults[0].Value, error.Faults[0].Reason));
    }

    [Fact]
    public void Run_WhenCancelled_StopsBeforeTheNextStep()
    {
        using var stop = new CancellationTokenSource();
        var policy = new Steady([0, 0]) { Acted = stop.Cancel };
        Assert.Throws<OperationCanceledException>(() =>
            EpisodeEvaluator.Run(new DriftEnvironment(), [policy, null], new EvaluationOptions(), cancellationToken: stop.Token));
        Assert.Equal(1, policy.Calls);
    }

    [Fact]
    public void Run_TellsHowManyEpisodesHaveEnded()
    {
        var told = new List<long>();
        EpisodeEvaluator.Run(new CountdownEnvironment([2]), [null], new EvaluationOptions { Episodes = 10, Copies = 4 }, told.Add);
        Assert.Equal([0, 4, 8, 10], told);
    }

    [Fact]
    public void SeedOf_NeighboringSeeds_ShareNoEpisodes()
    {
        var seeds = Enumerable.Range(0, 50).SelectMany(e => (ulong[])[EpisodeEvaluator.SeedOf(0, e), EpisodeEvaluator.SeedOf(1, e)]);
        Assert.Equal(100, seeds.Distinct().Count());
    }

    private static EvaluationResult Evaluate(string game, long episodes, int copies, ulong seed = 5)
    {
        Environment environment = game switch
        {
            "countdown" => new CountdownEnvironment([2, 3], masks: true),
            "drift" => new DriftEnvironment(),
            "endless" => new EndlessEnvironment(chance: true),
            _ => new TabularEnvironment(Play.Table()),
        };
        var policies = new IPolicy?[environment.Spec.PlayerCount];
        if (game == "table") policies[1] = PolicyProfile.Uniform(Play.Table())[1];
        return EpisodeEvaluator.Run(environment, policies, new EvaluationOptions { Episodes = episodes, Copies = copies, Seed = seed, TimeLimit = game == "endless" ? 100 : null });
    }

    private static long[] Bits(EvaluationResult result) =>
    [
        BitConverter.DoubleToInt64Bits(result.MeanLength),
        .. result.Players.SelectMany(player => ImmutableArray.Create(player.MeanReturn, player.StandardError, player.Lowest, player.Highest).AddRange(player.MeanAction))
            .Select(BitConverter.DoubleToInt64Bits),
    ];

    /// <summary>Plays the same box action always, and counts.</summary>
    private sealed class Steady(float[] action) : IPolicy
    {
        public int Calls { get; private set; }

        public Action Acted { get; init; } = () => { };

        public void CheckFits(EnvironmentSpec spec, int player) => Assert.Equal(action.Length, spec.Actions[player].Length);

        public void Act(StepBuffer worlds, int player, ReadOnlySpan<bool> copies)
        {
            Calls++;
            for (int b = 0; b < copies.Length; b++)
                if (copies[b]) action.CopyTo(worlds.BoxActions(player)[(b * action.Length)..]);
            Acted();
        }
    }
}
