using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>Correlated inference: its reduction to vpg, what signals do, and its faults.</summary>
public sealed class CorrelatedInferenceTests
{
    // Battle of the sexes, twice cold.
    private static readonly StochasticGame Battle = NormalForm.Create(new double[,] { { 2, 0 }, { 0, 1 } }, new double[,] { { 1, 0 }, { 0, 2 } });

    [Fact]
    public void OneSignal_IsVpg()
    {
        for (ulong seed = 0; seed < 6; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(2 + (int)(seed % 2), 3, 2, seed % 2 == 0 ? 3 : null, Discount: .7, RewardScale: .3, IllegalActions: true), seed);
            var inferred = Solve(game, new CorrelatedInference.Options { Signals = 1 });
            var plain = NormalForm.Run(new Vpg(game, new Vpg.Options(), WorkCrew.Alone()));
            Assert.Equal(plain.Iterations, inferred.Iterations);
            for (int p = 0; p < game.PlayerCount; p++)
            {
                Assert.Equal(plain.Solution.Policies[p].Probabilities.ToArray(), inferred.Solution.Arrays[$"signal_policy.player_{p}"].Data);
                Assert.Equal(plain.Solution.Values[p].Data, inferred.Solution.Values[p].Data);
            }
        }
    }

    // Gambit's constant-sum 2x2 at lambda 2 has one logit equilibrium: P(row 1) = .772677, P(column 1) = .611743. All signals come to it, so the joint policy is its product.
    [Fact]
    public void IndependentPoliciesOfAConstantSumGame_AreGambitsEquilibriumUnderEverySignal()
    {
        var game = NormalForm.Create(new double[,] { { 1, 1 }, { 0, 1 } }, new double[,] { { 1, 1 }, { 2, 1 } });
        var options = new CorrelatedInference.Options { Signals = 3, Temperature = .5, PolicyForm = PolicyForm.Independent, LearningRate = VariationalRate.Number(.3) };
        var outcome = Solve(game, options);
        Assert.Equal(SolveStatus.Converged, outcome.Status);
        double[] joint = outcome.Solution.Policies.Joint!.Row(0, 0).ToArray();
        double row = .772677, column = .611743;
        double[] expected = [row * column, row * (1 - column), (1 - row) * column, (1 - row) * (1 - column)];
        for (int a = 0; a < 4; a++) Assert.Equal(expected[a], joint[a], 2e-6);
    }

    [Fact]
    public void ConditionalPoliciesOfAOneShotGame_LeaveTheSignalWithoutMeaning()
    {
        var solution = Solve(Battle, new CorrelatedInference.Options { Signals = 5 }).Solution;
        double[] policies = solution.Arrays["signal_policy.player_0"].Data;
        for (int omega = 1; omega < 5; omega++) Assert.Equal(policies[0], policies[2 * omega], 1e-8);
        Assert.Equal(solution.Policies[0].Row(0, 0)[0] * solution.Policies[1].Row(0, 0)[0], solution.Policies.Joint!.Row(0, 0)[0], 1e-8);
    }

    [Fact]
    public void IndependentPolicies_MakeALotteryAmongTheEquilibria()
    {
        var options = new CorrelatedInference.Options { Signals = 40, Temperature = .2, PolicyForm = PolicyForm.Independent, LearningRate = VariationalRate.Number(.3) };
        var outcome = Solve(Battle, options);
        Assert.Equal(SolveStatus.Converged, outcome.Status);
        double[] joint = outcome.Solution.Policies.Joint!.Row(0, 0).ToArray();
        Assert.InRange(joint[0], .2, .8); // both go where the first likes it
        Assert.InRange(joint[3], .2, .8);
        Assert.InRange(joint[1] + joint[2], 0, .1); // they seldom miss each other, as independent play with these marginals would half of the time
        AssertGainsAtMost(Battle, joint, .2 * Math.Log(2));
    }

    [Fact]
    public void JointPolicy_IsTheMeanOfTheSignalsProducts()
    {
        var game = RandomGames.Create(new RandomGameShape(2, 3, 2, 2), 3);
        var options = new CorrelatedInference.Options { SignalProbabilities = [.5, .3, .2], MaxIterations = 2 };
        var solution = Solve(game, options).Solution;
        Assert.Equal([2, 3, 3, 2], solution.Arrays["signal_policy.player_1"].Shape.ToArray());
        double[] first = solution.Arrays["signal_policy.player_0"].Data, second = solution.Arrays["signal_policy.player_1"].Data, sigma = solution.Arrays["signal_probabilities"].Data;
        for (int row = 0; row < 6; row++)
            for (int j = 0; j < 4; j++)
                Assert.Equal(Enumerable.Range(0, 3).Sum(w => sigma[w] * first[(((row * 3) + w) * 2) + (j / 2)] * second[(((row * 3) + w) * 2) + (j % 2)]), solution.Policies.Joint!.Row(row / 3, row % 3)[j], 1e-12);
    }

    [Fact]
    public void Answer_StartedFrom_EndsAtOnceAtTheSameLottery()
    {
        var options = new CorrelatedInference.Options { Signals = 6, Temperature = .2, PolicyForm = PolicyForm.Independent, LearningRate = VariationalRate.Number(.05) };
        var game = NormalForm.Create(new double[,] { { 2, 0 }, { 0, 1 } }, new double[,] { { 1, 0 }, { 0, 2 } }, .9);
        var outcome = Solve(game, options);
        Assert.Equal(SolveStatus.Converged, outcome.Status);
        var again = new CorrelatedInference(game, options, RandomStream.Create(99), WorkCrew.Alone());
        again.Start(outcome.Solution);
        Assert.InRange(NormalForm.Run(again).Iterations, 1, 3);
        Assert.Equal(outcome.Solution.Policies.Joint!.Row(0, 0)[0], again.Solution.Policies.Joint!.Row(0, 0)[0], 1e-8);
    }

    [Fact]
    public void SameSeed_GivesTheSameBits()
    {
        double[] Of(ulong seed) => NormalForm.Run(new CorrelatedInference(Battle, new CorrelatedInference.Options { MaxIterations = 3 }, RandomStream.Create(seed), WorkCrew.Alone())).Solution.Policies.Joint!.Probabilities.ToArray();
        Assert.Equal(Of(1), Of(1));
        Assert.NotEqual(Of(1), Of(2));
    }

    [Fact]
    public void SignalProbabilities_ThatAreNone_AreRefused()
    {
        var error = Assert.Throws<VsgGymException>(() => Solve(Battle, new CorrelatedInference.Options { SignalProbabilities = [.5, .6] }));
        Assert.Equal(("options.signal_probabilities", "bad_sum"), (error.Faults[0].Path, error.Faults[0].Reason));
    }

    [Fact]
    public void Step_AllocatesNothing() => Allocation.Check(new CorrelatedInference(
        RandomGames.Create(new RandomGameShape(3, 3, 2, null), 1), new CorrelatedInference.Options(), RandomStream.Create(1), WorkCrew.Alone()));

    private static SolveOutcome Solve(StochasticGame game, CorrelatedInference.Options options) => NormalForm.Run(new CorrelatedInference(game, options, RandomStream.Create(5), WorkCrew.Alone()));

    // What a player gains at most who is told its own action and may play another.
    private static void AssertGainsAtMost(StochasticGame game, double[] joint, double most)
    {
        for (int p = 0; p < 2; p++)
            for (int told = 0; told < 2; told++)
                for (int played = 0; played < 2; played++)
                {
                    double gain = 0;
                    for (int j = 0; j < 4; j++)
                        if (game.ActionOf(p, j) == told) gain += joint[j] * (game.Rewards(p)[j + ((played - told) * game.Strides[p])] - game.Rewards(p)[j]);
                    Assert.True(gain <= most, $"{gain}");
                }
    }
}
