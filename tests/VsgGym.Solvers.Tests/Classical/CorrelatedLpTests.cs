using VsgGym.Core;
using VsgGym.Games;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>Correlated equilibria: chicken, the constraints, the extremal objective against other members and all vertices.</summary>
public sealed class CorrelatedLpTests
{
    private static readonly StochasticGame ChickenTable = new Chicken(new Chicken.Options()).Table;
    private static readonly CorrelatedObjective[] Objectives = Enum.GetValues<CorrelatedObjective>();

    // Greenwald and Hall 2003: (swerve, swerve) 1/2, the two pure equilibria 1/4 each; 21/4 to both.
    [Theory]
    [InlineData(CorrelatedObjective.Utilitarian)]
    [InlineData(CorrelatedObjective.Egalitarian)]
    public void Chicken_HasItsPublishedEquilibrium(CorrelatedObjective objective)
    {
        var outcome = NormalForm.Run(Solver(ChickenTable, objective));
        Assert.Equal((SolveStatus.Converged, 1L), (outcome.Status, outcome.Iterations));
        Near([.5, .25, .25, 0], outcome.Solution.Policies.Joint!.Row(0, 0), 1e-14);
        Near([.75, .25], outcome.Solution.Policies[0].Row(0, 0), 1e-14);
        Assert.All(outcome.Solution.Values, values => Assert.Equal(5.25, values.Data[0], 1e-14));
    }

    [Fact]
    public void Chicken_RepublicanAndLibertarian_FavorOne()
    {
        // One player's best is 7 against 2; libertarian both go straight for it and get nothing.
        var republican = NormalForm.Run(Solver(ChickenTable, CorrelatedObjective.Republican)).Solution;
        Near([0, 0, 1, 0], republican.Policies.Joint!.Row(0, 0), 1e-14);
        Assert.Equal([7, 2], republican.Values.Select(values => values.Data[0]));
        var libertarian = NormalForm.Run(Solver(ChickenTable, CorrelatedObjective.Libertarian)).Solution;
        Assert.Null(libertarian.Policies.Joint);
        Near([0, 1], libertarian.Policies[0].Row(0, 0), 1e-14);
        Near([0, 1], libertarian.Policies[1].Row(0, 0), 1e-14);
        Assert.Equal([0, 0], libertarian.Values.Select(values => values.Data[0]));
    }

    [Fact]
    public void PrisonersDilemma_HasOnlyDefection()
    {
        var game = new PrisonersDilemma(new PrisonersDilemma.Options()).Table;
        foreach (var objective in Objectives)
        {
            var policies = NormalForm.Run(Solver(game, objective)).Solution.Policies;
            Near([0, 1], policies[0].Row(0, 0), 1e-14);
            Near([0, 1], policies[1].Row(0, 0), 1e-14);
        }
    }

    [Fact]
    public void ZeroSumGame_GivesItsValue()
    {
        // In zero-sum games every correlated equilibrium pays the value.
        for (ulong seed = 0; seed < 10; seed++)
        {
            var game = ZeroSumReference.Of(RandomGames.Create(new RandomGameShape(2, 3, 4, 3, IllegalActions: true), seed));
            double[] expected = NormalForm.Run(new ShapleyIteration(game, new(), WorkCrew.Alone())).Solution.Values[0].Data;
            foreach (var objective in Objectives) Near(expected, NormalForm.Run(Solver(game, objective)).Solution.Values[0].Data, 1e-12);
        }
    }

    // PRISM-games' value of its jamming4 for five slots (see ShapleyPublishedTests): a zero-sum game, in which every correlated equilibrium pays it.
    [Fact]
    public void Jamming_HasThePrintedValue()
    {
        var game = ConcurrentGames.Jamming(5, null);
        foreach (var objective in Objectives)
        {
            double[] values = NormalForm.Run(Solver(game, objective)).Solution.Values[0].Data;
            Assert.Equal(2.726039886476, Enumerable.Range(0, game.StateCount).Sum(s => game.Initial[s] * values[s]), 1e-11);
        }
    }

    [Fact]
    public void RandomGames_MeetTheConstraintsAndBeatOtherMembers()
    {
        var random = RandomStream.Create(7);
        for (ulong seed = 0; seed < 20; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(2 + (int)(seed % 2), 2, 3, 2, IllegalActions: seed % 3 == 0), seed);
            foreach (var objective in Objectives[..3])
            {
                var solution = NormalForm.Run(Solver(game, objective)).Solution;
                for (int row = 0; row < 2 * 2; row++)
                {
                    var reference = Reference(game, solution, row / 2, row % 2);
                    double[] sigma = reference.Legal(solution.Policies.Joint!.Row(row / 2, row % 2)), values = reference.Values(sigma);
                    Assert.Equal(1, sigma.Sum(), 1e-12);
                    Assert.InRange(reference.Violation(sigma), 0, 1e-12);
                    for (int p = 0; p < game.PlayerCount; p++) Assert.Equal(values[p], solution.Values[p].Data[row], 1e-12);
                    for (int k = 0; k < 10; k++) Assert.True(Score(objective, values) >= Score(objective, reference.Values(reference.Member(ref random))) - 1e-10);
                }
            }
        }
    }

    [Theory]
    [InlineData(2, 20)]
    [InlineData(3, 3)]
    public void RandomGames_AgreeWithAllVertices(int players, int games)
    {
        for (ulong seed = 0; seed < (ulong)games; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(players, 2, 2, players == 2 ? 3 : 1), seed);
            foreach (var objective in Objectives[..3])
            {
                var solution = NormalForm.Run(Solver(game, objective)).Solution;
                for (int row = 0; row < game.Horizon!.Value * 2; row++)
                {
                    var reference = Reference(game, solution, row / 2, row % 2);
                    double score = Score(objective, reference.Values(reference.Legal(solution.Policies.Joint!.Row(row / 2, row % 2))));
                    double[][] values = [.. reference.Vertices().Select(reference.Values)];
                    if (objective != CorrelatedObjective.Egalitarian) Assert.Equal(values.Max(v => Score(objective, v)), score, 1e-11);
                    else Assert.Equal(BestMinimum(values), score, 1e-11);
                }
            }
        }
    }

    [Fact]
    public void Libertarian_PlaysTheMarginalsOfEachOnesBest()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(2, 1, 2, 1), seed);
            var solution = NormalForm.Run(Solver(game, CorrelatedObjective.Libertarian)).Solution;
            var reference = Reference(game, solution, 0, 0);
            for (int p = 0; p < 2; p++)
            {
                double[] best = reference.Vertices().MaxBy(sigma => reference.Values(sigma)[p])!;
                double first = Enumerable.Range(0, 4).Where(a => game.ActionOf(p, a) == 0).Sum(a => best[a]);
                Assert.Equal(first, solution.Policies[p].Row(0, 0)[0], 1e-10);
            }
        }
    }

    [Fact]
    public void OnePlayer_IsBackwardInduction()
    {
        var game = RandomGames.Create(new RandomGameShape(1, 5, 4, 6, IllegalActions: true), 3);
        double[] expected = BestResponse.Solve(game, PolicyProfile.Uniform(game), 0).Values.Data;
        foreach (var objective in Objectives) Near(expected, NormalForm.Run(Solver(game, objective)).Solution.Values[0].Data, 1e-12);
    }

    [Fact]
    public void DegenerateGames_AlwaysHaveAnAnswer()
    {
        var random = RandomStream.Create(9);
        for (int trial = 0; trial < 500; trial++)
        {
            int rows = 1 + random.NextInt32(5), columns = 1 + random.NextInt32(5);
            double[,] first = new double[rows, columns], second = new double[rows, columns];
            double scale = Math.Pow(10, random.NextInt32(9) - 4), shift = random.NextInt32(2) * 1000;
            for (int i = 0; i < rows; i++)
                for (int j = 0; j < columns; j++) (first[i, j], second[i, j]) = (shift + (scale * random.NextInt32(3) / 3), random.NextInt32(2 + (trial % 3)));
            var game = NormalForm.Create(first, second);
            var solution = NormalForm.Run(Solver(game, Objectives[trial % 3])).Solution;
            var reference = Reference(game, solution, 0, 0);
            Assert.InRange(reference.Violation(reference.Legal(solution.Policies.Joint!.Row(0, 0))), 0, 1e-11 * Math.Max(1, shift + scale));
        }
    }

    [Fact]
    public void PayoffsOverThirtyDecades_AreSolved()
    {
        // Sizes from 1e-15 to 1e15 are more than a double can hold beside one another.
        var random = RandomStream.Create(4);
        for (int trial = 0; trial < 200; trial++)
        {
            int actions = 2 + (trial % 7);
            double[,] first = new double[actions, actions], second = new double[actions, actions];
            for (int a = 0; a < first.Length; a++) (first[a / actions, a % actions], second[a / actions, a % actions]) = (Wild(ref random), Wild(ref random));
            var game = NormalForm.Create(first, second);
            var solution = NormalForm.Run(Solver(game, Objectives[trial % 3])).Solution;
            var reference = Reference(game, solution, 0, 0);
            Assert.InRange(reference.Violation(reference.Legal(solution.Policies.Joint!.Row(0, 0))), 0, 1e-6 * 1e15);
        }
    }

    [Fact]
    public void StageThatCannotBeSolved_IsNamedWithItsSpan()
    {
        var fault = Assert.Single(StageFault.Of("the equilibria are hidden", 7, [0, 1e-9, -2e8]).Faults);
        Assert.Equal(("game.states[7]", "payoffs of sizes 1e-09 to 2e+08", "unsolvable_stage"), (fault.Path, fault.Value, fault.Reason));
        Assert.StartsWith("the equilibria are hidden, as rounding decided", fault.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_FromAnyAnswer_GivesTheSameBits()
    {
        var game = RandomGames.Create(new RandomGameShape(2, 3, 3, 3), 1);
        var earlier = NormalForm.Run(Solver(game, CorrelatedObjective.Egalitarian)).Solution;
        var solver = Solver(game, CorrelatedObjective.Egalitarian);
        solver.Start(earlier);
        Assert.Equal(earlier.Policies.Joint!.Probabilities.ToArray(), NormalForm.Run(solver).Solution.Policies.Joint!.Probabilities.ToArray());
    }

    [Fact]
    public void AnyNumberOfThreads_GivesTheSameBits()
    {
        var game = RandomGames.Create(new RandomGameShape(2, 300, 4, 2), 1);
        double[] Joint(int threads) => NormalForm.Run(new CorrelatedLp(game, new(), new WorkCrew(threads))).Solution.Policies.Joint!.Probabilities.ToArray();
        Assert.Equal(Joint(1), Joint(3));
    }

    [Theory]
    [InlineData(CorrelatedObjective.Egalitarian)]
    [InlineData(CorrelatedObjective.Libertarian)]
    public void Step_AllocatesNothing(CorrelatedObjective objective) => Allocation.Check(Solver(RandomGames.Create(new RandomGameShape(2, 3, 3, 200, IllegalActions: true), 2), objective));

    [Fact]
    public void DiscountedOrHugeGame_IsRefused()
    {
        var error = Assert.Throws<VsgGymException>(() => Solver(NormalForm.Create(NormalForm.Climbing, NormalForm.Climbing, .9), CorrelatedObjective.Utilitarian));
        Assert.Equal("wrong_horizon", Assert.Single(error.Faults).Reason);
        Assert.Contains("use ce_q", error.Message, StringComparison.Ordinal);
        var wide = new StochasticGameBuilder(["a", "b"], 1, [100, 100]).BuildFiniteHorizon(1);
        Assert.Equal("game_too_large", Assert.Single(Assert.Throws<VsgGymException>(() => Solver(wide, CorrelatedObjective.Utilitarian)).Faults).Reason);
        Assert.True(CorrelatedLp.EstimateBytes(wide, new()) > 4L << 30);
    }

    private static CorrelatedLp Solver(StochasticGame game, CorrelatedObjective objective) => new(game, new() { Objective = objective }, WorkCrew.Alone());

    private static CorrelatedReference Reference(StochasticGame game, Solution solution, int time, int state)
    {
        double[][] payoffs = [.. game.Players.Select((_, p) => Enumerable.Range(0, game.JointActionCount).Select(a => Later(game, solution, p, time, state, a)).ToArray())];
        return new CorrelatedReference(game, state, payoffs);
    }

    private static double Later(StochasticGame game, Solution solution, int player, int time, int state, int joint)
    {
        int row = (state * game.JointActionCount) + joint;
        double later = game.Rewards(player)[row];
        for (int k = game.RowStarts[row]; k < game.RowStarts[row + 1]; k++) later += game.Probabilities[k] * solution.Values[player].Data[((time + 1) * game.StateCount) + game.NextStates[k]];
        return later;
    }

    private static double Wild(ref RandomStream random) => (random.NextDouble() - .5) * Math.Pow(10, random.NextInt32(31) - 15);

    private static double Score(CorrelatedObjective objective, double[] values) =>
        objective == CorrelatedObjective.Utilitarian ? values.Sum() : objective == CorrelatedObjective.Egalitarian ? values.Min() : values.Max();

    // The best minimum of two or three values over the mixtures of points, by duality: the least over weights of the largest weighted value.
    private static double BestMinimum(double[][] values)
    {
        int players = values[0].Length;
        var matrix = new double[values.Length * players];
        for (int k = 0; k < values.Length; k++) values[k].CopyTo(matrix, k * players);
        return new MatrixGame(values.Length, players).Solve(matrix, new double[values.Length], new double[players]);
    }

    private static void Near(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int k = 0; k < expected.Length; k++) Assert.Equal(expected[k], actual[k], tolerance);
    }
}
