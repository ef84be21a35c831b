using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>vsg Proposition 5.5 put to the test, and the reading under which it fails.</summary>
public sealed class OpponentModelErrorTests
{
    [Fact]
    public void Proposition55_HoldsOnRandomGamesAndAgreesWithTheSlowReference()
    {
        double tightest = 0;
        for (ulong seed = 0; seed < 20; seed++)
        {
            double scale = seed % 5 == 4 ? 3 : 1, tau = seed % 4 == 3 ? .5 : 1;
            var game = RandomGames.Create(new RandomGameShape(2 + (int)(seed % 2), 3, 3, null, Discount: seed % 3 == 0 ? .3 : .8, RewardScale: scale, IllegalActions: seed % 4 >= 2), seed);
            var random = RandomStream.Create(seed).Fork("models");
            var profile = RandomGames.Profile(game, seed, perTime: false);
            for (int p = 0; p < game.PlayerCount; p++)
            {
                double[] others = OpponentModelError.Others(game, profile, p), conditional = Conditional(game, p, ref random);
                double[] model = Mix(others, seed % 2 == 0 ? .01 : .5, game.StateCount, ref random);
                var bound = OpponentModelError.Proposition55(game, p, conditional, model, others, tau);
                Assert.True(bound.PremiseHolds);
                Assert.InRange(bound.Measured, 1e-9, game.Discount * bound.Value); // gamma delta is enough
                Assert.Equal(Slow(game, p, conditional, model, others, tau, modelInLog: false), bound.Measured, 1e-8);
                Assert.Equal(OpponentModelError.Delta(Math.Max(1, game.Rewards(p).ToArray().Max(Math.Abs)), game.ActionCounts[p], game.Discount, OpponentModelError.Divergence(model, others, 3), tau), bound.Value, 12);
                tightest = Math.Max(tightest, bound.Measured / bound.Value);
            }
        }

        Assert.InRange(tightest, .005, 1); // loose, but not vacuous
    }

    [Fact]
    public void ExactModel_MakesNoError()
    {
        var game = RandomGames.Create(new RandomGameShape(3, 3, 3, null, Discount: .8), 5);
        var random = RandomStream.Create(1).Fork("models");
        double[] others = OpponentModelError.Others(game, RandomGames.Profile(game, 1, perTime: false), 1);
        var bound = OpponentModelError.Proposition55(game, 1, Conditional(game, 1, ref random), others, others);
        Assert.Equal((0.0, 0.0, true), (bound.Value, bound.Measured, bound.PremiseHolds));
    }

    [Fact]
    public void OneState_HasTheErrorByHand()
    {
        // Player 0 gets 1 when player 1 takes its first action (3/4, modeled as 1/2), has one action, discount 1/2: V = (3/4) * 2, V^ = (1/2 - KL) * 2, so Q - Q^ = 1/2 (V - V^) = 1/4 + KL.
        var builder = new StochasticGameBuilder(["player_0", "player_1"], 1, [1, 2]).SetReward(0, 0, 0, 1);
        for (int j = 0; j < 2; j++) builder.AddTransition(0, j, 0, 1);
        var game = builder.BuildDiscounted(.5);
        double divergence = .5 * Math.Log(.5 / .75) + (.5 * Math.Log(.5 / .25));
        var bound = OpponentModelError.Proposition55(game, 0, [1, 1], [.5, .5], [.75, .25]);
        Assert.Equal(.25 + divergence, bound.Measured, 12);
        Assert.Equal((8 * Math.Sqrt(divergence / 2)) + (2 * divergence), bound.Value, 12);
    }

    [Fact]
    public void ModelInsideTheLogarithm_BreaksTheProposition()
    {
        // The smallest case: one state, one action against two, no reward, discount 1/10. Read with log rho in place of log pi_-i (the note under vsg Definition 5.1), Q^ is off by log (rho / pi_-i) of an action
        // that is rare in both, whatever small divergence that makes.
        var builder = new StochasticGameBuilder(["player_0", "player_1"], 1, [1, 2]);
        for (int j = 0; j < 2; j++) builder.AddTransition(0, j, 0, 1);
        var game = builder.BuildDiscounted(.1);
        double[] model = [1 - 1e-8, 1e-8], others = [.99, .01];
        var bound = OpponentModelError.Proposition55(game, 0, [1, 1], model, others);
        double asNoted = Slow(game, 0, [1, 1], model, others, 1, modelInLog: true);
        Assert.InRange(bound.Value, .1, .3);
        Assert.InRange(asNoted, 13, 14); // log 10^6
        Assert.True(bound.Measured <= bound.Value);
        Assert.True(asNoted <= (.1 * bound.Value) + Math.Log(1e6) + 1e-12); // the corrected statement
    }

    [Fact]
    public void ModelOfTheNeverPlayed_HasNoBound()
    {
        var game = NormalForm.Create(new double[,] { { 1, 0 }, { 0, 1 } }, new double[,] { { 1, 0 }, { 0, 1 } }, .5);
        var bound = OpponentModelError.Proposition55(game, 0, [.5, .5, .5, .5], [.5, .5], [1, 0]);
        Assert.Equal((double.PositiveInfinity, false, double.PositiveInfinity), (bound.Value, bound.PremiseHolds, bound.Measured));
    }

    [Fact]
    public void Solutions_CarryTheBoundOfEveryPlayer()
    {
        var game = NormalForm.Create(new double[,] { { 1, 0 }, { 0, 1 } }, new double[,] { { 1, 0 }, { 0, 1 } }, .5);
        var solution = new Solution { Policies = PolicyProfile.Uniform(game), OpponentModels = [new ShapedArray([.6, .4], 1, 2), new ShapedArray([.5, .5], 1, 2)] };
        var bounds = OpponentModelError.Of(game, solution);
        Assert.Equal(["vsg_proposition_5_5.player_0", "vsg_proposition_5_5.player_1"], bounds.Keys);
        double divergence = (.6 * Math.Log(1.2)) + (.4 * Math.Log(.8));
        Assert.Equal(divergence, bounds["vsg_proposition_5_5.player_0"].Measured, 12); // gamma / (1 - gamma) times it; uniform play is paid 1/2 against anything
        Assert.Equal(0, bounds["vsg_proposition_5_5.player_1"].Value);
        Assert.Empty(OpponentModelError.Of(game, solution with { OpponentModels = [] }));
        var once = NormalForm.Create(new double[,] { { 1, 0 }, { 0, 1 } }, new double[,] { { 1, 0 }, { 0, 1 } });
        Assert.False(OpponentModelError.Of(once, solution with { Policies = PolicyProfile.Uniform(once) })["vsg_proposition_5_5.player_0"].PremiseHolds);
    }

    private static double[] Conditional(StochasticGame game, int player, ref RandomStream random)
    {
        int joint = game.JointActionCount, actions = game.ActionCounts[player];
        var conditional = new double[game.StateCount * joint];
        for (int s = 0; s < game.StateCount; s++)
        {
            int[] legal = [.. Enumerable.Range(0, actions).Where(a => game.IsLegal(player, s, a))];
            for (int a = 0; a < joint; a++)
            {
                if (game.ActionOf(player, a) != 0) continue;
                var drawn = new double[legal.Length];
                random.NextSimplex(drawn);
                for (int k = 0; k < legal.Length; k++) conditional[(s * joint) + a + (legal[k] * game.Strides[player])] = drawn[k];
            }
        }

        return conditional;
    }

    // A model a little off, with the support of what is played.
    private static double[] Mix(double[] others, double weight, int states, ref RandomStream random)
    {
        int width = others.Length / states;
        var model = new double[others.Length];
        for (int s = 0; s < states; s++)
        {
            double sum = 0;
            for (int k = s * width; k < (s + 1) * width; k++) sum += model[k] = others[k] > 0 ? random.NextDouble() : 0;
            for (int k = s * width; k < (s + 1) * width; k++) model[k] = (weight * model[k] / sum) + ((1 - weight) * others[k]);
        }

        return model;
    }

    // max |Q - Q^| by iteration over dense loops; optionally with the model in place of the others' policy throughout Q^.
    private static double Slow(StochasticGame game, int player, double[] conditional, double[] model, double[] others, double tau, bool modelInLog)
    {
        double[] exact = Iterate(game, player, conditional, others, others, tau), modeled = Iterate(game, player, conditional, model, modelInLog ? model : others, tau);
        double largest = 0;
        int joint = game.JointActionCount, width = joint / game.ActionCounts[player];
        for (int row = 0; row < game.StateCount * joint; row++)
        {
            if (!game.IsLegalJoint(row / joint, row % joint)) continue;
            int at = (row / joint * width) + Part(game, player, row % joint);
            double difference = modelInLog ? tau * (Math.Log(others[at]) - Math.Log(model[at])) : 0;
            for (int k = game.RowStarts[row]; k < game.RowStarts[row + 1]; k++) difference += game.Discount * game.Probabilities[k] * (exact[game.NextStates[k]] - modeled[game.NextStates[k]]);
            largest = Math.Max(largest, Math.Abs(difference));
        }

        return largest;
    }

    private static double[] Iterate(StochasticGame game, int player, double[] conditional, double[] model, double[] prior, double tau)
    {
        int joint = game.JointActionCount, width = joint / game.ActionCounts[player];
        var values = new double[game.StateCount];
        for (int k = 0; k < 200; k++)
        {
            var next = new double[values.Length];
            for (int s = 0; s < values.Length; s++)
                for (int a = 0; a < joint; a++)
                {
                    int row = (s * joint) + a, at = (s * width) + Part(game, player, a);
                    double probability = model[at] * conditional[row];
                    if (probability == 0) continue;
                    double worth = game.Rewards(player)[row] - (tau * Math.Log(conditional[row])) - (tau * Math.Log(model[at] / prior[at]));
                    for (int to = game.RowStarts[row]; to < game.RowStarts[row + 1]; to++) worth += game.Discount * game.Probabilities[to] * values[game.NextStates[to]];
                    next[s] += probability * worth;
                }

            values = next;
        }

        return values;
    }

    private static int Part(StochasticGame game, int player, int joint)
    {
        int part = 0;
        for (int p = 0; p < game.PlayerCount; p++)
            if (p != player) part = (part * game.ActionCounts[p]) + game.ActionOf(p, joint);
        return part;
    }
}
