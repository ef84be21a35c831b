using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;
using Xunit.Abstractions;

namespace VsgGym.Solvers.Tests;

/// <summary>Joint action learners by hand, beside plain loops, and on the published climbing curves.</summary>
public sealed class JalTests(ITestOutputHelper output)
{
    // Tian et al. 2019, Fig. 1, JAL: P(A,A) .09 .05 .05 .05 .03 .00 .00 at episodes 10, 30, 40, 50, 60, 100, 300 and a reward of -24.9 at 300
    // (digitised; 100 trials). The authors' program explores epsilon-greedily and counts the last 50 visits.
    [Fact]
    public void Climbing_WithTheSignBug_FollowsThePublishedCurve()
    {
        var curve = ClimbingCurve.Of(seed => new Jal(ClimbingCurve.Game, AsPublished(bug: true), RandomStream.Create(seed)));
        output.WriteLine(curve.ToString());
        double[] published = [.09, .05, .05, .05, .03, .00, .00];
        for (int k = 0; k < published.Length; k++) Assert.InRange(curve.Optimum[k], published[k] - .1, published[k] + .1);
        Assert.InRange(curve.Rewards[^1], -28, -18);
    }

    // Correctly implemented it stops near (A,A) in one run of six, at a reward near 5 (simulated).
    [Fact]
    public void Climbing_WithoutTheSignBug_PlaysAnEquilibrium()
    {
        var curve = ClimbingCurve.Of(seed => new Jal(ClimbingCurve.Game, AsPublished(bug: false), RandomStream.Create(seed)));
        output.WriteLine(curve.ToString());
        Assert.InRange(curve.Optimum[^1], .05, .3);
        Assert.InRange(curve.Rewards[^1], 3, 8);
    }

    [Fact]
    public void SignBug_TurnsNegativeValuesAround()
    {
        // player_0 is paid -1 or -2, player_1 has nothing to choose; values -1 and -2 divided by -3 make the second look best.
        var game = NormalForm.Create(new double[,] { { -1 }, { -2 } }, new double[,] { { 0 }, { 0 } });
        foreach (bool bug in (bool[])[false, true])
        {
            var options = new Jal.Options { Exploration = ExplorationRule.EpsilonGreedy, Epsilon = Schedule.Constant(1), LearningRate = Schedule.Constant(1), Episodes = 50, PublishedSignBug = bug };
            var solution = NormalForm.Run(new Jal(game, options, RandomStream.Create(1))).Solution;
            Assert.Equal(bug ? [0, 1] : [1, 0], solution.Policies[0].Row(0, 0).ToArray());
            Assert.Equal(-1, solution.Values[0].Data[0]);
        }
    }

    [Fact]
    public void Models_AreTheFrequenciesOfTheWindow()
    {
        var options = new Jal.Options { Temperature = Schedule.Constant(50), PriorWindow = 1, Episodes = 40 };
        var solver = new Jal(ClimbingCurve.Game, options, RandomStream.Create(1));
        Assert.All(solver.ReadSolution().OpponentModels[0].Data, p => Assert.Equal(1.0 / 3, p, 12)); // before the first visit
        var seen = new HashSet<int>();
        for (int k = 0; k < 40; k++)
        {
            solver.Step(CancellationToken.None);
            double[] model = solver.ReadSolution().OpponentModels[0].Data;
            Assert.Equal([0, 0, 1], model.Order());
            seen.Add(Array.IndexOf(model, 1.0));
        }

        Assert.Equal(3, seen.Count);
    }

    [Fact]
    public void Step_WeighsValuesByTheFrequenciesOfThreePlayers()
    {
        // player_0 alone chooses; the others' single actions are certain, so EV is Q: after full steps its reward.
        var builder = new StochasticGameBuilder(["player_0", "player_1", "player_2"], 1, [2, 1, 1]).SetReward(0, 0, 0, 4).SetReward(0, 0, 1, 6);
        var options = new Jal.Options { LearningRate = Schedule.Constant(1), Temperature = Schedule.Constant(2 / Math.Log(3)), Episodes = 60 };
        var solution = NormalForm.Run(new Jal(builder.BuildFiniteHorizon(1), options, RandomStream.Create(3))).Solution;
        Assert.Equal([.25, .75], solution.Policies[0].Row(0, 0).ToArray().Select(p => Math.Round(p, 12))); // exp(4 / T) : exp(6 / T) = 1 : 3
        Assert.Equal([1, 2, 1], solution.OpponentModels[1].Shape.ToArray());
    }

    [Fact]
    public void Play_OnTwentyRandomGames_IsThatOfPlainLoops()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(1 + (int)(seed % 3), 3, 3, seed % 2 == 0 ? 4 : null, IllegalActions: true), seed);
            var options = new Jal.Options { LearningRate = Schedule.Constant(.3), Temperature = Schedule.Constant(.7), Episodes = 40, MaxSteps = 7 };
            var solution = NormalForm.Run(new Jal(game, options, RandomStream.Create(seed))).Solution;
            var slow = new SlowJointLearner(game, seed, (counts, visits) => counts / visits);
            slow.Run(40, 7, .3, .7);
            for (int p = 0; p < game.PlayerCount; p++)
                for (int s = 0; s < 3; s++)
                    for (int a = 0; a < game.ActionCounts[p]; a++) Assert.Equal(slow.Policy(p, s)[a], solution.Policies[p].Row(0, s)[a], 9);
        }
    }

    private static Jal.Options AsPublished(bool bug) => new()
    {
        Exploration = ExplorationRule.EpsilonGreedy,
        Epsilon = Schedule.Constant(.1),
        PriorWindow = 50,
        PublishedSignBug = bug,
    };
}
