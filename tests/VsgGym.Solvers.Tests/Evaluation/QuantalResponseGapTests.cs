using VsgGym.Core;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>The quantal-response gap in closed form, at fixed points of the exploring agents, and against plain loops.</summary>
public sealed class QuantalResponseGapTests
{
    [Fact]
    public void UniformPlay_HasTheGapInClosedForm()
    {
        // One player, payoffs 1 and 0: tau KL(1/2, 1/2 || softmax) = tau (log cosh(1 / (2 tau))).
        foreach (double tau in (double[])[.1, 1, 10])
        {
            var game = new StochasticGameBuilder(["player_0"], 1, [2]).SetReward(0, 0, 0, 1).BuildFiniteHorizon(1);
            var certificate = Measure(game, PolicyProfile.Uniform(game), tau);
            Assert.Equal(tau * Math.Log(Math.Cosh(1 / (2 * tau))), certificate.Gap, 12);
            Assert.Equal(("quantal_response", .5), (certificate.Concept, certificate.Values[0]));
        }
    }

    [Fact]
    public void GambitsConstantSumGame_AtItsPrintedEquilibria_HasNoGapToTheirDigits()
    {
        // Gambit's logit on A = [[1,1],[0,1]], B = [[1,1],[2,1]]; six printed digits leave a gap of their square.
        double[,] first = { { 1, 1 }, { 0, 1 } }, second = { { 1, 1 }, { 2, 1 } };
        var game = NormalForm.Create(first, second);
        foreach (var (lambda, row, column) in ((double, double, double)[])[(1, .642979, .588319), (2, .772677, .611743), (3, .859537, .603816)])
        {
            var profile = new PolicyProfile(game, [new TabularPolicy([row, 1 - row], 1, 1, 2), new TabularPolicy([column, 1 - column], 1, 1, 2)]);
            Assert.InRange(Measure(game, profile, 1 / lambda).Gap, 0, 1e-11);
            Assert.InRange(Measure(game, profile, 1.1 / lambda).Gap, 1e-5, 1); // at another temperature it is none
        }
    }

    [Fact]
    public void FixedPointsOfExploringAgents_HaveNoGap()
    {
        for (ulong seed = 0; seed < 6; seed++)
        {
            bool horizon = seed % 2 == 0;
            var game = RandomGames.Create(new RandomGameShape(2 + (int)(seed % 2), 3, 3, horizon ? 3 : null, Discount: .8, RewardScale: .3, IllegalActions: seed >= 3), seed + 40);
            IAlgorithm solver = horizon
                ? new MgeF(game, new MgeF.Options { InverseTemperature = 1.5, Tolerance = 1e-12 })
                : new MgeI(game, new MgeI.Options { InverseTemperature = 1.5, Tolerance = 1e-12 });
            var outcome = NormalForm.Run(solver);
            Assert.Equal(SolveStatus.Converged, outcome.Status);
            Assert.InRange(Measure(game, outcome.Solution.Policies, 1 / 1.5).Gap, 0, 1e-12);
        }
    }

    [Fact]
    public void RandomGames_AgreeWithTheSlowReference()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(2 + (int)(seed % 2), 3, 3, seed % 2 == 0 ? 3 : null, Discount: .7, IllegalActions: seed % 4 >= 2), seed);
            var profile = RandomGames.Profile(game, seed, perTime: seed % 3 > 0);
            double tau = .2 + (.1 * seed);
            var certificate = Measure(game, profile, tau);
            for (int p = 0; p < game.PlayerCount; p++) Assert.Equal(Slow(game, profile, p, tau), certificate.GapPerPlayer[p], 1e-9);
        }
    }

    private static Certificate Measure(StochasticGame game, PolicyProfile profile, double temperature) =>
        new QuantalResponseGap(game, new QuantalResponseGap.Options { Temperature = temperature }).Measure(profile, CancellationToken.None);

    private static double Slow(StochasticGame game, PolicyProfile profile, int player, double tau)
    {
        var reference = new SlowReference(game);
        double[][] next = [.. Enumerable.Range(0, game.PlayerCount).Select(p => game.TerminalRewards(p).ToArray())];
        double largest = 0;
        int times = game.Horizon ?? 150;
        for (int t = times - 1; t >= 0; t--)
        {
            int time = game.Horizon is null ? 0 : t;
            var policies = reference.Zero();
            for (int p = 0; p < game.PlayerCount; p++)
                for (int s = 0; s < game.StateCount; s++)
                    for (int a = 0; a < game.ActionCounts[p]; a++) policies[p][s, a] = profile[p].Row(time, s)[a];
            var q = reference.Update(policies, next);
            if (game.Horizon is null && t > 0) largest = 0; // only the last sweep's values are settled
            for (int s = 0; s < game.StateCount; s++) largest = Math.Max(largest, Divergence(game, policies[player], q[player], player, s, tau));
            next = [.. Enumerable.Range(0, game.PlayerCount).Select(p => Enumerable.Range(0, game.StateCount).Select(s => reference.Value("expectation", q, policies, p, s, 1)).ToArray())];
        }

        return largest;
    }

    private static double Divergence(StochasticGame game, double[,] policy, double[,] q, int player, int state, double tau)
    {
        double sum = 0, divergence = 0;
        for (int a = 0; a < game.ActionCounts[player]; a++)
            if (game.IsLegal(player, state, a)) sum += Math.Exp(q[state, a] / tau);
        for (int a = 0; a < game.ActionCounts[player]; a++)
            if (policy[state, a] > 0) divergence += policy[state, a] * Math.Log(policy[state, a] * sum / Math.Exp(q[state, a] / tau));
        return tau * divergence;
    }
}
