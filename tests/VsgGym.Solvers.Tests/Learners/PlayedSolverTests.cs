using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>What every solver owes that plays episodes.</summary>
public sealed class PlayedSolverTests
{
    private static readonly Catalog Entries = Catalog.Scan([typeof(MgeF).Assembly]);
    private static readonly StochasticGame Climbing = NormalForm.Create(NormalForm.Climbing, NormalForm.Climbing);

    /// <summary>Each solver with options under which it hardly explores.</summary>
    public static TheoryData<string, string> Solvers => new()
    {
        { "q_learning", """{"epsilon": 0}""" },
        { "jal", """{"exploration": "epsilon_greedy", "epsilon": 0, "prior_window": 7}""" },
        { "nscp", """{"epsilon": 0}""" },
        { "wolf_phc", """{"delta_w": 0.01, "delta_l": 0.04, "epsilon": 0}""" },
        { "fmq", """{"temperature": 0.1}""" },
        { "pr2_q", """{"temperature": 0.1}""" },
    };

    [Theory]
    [MemberData(nameof(Solvers))]
    public void EarlierAnswerAtAnEquilibrium_IsAFixedPoint(string id, string options)
    {
        var equilibrium = new PolicyProfile(Climbing, new TabularPolicy([1, 0, 0], 1, 1, 3), new TabularPolicy([1, 0, 0], 1, 1, 3));
        var solver = (PlayedSolver)Create(id, Climbing, options, 1);
        solver.Start(new Solution { Policies = equilibrium });
        for (int k = 0; k < 50; k++) Assert.InRange(solver.Step(CancellationToken.None).Residual, 0, 1e-12);
        var metrics = new double[solver.MetricNames.Count];
        solver.ReadMetrics(metrics);
        Assert.Equal(11, metrics[0]);
        Assert.All(solver.ReadSolution().Policies.Policies, policy => Assert.InRange(policy.Row(0, 0)[0], .999, 1));
        // pr2_q weighs by N / (N + 0.1), and one visit by the earlier answer and 50 episodes were counted.
        Assert.All(solver.ReadSolution().Values, values => Assert.Equal(id == "pr2_q" ? 11 * 51 / 51.1 : 11, values.Data[0], 9));
    }

    [Theory]
    [MemberData(nameof(Solvers))]
    public void SameSeed_GivesTheSameBits(string id, string options)
    {
        double[] Trace(ulong seed) => NormalForm.Run(Create(id, Climbing, Merge(options, """{"episodes": 100}"""), seed)).Trace.Rows.Data;
        Assert.Equal(Trace(7), Trace(7));
        Assert.NotEqual(Trace(7), Trace(8));
    }

    [Theory]
    [MemberData(nameof(Solvers))]
    public void Step_AllocatesNothing(string id, string options) => Allocation.Check(Create(id, GameFor(id, 3, 5), options, 0));

    [Theory]
    [MemberData(nameof(Solvers))]
    public void AnyTable_WithIllegalActions_GivesASoundSolution(string id, string options)
    {
        foreach (var (players, horizon) in ((int, int?)[])[(1, null), (2, 4), (3, 3), (3, null)])
        {
            var game = GameFor(id, players, horizon);
            var outcome = NormalForm.Run(Create(id, game, Merge(options, """{"episodes": 50, "max_steps": 30}"""), 0));
            Assert.Equal(("episodes", 50L), (outcome.StopReason, outcome.Iterations));
            for (int p = 0; p < players; p++)
            {
                Assert.Equal([game.StateCount], outcome.Solution.Values[p].Shape.ToArray());
                Assert.All(outcome.Solution.Values[p].Data, value => Assert.True(double.IsFinite(value)));
            }

            CheckModels(game, outcome.Solution, times: 1);
        }
    }

    [Theory]
    [MemberData(nameof(Solvers))]
    public void PerTime_GivesPoliciesAndValuesOfEveryTime(string id, string options)
    {
        var game = GameFor(id, 2, 4);
        var solution = NormalForm.Run(Create(id, game, Merge(options, """{"episodes": 50, "per_time": true}"""), 0)).Solution;
        for (int p = 0; p < 2; p++)
        {
            Assert.Equal(4, solution.Policies[p].Times);
            Assert.Equal([5, game.StateCount], solution.Values[p].Shape.ToArray());
            Assert.Equal(game.TerminalRewards(p).ToArray(), solution.Values[p].Data[^game.StateCount..]);
        }

        CheckModels(game, solution, times: 4);
        var error = Assert.Throws<VsgGymException>(() => Create(id, GameFor(id, 2, null), """{"per_time": true}""", 0));
        Assert.Equal(("options.per_time", "wrong_horizon"), (error.Faults[0].Path, error.Faults[0].Reason));
    }

    [Theory]
    [MemberData(nameof(Solvers))]
    public void Cancellation_EndsALongEpisode(string id, string options)
    {
        var solver = Create(id, GameFor(id, 2, null), options, 0);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => solver.Step(cancelled.Token));
    }

    [Theory]
    [MemberData(nameof(Solvers))]
    public void LongEpisodesAndFaultySchedules_AreRefused(string id, string options)
    {
        var game = new StochasticGameBuilder(["player_0"], 1, [1]).BuildFiniteHorizon(100_001);
        var error = Assert.Throws<VsgGymException>(() => Create(id, game, options, 0));
        Assert.Equal((ErrorKind.ResourceExhausted, "horizon", "over_limit"), (error.Kind, error.Faults[0].Path, error.Faults[0].Reason));
        error = Assert.Throws<VsgGymException>(() => Create(id, Climbing, """{"learning_rate": 2}""", 0));
        Assert.Equal("options.learning_rate", Assert.Single(error.Faults).Path);
    }

    [Fact]
    public void Epsilon_OutsideTheUnitInterval_IsRefused()
    {
        foreach (string id in (string[])["q_learning", "jal", "nscp", "wolf_phc"])
        {
            var error = Assert.Throws<VsgGymException>(() => Create(id, Climbing, """{"epsilon": {"kind": "linear", "from": 1, "to": -0.5, "steps": 10}}""", 0));
            Assert.Equal(("options.epsilon", "out_of_range"), (Assert.Single(error.Faults).Path, error.Faults[0].Reason));
        }
    }

    [Fact]
    public void EstimatedBytes_GrowWithTheTables_AndNeverWrapAround()
    {
        var game = RandomGames.Create(new RandomGameShape(2, 10, 3, 100_000), 1);
        long once = QLearning.EstimateBytes(game, new QLearning.Options()), perTime = QLearning.EstimateBytes(game, new QLearning.Options { PerTime = true });
        Assert.InRange(once, 8 * 10 * game.ActionCounts.Sum(), 8 * 1000);
        Assert.InRange(perTime, 8L * 100_000 * 10 * game.ActionCounts.Sum(), 9L * 100_000 * 10 * game.ActionCounts.Sum());
        Assert.True(Jal.EstimateBytes(game, new Jal.Options { PriorWindow = 1 << 27 }) > 4L * 10 << 27);
        foreach (long bytes in (long[])[Nscp.EstimateBytes(game, new Nscp.Options()), Pr2Q.EstimateBytes(game, new Pr2Q.Options()), WolfPhc.EstimateBytes(game, new WolfPhc.Options()), Fmq.EstimateBytes(game, new Fmq.Options())])
            Assert.InRange(bytes, 8 * 10 * game.ActionCounts.Sum(), 10_000);
    }

    private static void CheckModels(StochasticGame game, Solution solution, int times)
    {
        for (int p = 0; p < solution.OpponentModels.Length; p++)
        {
            var model = solution.OpponentModels[p];
            int others = game.JointActionCount / game.ActionCounts[p];
            Assert.Equal([.. times > 1 ? (int[])[times] : [], game.StateCount, .. game.ActionCounts.RemoveAt(p)], model.Shape.ToArray());
            for (int row = 0; row < model.Data.Length; row += others) Assert.True(Simplex.IsDistribution(model.Data.AsSpan(row, others)));
        }
    }

    private static StochasticGame GameFor(string id, int players, int? horizon) =>
        RandomGames.Create(new RandomGameShape(players, id == "fmq" ? 1 : 4, 3, horizon, IllegalActions: true), 5);

    private static IAlgorithm Create(string id, StochasticGame game, string options, ulong seed) => Entries.CreateSolver(id, game, options, RandomStream.Create(seed));

    private static string Merge(string first, string second) => first[..^1] + ", " + second[1..];

    // Every value starts at 0 and the one action of player_0 pays 1: after episodes 0 and 1 at rates 1/2 and 1/4 its value is 1/2 and then 1/2 + 1/4 * 1/2.
    [Theory]
    [InlineData("q_learning", "")]
    [InlineData("jal", "")]
    [InlineData("nscp", "")]
    [InlineData("wolf_phc", "")]
    [InlineData("fmq", "")]
    [InlineData("pr2_q", "\"smoothing\": 1e-300, ")]
    [InlineData("ce_q", "\"per_visit\": false, ")]
    [InlineData("nash_q", "\"per_visit\": false, ")]
    [InlineData("friend_or_foe_q", "\"per_visit\": false, ")]
    [InlineData("ce_q", "")] // by visits, which are the episodes here
    [InlineData("nash_q", "")]
    [InlineData("friend_or_foe_q", "")]
    public void LearningRateSchedule_IsReadAtTheEpisodesNumber(string id, string option)
    {
        var game = NormalForm.Create(new double[,] { { 1 } }, new double[,] { { -2 } });
        var solver = Create(id, game, $"{{{option}{Falling("learning_rate", .5, .25)}, \"initial_scale\": 0}}", 0);
        foreach (double expected in (double[])[.5, .625, .71875])
        {
            solver.Step(CancellationToken.None);
            Assert.Equal(expected, solver.ReadSolution().Values[0].Data[0], 12);
            Assert.Equal(-2 * expected, solver.ReadSolution().Values[1].Data[0], 12);
        }
    }

    // Actions pay 0 and 1 and are known once played; temperatures 2, 1 and 1 at episodes 0, 1 and 2.
    [Theory]
    [InlineData("q_learning", "\"exploration\": \"boltzmann\", ")]
    [InlineData("jal", "")]
    [InlineData("nscp", "\"exploration\": \"boltzmann\", ")]
    [InlineData("fmq", "\"c\": 0, ")]
    [InlineData("pr2_q", "\"smoothing\": 1e-300, ")]
    public void TemperatureSchedule_IsReadAtTheEpisodesNumber(string id, string option)
    {
        var game = NormalForm.Create(new double[,] { { 0 }, { 1 } }, new double[,] { { 0 }, { 0 } });
        int seen = 0;
        for (ulong seed = 0; seed < 10; seed++)
        {
            var solver = Create(id, game, $"{{{option}{Falling("temperature", 2, 1)}, \"learning_rate\": 1, \"initial_scale\": 0}}", seed);
            var metrics = new double[solver.MetricNames.Count];
            bool known = false;
            foreach (double temperature in (double[])[2, 1, 1])
            {
                solver.Step(CancellationToken.None);
                solver.ReadMetrics(metrics);
                Assert.Equal(temperature, metrics[solver.MetricNames.ToList().IndexOf("temperature")]);
                Assert.Equal(known ? 1 / (1 + Math.Exp(-1 / temperature)) : .5, metrics[solver.MetricNames.ToList().IndexOf("policy.player_0.1")], 12);
                known |= metrics[0] == 1;
                seen += known && temperature == 2 ? 1 : 0;
            }
        }

        Assert.InRange(seen, 1, 9); // the second episode is one with a known value and one without
    }

    // A random action with probability 3/4, 1/4 and 1/4 at episodes 0, 1 and 2; the second action is best, and known from an earlier answer.
    [Theory]
    [InlineData("q_learning", "")]
    [InlineData("jal", "\"exploration\": \"epsilon_greedy\", ")]
    [InlineData("nscp", "")]
    [InlineData("wolf_phc", "\"delta_w\": 1e-9, \"delta_l\": 1e-9, ")]
    [InlineData("ce_q", "")]
    [InlineData("nash_q", "")]
    [InlineData("friend_or_foe_q", "")]
    public void EpsilonSchedule_IsReadAtTheEpisodesNumberAndMixesWithTheChoice(string id, string option)
    {
        var game = NormalForm.Create(new double[,] { { 0 }, { 1 } }, new double[,] { { 0 }, { 0 } });
        var solver = (PlayedSolver)Create(id, game, $"{{{option}{Falling("epsilon", .75, .25)}}}", 1);
        solver.Start(new Solution { Policies = new PolicyProfile(game, new TabularPolicy([0, 1], 1, 1, 2), new TabularPolicy([1], 1, 1, 1)) });
        var metrics = new double[solver.MetricNames.Count];
        foreach (double epsilon in (double[])[.75, .25, .25])
        {
            solver.Step(CancellationToken.None);
            solver.ReadMetrics(metrics);
            Assert.Equal(epsilon, metrics[solver.MetricNames.ToList().IndexOf("epsilon")]);
            Assert.Equal(1 - (epsilon / 2), metrics[solver.MetricNames.ToList().IndexOf("policy.player_0.1")], 1e-8);
            Assert.Equal(epsilon / 2, metrics[solver.MetricNames.ToList().IndexOf("policy.player_0.0")], 1e-8);
        }
    }

    [Theory]
    [InlineData("q_learning")]
    [InlineData("jal")]
    [InlineData("nscp")]
    public void ColdBoltzmannPlay_IsGreedyPlay(string id)
    {
        for (ulong seed = 0; seed < 5; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(2, 3, 3, seed % 2 == 0 ? 4 : null, IllegalActions: true), seed);
            SolveOutcome Of(string rule) => NormalForm.Run(Create(id, game, $"{{{rule}, \"episodes\": 50, \"max_steps\": 9, \"learning_rate\": 0.4}}", seed));
            SolveOutcome cold = Of("\"exploration\": \"boltzmann\", \"temperature\": 1e-12"), greedy = Of("\"exploration\": \"epsilon_greedy\", \"epsilon\": 0");
            for (int p = 0; p < 2; p++)
            {
                Assert.Equal(greedy.Solution.Values[p].Data, cold.Solution.Values[p].Data);
                Assert.Equal(greedy.Solution.Policies[p].Probabilities.ToArray(), cold.Solution.Policies[p].Probabilities.ToArray());
            }
        }
    }

    // From the first number to the second in one step, and there for ever.
    private static string Falling(string option, double from, double to) => FormattableString.Invariant($"\"{option}\": {{\"kind\": \"linear\", \"from\": {from}, \"to\": {to}, \"steps\": 1}}");
}
