using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>Independent Q-learning by hand, beside plain loops, and alone.</summary>
public sealed class QLearningTests
{
    [Fact]
    public void Step_MovesQByTheHandComputedNumbers()
    {
        // Two states of one action: Q(0) = 0 + 1/2 (2 + 0.8 * 0 - 0) = 1, then Q(1) = 1/2 (3 + 0.8 * 1) = 1.9; two steps an episode.
        var game = new StochasticGameBuilder(["player_0"], 2, [1]).SetReward(0, 0, 0, 2).SetReward(0, 1, 0, 3)
            .AddTransition(0, 0, 1, 1).AddTransition(1, 0, 0, 1).BuildDiscounted(.8);
        var solver = new QLearning(game, new QLearning.Options { LearningRate = Schedule.Constant(.5), InitialScale = 0, MaxSteps = 2 }, RandomStream.Create(0));
        var report = solver.Step(CancellationToken.None);
        Assert.Equal([1, 1.9], solver.ReadSolution().Values[0].Data.Select(value => Math.Round(value, 12)));
        Assert.Equal((1.9, IterationState.Running), (Math.Round(report.Residual, 12), report.State));
        var metrics = new double[solver.MetricNames.Count];
        solver.ReadMetrics(metrics);
        Assert.Equal((5, .1), (metrics[0], metrics[1]));
    }

    [Fact]
    public void Play_OnTwentyRandomGames_IsThatOfPlainLoops()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(1 + (int)(seed % 3), 3, 3, seed % 2 == 0 ? 4 : null, IllegalActions: true), seed);
            var options = new QLearning.Options { LearningRate = Schedule.Constant(.3), Epsilon = Schedule.Constant(.25), Episodes = 40, MaxSteps = 7 };
            var solution = NormalForm.Run(new QLearning(game, options, RandomStream.Create(seed))).Solution;
            double[][,] q = Slow(game, seed, 40, 7, .3, .25);
            for (int p = 0; p < game.PlayerCount; p++)
                for (int s = 0; s < 3; s++) Assert.Equal(Best(game, q, p, s).Value, solution.Values[p].Data[s], 10);
        }
    }

    // Watkins' theorem: alone, with every action tried, the values become the optimal ones, here those of exact dynamic programming.
    [Theory]
    [InlineData(null, false)]
    [InlineData(3, true)]
    public void OnePlayer_LearnsTheOptimalValues(int? horizon, bool perTime)
    {
        var game = RandomGames.Create(new RandomGameShape(1, 4, 3, horizon, Discount: .5), 12);
        var options = new QLearning.Options { LearningRate = Schedule.Hyperbolic(200), Epsilon = Schedule.Constant(1), Episodes = 60_000, MaxSteps = 20, PerTime = perTime };
        var solution = NormalForm.Run(new QLearning(game, options, RandomStream.Create(1))).Solution;
        var exact = BestResponse.Solve(game, solution.Policies, 0);
        double learned = 0;
        for (int s = 0; s < 4; s++) learned += game.Initial[s] * solution.Values[0].Data[s];
        Assert.InRange(learned, exact.FromStart(game) - .02, exact.FromStart(game) + .02);
        Assert.InRange(new NashCertificate(game).Measure(solution.Policies, CancellationToken.None).Gap, 0, .02);
    }

    // Russell and Norvig's 4x3 world at discount 0.9, whose values to an error below .01 aima-python's tests/test_mdp.py holds, bottom row first; 9 in place of the wall.
    [Fact]
    public void RussellAndNorvigsWorld_LearnsThePrintedValues()
    {
        double[] printed = [.29543540628363629, .25348746162470537, .34461306281476806, .12958868267972745, .39810203830605462, 9, .48643676237737926, -1, .50928545646220924, .64958064617168676, .79536093684710951, 1];
        var game = RussellNorvigWorld();
        var options = new QLearning.Options { LearningRate = Schedule.Hyperbolic(50), Epsilon = Schedule.Constant(1), Episodes = 60_000, MaxSteps = 20 };
        double[] learned = NormalForm.Run(new QLearning(game, options, RandomStream.Create(1))).Solution.Values[0].Data;
        double[] exact = BestResponse.Solve(game, PolicyProfile.Uniform(game), 0).Values.Data;
        for (int cell = 0; cell < 12; cell++)
        {
            if (cell == 5) continue;
            Assert.Equal(printed[cell], exact[cell], .01);
            Assert.Equal(printed[cell], learned[cell], .03);
        }
    }

    [Fact]
    public void EarlierAnswer_OfOnePlayer_IsOptimalAtOnce()
    {
        var game = RandomGames.Create(new RandomGameShape(1, 4, 3, 5), 3);
        var exact = BestResponse.Solve(game, PolicyProfile.Uniform(game), 0);
        var earlier = new Solution { Policies = new PolicyProfile(game, exact.Policy), Values = [exact.Values] };
        var solver = new QLearning(game, new QLearning.Options { PerTime = true }, RandomStream.Create(0));
        solver.Start(earlier);
        Assert.Equal(exact.Policy.Probabilities.ToArray(), solver.ReadSolution().Policies[0].Probabilities.ToArray());
        Assert.Equal(exact.Values.Data.Select(value => Math.Round(value, 12)), solver.ReadSolution().Values[0].Data.Select(value => Math.Round(value, 12)));
    }

    [Fact]
    public void Boltzmann_AnswersWhatIsPlayed_AndEpsilonGreedyTheBest()
    {
        var game = NormalForm.Create(new double[,] { { 0 }, { Math.Log(3) } }, new double[,] { { 0 }, { 0 } });
        QLearning Of(ExplorationRule rule) => new(game, new QLearning.Options
        {
            Exploration = rule,
            Temperature = Schedule.Constant(1),
            Epsilon = Schedule.Constant(.5),
            LearningRate = Schedule.Constant(1),
            Episodes = 50,
        }, RandomStream.Create(2));
        Assert.Equal([.25, .75], NormalForm.Run(Of(ExplorationRule.Boltzmann)).Solution.Policies[0].Row(0, 0).ToArray().Select(p => Math.Round(p, 12)));
        var outcome = NormalForm.Run(Of(ExplorationRule.EpsilonGreedy));
        Assert.Equal([0, 1], outcome.Solution.Policies[0].Row(0, 0).ToArray());
        Assert.Equal([.25, .75], outcome.Trace.Rows.Data[^3..^1]); // as played: player_0's, before the one action of player_1
    }

    [Fact]
    public void Diverging_KeepsTheLastFiniteAnswer()
    {
        var game = new StochasticGameBuilder(["player_0"], 1, [1]).SetReward(0, 0, 0, 1e308).AddTransition(0, 0, 0, 1).BuildDiscounted(.9);
        var outcome = NormalForm.Run(new QLearning(game, new QLearning.Options { LearningRate = Schedule.Constant(1) }, RandomStream.Create(0)));
        Assert.Equal(SolveStatus.Diverged, outcome.Status);
        Assert.True(double.IsFinite(outcome.Solution.Values[0].Data[0]));
    }

    // Moves east, north, west, south go astray to either side with probability .1 each; -.04 in every cell but the two that end the game, which pay 1 and -1.
    private static StochasticGame RussellNorvigWorld()
    {
        (int X, int Y)[] moves = [(1, 0), (0, 1), (-1, 0), (0, -1)];
        var builder = new StochasticGameBuilder(["player_0"], 12, [4]);
        for (int cell = 0; cell < 12; cell++)
        {
            for (int a = 0; a < 4; a++)
            {
                builder.SetReward(0, cell, a, cell == 11 ? 1 : cell == 7 ? -1 : -.04);
                if (cell is 5 or 7 or 11) continue;
                var ends = new SortedDictionary<int, double>();
                foreach (var (turn, probability) in ((int, double)[])[(0, .8), (1, .1), (3, .1)])
                {
                    var (dx, dy) = moves[(a + turn) % 4];
                    int x = (cell % 4) + dx, y = (cell / 4) + dy, next = x is < 0 or > 3 || y is < 0 or > 2 || (x, y) == (1, 1) ? cell : (y * 4) + x;
                    ends[next] = ends.GetValueOrDefault(next) + probability;
                }

                foreach (var (next, probability) in ends) builder.AddTransition(cell, a, next, probability);
            }
        }

        return builder.WithInitial([.. Enumerable.Range(0, 12).Select(cell => cell is 5 or 7 or 11 ? 0 : 1 / 9.0)]).BuildDiscounted(.9);
    }

    private static (int Action, double Value) Best(StochasticGame game, double[][,] q, int p, int s)
    {
        int best = Enumerable.Range(0, game.ActionCounts[p]).Where(a => game.IsLegal(p, s, a)).MaxBy(a => q[p][s, a]);
        return (best, q[p][s, best]);
    }

    private static double[][,] Slow(StochasticGame game, ulong seed, int episodes, int steps, double rate, double epsilon)
    {
        var play = new SlowPlay(game, seed);
        double[][,] q = [.. game.ActionCounts.Select(actions => play.Draw(game.StateCount, actions, 1))];
        double[] Policy(int p, int s)
        {
            int[] legal = [.. Enumerable.Range(0, game.ActionCounts[p]).Where(a => game.IsLegal(p, s, a))];
            var policy = new double[game.ActionCounts[p]];
            foreach (int a in legal) policy[a] = epsilon / legal.Length;
            policy[Best(game, q, p, s).Action] += 1 - epsilon;
            return policy;
        }

        for (int k = 0; k < episodes; k++)
        {
            play.Episode(steps, Policy, (s, actions, rewards, next) =>
            {
                for (int p = 0; p < rewards.Length; p++)
                {
                    double target = rewards[p] + (next < 0 ? 0 : game.Discount * Best(game, q, p, next).Value);
                    q[p][s, actions[p]] = ((1 - rate) * q[p][s, actions[p]]) + (rate * target);
                }
            });
        }

        return q;
    }
}
