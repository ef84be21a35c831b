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
        Assert.Equal(outcome.Solution.Policies.Joint!.Row(0, 0)[0], again.ReadSolution().Policies.Joint!.Row(0, 0)[0], 1e-8);
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

    [Fact]
    public void RandomGames_AgreeWithPlainLoopsOverStatesAndSignals()
    {
        double[] sigma = [.5, .3, .2];
        for (ulong seed = 0; seed < 20; seed++)
        {
            int? horizon = seed % 2 == 0 ? 2 : null;
            var game = RandomGames.Create(new RandomGameShape(2, 2, 2, horizon, Discount: .6, IllegalActions: seed % 4 >= 2), seed);
            bool conditional = seed % 3 > 0;
            var options = new CorrelatedInference.Options
            {
                SignalProbabilities = sigma,
                Temperature = .7,
                LearningRate = VariationalRate.Number(horizon is null ? .2 : .5),
                PolicyForm = conditional ? PolicyForm.Conditional : PolicyForm.Independent,
                EvaluationSweeps = 10_000,
                Tolerance = 1e-12,
            };
            var solver = new CorrelatedInference(game, options, RandomStream.Create(seed), WorkCrew.Alone());
            var reference = new VariationalReference(WithSignals(game, sigma), .7, .5, "exact", conditional);
            Begin(game, reference, solver.ReadSolution(), 3);
            for (int k = 0; k < 3; k++)
            {
                reference.Iterate();
                solver.Step(CancellationToken.None);
            }

            AssertAgree(game, reference, solver.ReadSolution(), sigma);
        }
    }

    [Fact]
    public void FirstStep_FromOnePolicyForAllSignals_IsAsByHand()
    {
        // vpg's first step from uniform play in each signal: pi(a | b) proportional to exp(r(a, b) / 2), and both means m; signals are as they were, alike.
        double[,] common = { { 2, 0 }, { 0, 1 } };
        var game = NormalForm.Create(common, common);
        var solver = new CorrelatedInference(game, new CorrelatedInference.Options { SignalProbabilities = [.25, .75], LearningRate = VariationalRate.Number(.5) }, RandomStream.Create(3), WorkCrew.Alone());
        solver.Start(new Solution { Policies = PolicyProfile.Uniform(game) });
        solver.Step(CancellationToken.None);
        double m = ((Math.E / (Math.E + 1)) + 1 - (Math.Exp(.5) / (Math.Exp(.5) + 1))) / 2;
        Assert.Equal([m * m, m * (1 - m), m * (1 - m), (1 - m) * (1 - m)], solver.ReadSolution().Policies.Joint!.Row(0, 0).ToArray(), (x, y) => Math.Abs(x - y) < 1e-14);
        Assert.Equal(.75 + Math.Log(2), solver.ReadSolution().Values[0].Data[0], 12); // of uniform play: the mean reward 3/4 and the entropy log 2
    }

    [Theory]
    [InlineData(.5)]
    [InlineData(1e-7)]
    public void OnePlayer_IsSoftValueIteration_AndColdItIsBackwardInduction(double temperature)
    {
        var game = RandomGames.Create(new RandomGameShape(1, 4, 3, 4, IllegalActions: true), 8);
        var solution = Solve(game, new CorrelatedInference.Options { Signals = 3, Temperature = temperature }).Solution;
        double[] values = game.TerminalRewards(0).ToArray();
        for (int t = 3; t >= 0; t--)
        {
            double[] later = values;
            values = [.. Enumerable.Range(0, 4).Select(s =>
            {
                double[] q = [.. Enumerable.Range(0, game.ActionCounts[0]).Where(a => game.IsLegal(0, s, a)).Select(a =>
                {
                    int row = (s * game.JointActionCount) + a;
                    return game.Rewards(0)[row] + Enumerable.Range(game.RowStarts[row], game.RowStarts[row + 1] - game.RowStarts[row]).Sum(k => game.Probabilities[k] * later[game.NextStates[k]]);
                })];
                return q.Max() + (temperature * Math.Log(q.Sum(x => Math.Exp((x - q.Max()) / temperature))));
            })];
            for (int s = 0; s < 4; s++) Assert.Equal(values[s], solution.Values[0].Data[(t * 4) + s], 1e-8);
        }
    }

    [Fact]
    public void SignalOptions_AtTheirEdges_AreRefusedOrTaken()
    {
        foreach (double[] none in (double[][])[[], [double.NaN, 1], [-.5, 1.5], [1.1], [0, 0]])
        {
            var error = Assert.Throws<VsgGymException>(() => Solve(Battle, new CorrelatedInference.Options { SignalProbabilities = none }));
            Assert.Equal(("options.signal_probabilities", string.Join(", ", none), "bad_sum"), (error.Faults[0].Path, error.Faults[0].Value, Assert.Single(error.Faults).Reason));
        }

        // A signal that never comes has policies all the same, and no part in what is played.
        var solution = Solve(Battle, new CorrelatedInference.Options { SignalProbabilities = [0, 1], MaxIterations = 1 }).Solution;
        double[] first = solution.Arrays["signal_policy.player_0"].Data, second = solution.Arrays["signal_policy.player_1"].Data;
        Assert.Equal(first[2] * second[2], solution.Policies.Joint!.Row(0, 0)[0], 14);
        Assert.NotEqual(first[0], first[2], 1e-6);
    }

    // States s * W + omega by loops; omega is drawn anew for the next state.
    private static StochasticGame WithSignals(StochasticGame game, double[] sigma)
    {
        int signals = sigma.Length;
        var builder = new StochasticGameBuilder([.. game.Players], game.StateCount * signals, [.. game.ActionCounts]);
        for (int s = 0; s < game.StateCount; s++)
            for (int omega = 0; omega < signals; omega++)
                for (int p = 0; p < game.PlayerCount; p++)
                {
                    for (int a = 0; a < game.ActionCounts[p]; a++)
                        if (!game.IsLegal(p, s, a)) builder.Forbid(p, (s * signals) + omega, a);
                    if (game.Horizon is not null) builder.SetTerminalReward(p, (s * signals) + omega, game.TerminalRewards(p)[s]);
                }

        for (int state = 0; state < game.StateCount * signals; state++)
            for (int joint = 0; joint < game.JointActionCount; joint++)
            {
                int row = (state / signals * game.JointActionCount) + joint;
                if (!game.IsLegalJoint(state / signals, joint)) continue;
                for (int p = 0; p < game.PlayerCount; p++) builder.SetReward(p, state, joint, game.Rewards(p)[row]);
                for (int k = game.RowStarts[row]; k < game.RowStarts[row + 1]; k++)
                    for (int next = 0; next < signals; next++) builder.AddTransition(state, joint, (game.NextStates[k] * signals) + next, game.Probabilities[k] * sigma[next]);
            }

        return builder.Build(game.Horizon, game.Horizon is null ? game.Discount : null);
    }

    // The reference at the solver's drawn policies.
    private static void Begin(StochasticGame game, VariationalReference reference, Solution start, int signals)
    {
        for (int p = 0; p < game.PlayerCount; p++)
            for (int t = 0; t < (game.Horizon ?? 1); t++)
                for (int state = 0; state < game.StateCount * signals; state++)
                {
                    double[] policy = start.Arrays[$"signal_policy.player_{p}"].Data.AsSpan(((t * game.StateCount * signals) + state) * game.ActionCounts[p], game.ActionCounts[p]).ToArray();
                    policy.CopyTo(reference.Played[p][t][state], 0);
                    policy.CopyTo(reference.Models[p][t][state], 0);
                    for (int joint = 0; joint < game.JointActionCount; joint++) reference.Conditional[p][t][state][joint] = policy[game.ActionOf(p, joint)];
                }
    }

    private static void AssertAgree(StochasticGame game, VariationalReference reference, Solution solution, double[] sigma)
    {
        int signals = sigma.Length, states = game.StateCount;
        for (int t = 0; t < (game.Horizon ?? 1); t++)
            for (int s = 0; s < states; s++)
            {
                for (int p = 0; p < game.PlayerCount; p++)
                {
                    Assert.Equal(Enumerable.Range(0, signals).Sum(w => sigma[w] * reference.Values[p][t][(s * signals) + w]), solution.Values[p].Data[(t * states) + s], 1e-9);
                    for (int w = 0; w < signals; w++)
                    {
                        int at = (((t * states) + s) * signals) + w;
                        Assert.Equal(reference.Values[p][t][(s * signals) + w], solution.Arrays[$"signal_value.player_{p}"].Data[at], 1e-9);
                        for (int a = 0; a < game.ActionCounts[p]; a++) Assert.Equal(reference.Played[p][t][(s * signals) + w][a], solution.Arrays[$"signal_policy.player_{p}"].Data[(at * game.ActionCounts[p]) + a], 1e-9);
                        for (int joint = 0; joint < game.JointActionCount; joint++)
                            Assert.Equal(reference.Conditional[p][t][(s * signals) + w][joint], solution.Arrays[$"conditional_policy.player_{p}"].Data[(at * game.JointActionCount) + joint], 1e-9);
                    }
                }

                for (int joint = 0; joint < game.JointActionCount; joint++)
                    Assert.Equal(
                        Enumerable.Range(0, signals).Sum(w => sigma[w] * reference.Played[0][t][(s * signals) + w][game.ActionOf(0, joint)] * reference.Played[1][t][(s * signals) + w][game.ActionOf(1, joint)]),
                        solution.Policies.Joint!.Row(t, s)[joint], 1e-9);
            }
    }
}
