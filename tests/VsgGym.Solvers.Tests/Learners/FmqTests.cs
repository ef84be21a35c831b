using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;
using Xunit.Abstractions;

namespace VsgGym.Solvers.Tests;

/// <summary>FMQ by hand, beside plain loops, and on the published climbing curve.</summary>
public sealed class FmqTests(ITestOutputHelper output)
{
    // Tian et al. 2019, Fig. 1, FMQ: P(A,A) .11 .24 .51 .62 .62 .62 .62 at episodes 10 to 300, reward 8.94 at 300 (digitised; 100 trials).
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Climbing_OverHundredSeeds_FollowsThePublishedCurve(bool publishedCount)
    {
        var curve = ClimbingCurve.Of(seed => new Fmq(ClimbingCurve.Game, new Fmq.Options { PublishedCount = publishedCount }, RandomStream.Create(seed)));
        output.WriteLine(curve.ToString());
        double[] published = [.11, .24, .51, .62, .62, .62, .62];
        for (int k = 0; k < published.Length; k++) Assert.InRange(curve.Optimum[k], published[k] - .13, published[k] + .13);
        Assert.InRange(curve.Rewards[^1], 8.94 - .8, 8.94 + .8);
    }

    [Fact]
    public void Policy_AfterThreePlays_HasTheHandComputedFrequencies()
    {
        // player_0's first action pays 2 or 6 by what player_1 does, its second 0. c = 1, full steps.
        var builder = new StochasticGameBuilder(["player_0", "player_1"], 1, [2, 2]);
        for (int joint = 0; joint < 4; joint++) builder.SetReward(0, 0, joint, joint switch { 0 => 2, 1 => 6, _ => 0 });
        var options = new Fmq.Options { C = 1, LearningRate = Schedule.Constant(1), InitialScale = 0, Temperature = Schedule.Constant(5) };
        var solver = new Fmq(builder.BuildFiniteHorizon(1), options, RandomStream.Create(0));
        var metrics = new double[solver.MetricNames.Count];
        double last = 0, best = double.NegativeInfinity;
        int plays = 0, paid = 0;
        for (int k = 0; k < 40; k++)
        {
            solver.Step(CancellationToken.None);
            solver.ReadMetrics(metrics);
            if (metrics[0] > 0) // the first action pays 2 or 6, the second 0
            {
                (last, plays) = (metrics[0], plays + 1);
                paid = metrics[0] > best ? 1 : metrics[0] == best ? paid + 1 : paid;
                best = Math.Max(best, metrics[0]);
            }

            double value = plays == 0 ? 0 : last + (paid / (double)plays * best);
            Assert.Equal(1 / (1 + Math.Exp(-value / 5)), solver.ReadSolution().Policies[0].Row(0, 0)[0], 12);
        }

        Assert.Equal(6, best);
    }

    [Fact]
    public void WithoutTheHeuristic_ItIsBoltzmannQLearning_BitByBit()
    {
        var fmq = new Fmq.Options { C = 0, Temperature = Schedule.Constant(2), LearningRate = Schedule.Constant(.3), Episodes = 100 };
        var plain = new QLearning.Options { Exploration = ExplorationRule.Boltzmann, Temperature = Schedule.Constant(2), LearningRate = Schedule.Constant(.3), Episodes = 100 };
        var first = NormalForm.Run(new Fmq(ClimbingCurve.Game, fmq, RandomStream.Create(3)));
        Assert.Equal(NormalForm.Run(new QLearning(ClimbingCurve.Game, plain, RandomStream.Create(3))).Trace.Rows.Data, first.Trace.Rows.Data);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Play_OnTwentyRandomGames_IsThatOfPlainLoops(bool publishedCount)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(1 + (int)(seed % 3), 1, 3, seed % 2 == 0 ? 4 : null, IllegalActions: true), seed);
            var options = new Fmq.Options { LearningRate = Schedule.Constant(.3), Temperature = Schedule.Constant(.7), C = 2, PublishedCount = publishedCount, Episodes = 40, MaxSteps = 7 };
            var solution = NormalForm.Run(new Fmq(game, options, RandomStream.Create(seed))).Solution;
            double[][] slow = Slow(game, seed, publishedCount);
            for (int p = 0; p < game.PlayerCount; p++)
                for (int a = 0; a < game.ActionCounts[p]; a++) Assert.Equal(slow[p][a], solution.Policies[p].Row(0, 0)[a], 9);
        }
    }

    [Fact]
    public void GameOfSeveralStates_IsRefused()
    {
        var error = Assert.Throws<VsgGymException>(() => new Fmq(RandomGames.Create(new RandomGameShape(2, 2, 2, 3), 1), new Fmq.Options(), RandomStream.Create(0)));
        Assert.Equal(("solver", "too_many_states"), (error.Faults[0].Path, error.Faults[0].Reason));
        Assert.Contains("this one has 2", error.Message, StringComparison.Ordinal);
    }

    // Forty episodes at rate .3, temperature .7 and c = 2; the policies at the end.
    private static double[][] Slow(StochasticGame game, ulong seed, bool publishedCount)
    {
        var play = new SlowPlay(game, seed);
        double[][,] q = [.. game.ActionCounts.Select(actions => play.Draw(1, actions, 1))];
        List<double>[][] paid = [.. game.ActionCounts.Select(actions => Enumerable.Range(0, actions).Select(_ => new List<double>()).ToArray())];
        double Heuristic(int p, int a)
        {
            if (paid[p][a].Count == 0) return 0;
            double best = publishedCount ? Math.Max(0, paid[p][a].Max()) : paid[p][a].Max();
            int count = publishedCount ? Records(paid[p][a]) : paid[p][a].Count(reward => reward == best);
            return 2.0 * count / paid[p][a].Count * best;
        }

        double[] Policy(int p, int s)
        {
            double[] weights = [.. Enumerable.Range(0, game.ActionCounts[p]).Select(a => game.IsLegal(p, s, a) ? Math.Exp((q[p][0, a] + Heuristic(p, a)) / .7) : 0)];
            double sum = weights.Sum();
            return [.. weights.Select(weight => weight / sum)];
        }

        for (int k = 0; k < 40; k++)
        {
            play.Episode(7, Policy, (s, actions, rewards, next) =>
            {
                for (int p = 0; p < rewards.Length; p++)
                {
                    double later = next < 0 ? 0 : game.Discount * Enumerable.Range(0, game.ActionCounts[p]).Where(a => game.IsLegal(p, 0, a)).Max(a => q[p][0, a]);
                    paid[p][actions[p]].Add(rewards[p]);
                    q[p][0, actions[p]] += .3 * (rewards[p] + later - q[p][0, actions[p]]);
                }
            });
        }

        return [.. Enumerable.Range(0, game.PlayerCount).Select(p => Policy(p, 0))];
    }

    // How often a reward was at least as good as 0 and all before it.
    private static int Records(List<double> rewards)
    {
        int count = 0;
        double best = 0;
        foreach (double reward in rewards)
        {
            if (reward < best) continue;
            (best, count) = (reward, count + 1);
        }

        return count;
    }

    [Fact]
    public void ColdTemperature_GivesTheHardChoice()
    {
        // Alone, with rewards 1 and 3 and full steps, the second action is worth 3 (1 + c) once it was played.
        var game = new StochasticGameBuilder(["player_0"], 1, [2]).SetReward(0, 0, 0, 1).SetReward(0, 0, 1, 3).BuildFiniteHorizon(1);
        var solver = new Fmq(game, new Fmq.Options { Temperature = Schedule.Exponential(100, 1, 1e-9), LearningRate = Schedule.Constant(1), Episodes = 60 }, RandomStream.Create(4));
        var solution = NormalForm.Run(solver).Solution;
        Assert.Equal([0, 1], solution.Policies[0].Row(0, 0).ToArray());
        Assert.Equal(3, solution.Values[0].Data[0]);
    }
}
