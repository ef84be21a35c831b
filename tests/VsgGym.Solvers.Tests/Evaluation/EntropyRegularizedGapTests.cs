using VsgGym.Core;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>The gap of the entropy-regularized game in closed form, at soft optima, and against plain loops.</summary>
public sealed class EntropyRegularizedGapTests
{
    [Fact]
    public void UniformPlay_HasTheGapInClosedForm()
    {
        // One player, payoffs 1 and 0 for ever at discount gamma: tau log cosh(1 / (2 tau)) / (1 - gamma); the entropy counts log 2 in both.
        foreach (double tau in (double[])[.1, 1, 10])
            foreach (double? discount in (double?[])[null, .9])
            {
                var builder = new StochasticGameBuilder(["player_0"], 1, [2]).SetReward(0, 0, 0, 1).AddTransition(0, 0, 0, 1).AddTransition(0, 1, 0, 1);
                var game = discount is { } gamma ? builder.BuildDiscounted(gamma) : builder.BuildFiniteHorizon(10);
                var certificate = Measure(game, PolicyProfile.Uniform(game), tau);
                Assert.Equal(10 * tau * Math.Log(Math.Cosh(1 / (2 * tau))), certificate.Gap, 1e-10);
                Assert.Equal(5, certificate.Values[0], 1e-10);
            }
    }

    [Fact]
    public void SoftOptimum_OfOnePlayer_HasNoGap()
    {
        for (ulong seed = 0; seed < 6; seed++)
        {
            // With one player the log-sum-exp operator of the exploring agents is soft value iteration.
            bool horizon = seed % 2 == 0;
            var game = RandomGames.Create(new RandomGameShape(1, 4, 3, horizon ? 3 : null, Discount: .9, IllegalActions: seed >= 3), seed + 40);
            IAlgorithm solver = horizon
                ? new MgeF(game, new MgeF.Options { InverseTemperature = 2, Tolerance = 1e-13, ValueOperator = ValueOperator.LogSumExp })
                : new MgeI(game, new MgeI.Options { InverseTemperature = 2, Tolerance = 1e-13, ValueOperator = ValueOperator.LogSumExp });
            var profile = NormalForm.Run(solver).Solution.Policies;
            Assert.InRange(Measure(game, profile, .5).Gap, 0, 1e-11);
            Assert.InRange(Measure(game, PolicyProfile.Uniform(game), .5).Gap, 1e-4, 10);
        }
    }

    [Fact]
    public void OneShotGames_HaveNoGapAtAQuantalResponseEquilibrium()
    {
        var game = NormalForm.Create(new double[,] { { 1, 1 }, { 0, 1 } }, new double[,] { { 1, 1 }, { 2, 1 } });
        var profile = NormalForm.Run(new MgeF(game, new MgeF.Options { InverseTemperature = 2, Tolerance = 1e-13, Damping = .5 })).Solution.Policies;
        Assert.InRange(Measure(game, profile, .5).Gap, 0, 1e-14);
    }

    [Fact]
    public void Cold_IsNashConv()
    {
        var game = NormalForm.Create(NormalForm.Climbing, NormalForm.Climbing);
        var nash = new NashCertificate(game).Measure(PolicyProfile.Uniform(game), CancellationToken.None);
        Assert.Equal(nash.Gap, Measure(game, PolicyProfile.Uniform(game), 1e-9).Gap, 1e-7);
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
            Assert.InRange(certificate.Bounds["evaluation_accuracy"].Value, 0, 1e-9);
        }
    }

    [Fact]
    public void ManyStates_TakeTheIteratedEvaluation()
    {
        // A ring of states that all pay 1 or 0: the same closed form.
        var builder = new StochasticGameBuilder(["player_0"], 500, [2]);
        for (int s = 0; s < 500; s++) builder.SetReward(0, s, 0, 1).AddTransition(s, 0, (s + 1) % 500, 1).AddTransition(s, 1, (s + 7) % 500, 1);
        var game = builder.BuildDiscounted(.9);
        Assert.Equal(10 * Math.Log(Math.Cosh(.5)), Measure(game, PolicyProfile.Uniform(game), 1).Gap, 1e-9);
    }

    private static Certificate Measure(StochasticGame game, PolicyProfile profile, double temperature) =>
        new EntropyRegularizedGap(game, new EntropyRegularizedGap.Options { Temperature = temperature }).Measure(profile, CancellationToken.None);

    private static double Slow(StochasticGame game, PolicyProfile profile, int player, double tau)
    {
        var reference = new SlowReference(game);
        double[][] Start() => [.. Enumerable.Range(0, game.PlayerCount).Select(p => game.TerminalRewards(p).ToArray())];
        double[][] played = Start(), best = Start();
        for (int t = (game.Horizon ?? 150) - 1; t >= 0; t--)
        {
            var policies = reference.Zero();
            for (int p = 0; p < game.PlayerCount; p++)
                for (int s = 0; s < game.StateCount; s++)
                    for (int a = 0; a < game.ActionCounts[p]; a++) policies[p][s, a] = profile[p].Row(game.Horizon is null ? 0 : t, s)[a];
            var playedQ = reference.Update(policies, played)[player];
            var bestQ = reference.Update(policies, best)[player];
            for (int s = 0; s < game.StateCount; s++)
            {
                double value = 0, sum = 0;
                for (int a = 0; a < game.ActionCounts[player]; a++)
                {
                    double probability = policies[player][s, a];
                    if (probability > 0) value += probability * (playedQ[s, a] - (tau * Math.Log(probability)));
                    if (game.IsLegal(player, s, a)) sum += Math.Exp(bestQ[s, a] / tau);
                }

                played[player][s] = value;
                best[player][s] = tau * Math.Log(sum);
            }
        }

        return Enumerable.Range(0, game.StateCount).Sum(s => game.Initial[s] * (best[player][s] - played[player][s]));
    }
}
