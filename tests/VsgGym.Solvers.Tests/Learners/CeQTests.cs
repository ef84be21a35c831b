using VsgGym.Core;
using VsgGym.Games;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>Correlated Q-learning by hand, beside plain loops, and against the programs that know the model.</summary>
public sealed class CeQTests
{
    private static readonly CorrelatedObjective[] Objectives = Enum.GetValues<CorrelatedObjective>();

    [Fact]
    public void Step_MovesQByTheHandComputedNumbers()
    {
        // Two states of one action: Q_i(0) = 1/2 * 2 = 1 and 1/2 * 4 = 2, then Q_i(1) = 1/2 (3 + 0.8 * 1) = 1.9 and 1/2 (0 + 0.8 * 2) = 0.8.
        var game = new StochasticGameBuilder(["a", "b"], 2, [1, 1]).SetReward(0, 0, 0, 2).SetReward(1, 0, 0, 4).SetReward(0, 1, 0, 3)
            .AddTransition(0, 0, 1, 1).AddTransition(1, 0, 0, 1).BuildDiscounted(.8);
        var solver = new CeQ(game, new() { LearningRate = Schedule.Constant(.5), InitialScale = 0, MaxSteps = 2 }, RandomStream.Create(0));
        var report = solver.Step(CancellationToken.None);
        Assert.Equal([1, 1.9], solver.ReadSolution().Values[0].Data.Select(value => Math.Round(value, 12)));
        Assert.Equal([2, .8], solver.ReadSolution().Values[1].Data.Select(value => Math.Round(value, 12)));
        Assert.Equal((2, IterationState.Running), (Math.Round(report.Residual, 12), report.State));
    }

    // Greenwald and Hall 2003: chicken's utilitarian equilibrium is .5, .25, .25, 0, and pays 21/4 to both.
    [Theory]
    [InlineData(CorrelatedObjective.Utilitarian)]
    [InlineData(CorrelatedObjective.Egalitarian)]
    public void Chicken_LearnsItsPublishedEquilibrium(CorrelatedObjective objective)
    {
        var game = new Chicken(new Chicken.Options()).Table;
        var solution = NormalForm.Run(new CeQ(game, new() { Objective = objective, LearningRate = Schedule.Constant(1), Episodes = 100 }, RandomStream.Create(1))).Solution;
        double[] expected = [.5, .25, .25, 0];
        for (int a = 0; a < 4; a++) Assert.Equal(expected[a], solution.Policies.Joint!.Row(0, 0)[a], 1e-14);
        Assert.Equal(5.25, solution.Values[1].Data[0], 1e-13);
    }

    // In Greenwald and Hall's grid game 1 correlated players coordinate: both arrive without a collision, 30 each here.
    [Fact]
    public void GridGame1_LearnsToPass()
    {
        var game = new GridCrossing(new GridCrossing.Options()).Table;
        var options = new CeQ.Options { Objective = CorrelatedObjective.Egalitarian, LearningRate = Schedule.Constant(1), PerTime = true, Episodes = 4000 };
        var solution = NormalForm.Run(new CeQ(game, options, RandomStream.Create(1))).Solution;
        int start = game.StateLabels.IndexOf("A (2, 0), B (2, 2)");
        Assert.All(solution.Values, values => Assert.Equal(30, values.Data[start], 1e-9));
    }

    // A public log of runs of a Matlab program "to generate the values in Table of the Hall, Greenwald CEQ paper": players that learned at discount 0.9 with 1 at the goal and .01 a collision (.5 in
    // game 3, with its bonuses .25 and .2) make 10,000 moves from the start. (1) 2500 games, 100 and 100 each, by all; (2) egalitarian 3333 games, 100 and 50;
    // (3) republican 3333 games, 100 and 125, libertarian none: both insist on the middle. Not comparable: egalitarian in game 3, 117 each there and 118.5 here (.81 both along the sides), for
    // which equilibrium is found hangs on what a collision in the opening leads to; republican in game 2, 49 and 100 there, where the player that is not favored may do anything.
    [Theory]
    [InlineData(1, CorrelatedObjective.Egalitarian, 2500, 1, 1)]
    [InlineData(1, CorrelatedObjective.Libertarian, 2500, 1, 1)]
    [InlineData(2, CorrelatedObjective.Egalitarian, 3333, .5, 1)]
    [InlineData(3, CorrelatedObjective.Republican, 3333, 1, 1.25)]
    [InlineData(3, CorrelatedObjective.Libertarian, 0, 0, 0)]
    public void GridGames_ScoreAsInTheLogOfThePapersProgram(int number, CorrelatedObjective objective, int games, double less, double more)
    {
        StochasticGame game = number == 1 ? new GridCrossing(new GridCrossing.Options { Horizon = null, Discount = .9, GoalReward = 1, CollisionCost = .01 }).Table
            : number == 2 ? new GridBarrier(new GridBarrier.Options { Horizon = null, Discount = .9, GoalReward = 1, CollisionCost = .01 }).Table
            : new GridTurkey(new GridTurkey.Options { Horizon = null, Discount = .9, GoalReward = 1, CollisionCost = .5, MiddleBonus = .25, SideBonus = .2 }).Table;
        var options = new CeQ.Options { Objective = objective, LearningRate = number == 2 ? Schedule.Hyperbolic(100) : Schedule.Constant(1), InitialScale = 0, Episodes = 2500, MaxSteps = 30 };
        var policies = NormalForm.Run(new CeQ(game, options, RandomStream.Create(1))).Solution.Policies;
        var (played, scores) = Play(game, policies, 10_000);
        Assert.Equal(games, played);
        Assert.Equal(less, scores.Min(), number == 2 ? .03 : 1e-9); // half of the attempts to pass a barrier, of 3333
        Assert.Equal(more, scores.Max(), 1e-9);
    }

    [Fact]
    public void Play_OnTwentyRandomGames_IsThatOfPlainLoops()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(2, 3, 2, seed % 2 == 0 ? 4 : null), seed);
            var objective = seed % 3 == 0 ? CorrelatedObjective.Republican : CorrelatedObjective.Utilitarian;
            bool perVisit = seed % 4 < 2;
            var options = new CeQ.Options { Objective = objective, LearningRate = perVisit ? Schedule.Hyperbolic(3) : Schedule.Constant(.3), PerVisit = perVisit, InitialScale = 0, Episodes = 30, MaxSteps = 7 };
            var solution = NormalForm.Run(new CeQ(game, options, RandomStream.Create(seed))).Solution;
            double[] Solve(int state, double[][] payoffs)
            {
                var reference = new CorrelatedReference(game, state, payoffs);
                double[][] values = [.. reference.Vertices().Select(reference.Values)];
                // Where everything is worth the same, as in states not visited yet, every equilibrium is a best one.
                return values.MaxBy(v => objective == CorrelatedObjective.Utilitarian ? v.Sum() : v.Max())!;
            }

            double[][,] q = StageReference.Learn(game, RandomStream.Create(seed), 30, 7, visit => perVisit ? 3 / (3.0 + visit) : .3, Solve);
            for (int s = 0; s < 3; s++)
            {
                double[] expected = StageReference.Values(game, q, s, Solve);
                for (int p = 0; p < 2; p++) Assert.Equal(expected[p], solution.Values[p].Data[s], 1e-9);
            }
        }
    }

    [Fact]
    public void DeterministicGames_PerTime_LearnTheProgramsAnswer()
    {
        for (ulong seed = 0; seed < 12; seed++)
        {
            var game = StageReference.WithoutChance(RandomGames.Create(new RandomGameShape(2, 2, 3, 3), seed));
            var objective = Objectives[seed % 4];
            var expected = NormalForm.Run(new CorrelatedLp(game, new() { Objective = objective }, WorkCrew.Alone())).Solution;
            var options = new CeQ.Options { Objective = objective, LearningRate = Schedule.Constant(1), PerTime = true, Episodes = 1000 };
            var solver = new CeQ(game, options, RandomStream.Create(seed));
            var outcome = NormalForm.Run(solver);
            Assert.Equal(0, outcome.LastResidual);
            bool[] reached = Reached(game);
            for (int p = 0; p < 2; p++)
                for (int row = 0; row < 6; row++)
                    if (reached[row]) Assert.Equal(expected.Values[p].Data[row], outcome.Solution.Values[p].Data[row], 1e-12);
        }
    }

    [Fact]
    public void Start_AtTheAnswerOfADeterministicGame_MovesNothing()
    {
        var game = StageReference.WithoutChance(RandomGames.Create(new RandomGameShape(2, 3, 3, 4), 2));
        var earlier = NormalForm.Run(new CorrelatedLp(game, new(), WorkCrew.Alone())).Solution;
        var solver = new CeQ(game, new() { PerTime = true }, RandomStream.Create(0));
        solver.Start(earlier);
        for (int k = 0; k < 50; k++) Assert.InRange(solver.Step(CancellationToken.None).Residual, 0, 1e-12);
        Assert.Equal(earlier.Values[0].Data.Select(value => Math.Round(value, 10)), solver.ReadSolution().Values[0].Data.Select(value => Math.Round(value, 10)));
    }

    [Fact]
    public void OnePlayer_LearnsTheOptimalValues()
    {
        var game = RandomGames.Create(new RandomGameShape(1, 4, 3, null, Discount: .5), 12);
        var solution = NormalForm.Run(new CeQ(game, new() { Episodes = 3000, MaxSteps = 20 }, RandomStream.Create(1))).Solution;
        Assert.InRange(new NashCertificate(game).Measure(new PolicyProfile(game, solution.Policies.Policies), CancellationToken.None).Gap, 0, .02);
        double[] exact = BestResponse.Solve(game, solution.Policies, 0).Values.Data;
        for (int s = 0; s < 4; s++) Assert.Equal(exact[s], solution.Values[0].Data[s], .1);
    }

    [Fact]
    public void ZeroSumGame_LearnsItsValue()
    {
        // Greenwald and Hall: in zero-sum games all four learn minimax values.
        var game = new BigMatch(new BigMatch.Options { Discount = .8 }).Table;
        foreach (var objective in Objectives)
        {
            var solution = NormalForm.Run(new CeQ(game, new() { Objective = objective, Episodes = 200, MaxSteps = 15 }, RandomStream.Create(3))).Solution;
            Assert.Equal(.5, solution.Values[0].Data[0], .05);
        }
    }

    [Fact]
    public void Players_BelowEpsilonOne_ActOnACommonSignal()
    {
        // With epsilon 0 chicken's joint policy never crashes, though its marginals would with probability 1/16.
        var game = new Chicken(new Chicken.Options()).Table;
        var solver = new CeQ(game, new() { Epsilon = Schedule.Constant(0) }, RandomStream.Create(5));
        solver.Start(NormalForm.Run(new CorrelatedLp(game, new(), WorkCrew.Alone())).Solution);
        var metrics = new double[solver.MetricNames.Count];
        double sum = 0;
        for (int k = 0; k < 2000; k++)
        {
            solver.Step(CancellationToken.None);
            solver.ReadMetrics(metrics);
            Assert.True(metrics[0] > 0);
            sum += metrics[0] + metrics[1];
        }

        Assert.Equal(10.5, sum / 2000, .15);
        Assert.Equal(.75, metrics[solver.MetricNames.ToList().IndexOf("policy.player_0.swerve")], 1e-12);
    }

    [Fact]
    public void SameSeed_GivesTheSameBits()
    {
        var game = RandomGames.Create(new RandomGameShape(3, 3, 3, null, IllegalActions: true), 4);
        double[] Learned(ulong seed) => NormalForm.Run(new CeQ(game, new() { Episodes = 20, MaxSteps = 20, Epsilon = Schedule.Constant(.3) }, RandomStream.Create(seed))).Solution.Policies.Joint!.Probabilities.ToArray();
        Assert.Equal(Learned(7), Learned(7));
        Assert.NotEqual(Learned(7), Learned(8));
    }

    [Theory]
    [InlineData(CorrelatedObjective.Egalitarian)]
    [InlineData(CorrelatedObjective.Libertarian)]
    public void Step_AllocatesNothing(CorrelatedObjective objective) => Allocation.Check(new CeQ(
        RandomGames.Create(new RandomGameShape(2, 4, 3, null, IllegalActions: true), 2), new() { Objective = objective, MaxSteps = 10, Epsilon = Schedule.Constant(.5) }, RandomStream.Create(0)));

    [Fact]
    public void WrongOptionsAndGames_AreRefused()
    {
        var game = NormalForm.Create(NormalForm.Climbing, NormalForm.Climbing, .9);
        var error = Assert.Throws<VsgGymException>(() => new CeQ(game, new() { PerTime = true, Epsilon = Schedule.Constant(2), LearningRate = Schedule.Constant(0) }, RandomStream.Create(0)));
        Assert.Equal(["options.epsilon", "options.learning_rate", "options.per_time"], error.Faults.Select(fault => fault.Path).Distinct().Order(StringComparer.Ordinal));
        var wide = new StochasticGameBuilder(["a", "b"], 1, [100, 100]).BuildFiniteHorizon(1);
        Assert.Equal("game_too_large", Assert.Single(Assert.Throws<VsgGymException>(() => new CeQ(wide, new(), RandomStream.Create(0))).Faults).Reason);
    }

    [Fact]
    public void Diverging_KeepsAFiniteAnswer()
    {
        double[,] huge = { { 1e308, 1e308 }, { 1e308, 1e308 } };
        var outcome = NormalForm.Run(new CeQ(NormalForm.Create(huge, huge, .9), new() { MaxSteps = 50, Epsilon = Schedule.Constant(.5) }, RandomStream.Create(0)));
        Assert.Equal(SolveStatus.Diverged, outcome.Status);
        Assert.Equal(1, outcome.Solution.Policies.Joint!.Row(0, 0).ToArray().Sum(), 1e-12);
    }

    // How many games end within so many moves from the start, and what each player scores in one.
    private static (int Games, double[] Scores) Play(StochasticGame game, PolicyProfile policies, int moves)
    {
        var random = RandomStream.Create(3);
        double[] scores = new double[game.PlayerCount], now = new double[game.PlayerCount];
        int games = 0, state = Simplex.Sample(game.Initial, random.NextDouble());
        for (int k = 0; k < moves; k++)
        {
            int joint = policies.Joint is { } common ? Simplex.Sample(common.Row(0, state), random.NextDouble())
                : game.JointAction([.. game.Players.Select((_, p) => Simplex.Sample(policies[p].Row(0, state), random.NextDouble()))]);
            int row = (state * game.JointActionCount) + joint, start = game.RowStarts[row], count = game.RowStarts[row + 1] - start;
            for (int p = 0; p < now.Length; p++) now[p] += game.Rewards(p)[row];
            state = count == 0 ? Simplex.Sample(game.Initial, random.NextDouble()) : game.NextStates[start + Simplex.Sample(game.Probabilities.Slice(start, count), random.NextDouble())];
            if (count > 0) continue;
            games++;
            for (int p = 0; p < now.Length; p++) (scores[p], now[p]) = (scores[p] + now[p], 0);
        }

        return (games, [.. scores.Select(score => score / Math.Max(1, games))]);
    }

    // Which (time, state) uniform play can reach.
    private static bool[] Reached(StochasticGame game)
    {
        int states = game.StateCount;
        var reached = new bool[game.Horizon!.Value * states];
        for (int row = 0; row < reached.Length; row++)
        {
            if (row < states) reached[row] = game.Initial[row] > 0;
            for (int at = row % states * game.JointActionCount; reached[row] && at < ((row % states) + 1) * game.JointActionCount; at++)
                for (int k = game.RowStarts[at]; k < game.RowStarts[at + 1]; k++)
                    if (((row / states) + 1) * states < reached.Length) reached[(((row / states) + 1) * states) + game.NextStates[k]] = true;
        }

        return reached;
    }

    // With epsilon 1/4 a joint action is random in a quarter of the plays, all four alike, and else of the signal, which never crashes: 1 / 16 of all crash.
    [Fact]
    public void Epsilon_MixesTheCommonSignalWithRandomPlay()
    {
        var game = new Chicken(new Chicken.Options()).Table;
        var solver = new CeQ(game, new() { Epsilon = Schedule.Constant(.25) }, RandomStream.Create(5));
        solver.Start(NormalForm.Run(new CorrelatedLp(game, new(), WorkCrew.Alone())).Solution);
        var metrics = new double[solver.MetricNames.Count];
        int crashes = 0;
        for (int k = 0; k < 4000; k++)
        {
            solver.Step(CancellationToken.None);
            solver.ReadMetrics(metrics);
            crashes += metrics[0] == 0 ? 1 : 0;
        }

        Assert.InRange(crashes / 4000.0, (1.0 / 16) - .016, (1.0 / 16) + .016); // four standard errors
    }
}
