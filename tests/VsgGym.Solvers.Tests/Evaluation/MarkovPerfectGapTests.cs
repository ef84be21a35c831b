using VsgGym.Core;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>The gain from the worst start, reached or not.</summary>
public sealed class MarkovPerfectGapTests
{
    [Fact]
    public void FaultInAStateThatIsNeverReached_IsFound()
    {
        // State 0 is the start and stays; in state 1 the second action pays 3 more, and nobody goes there.
        var builder = new StochasticGameBuilder(["player_0"], 2, [2]).SetReward(0, 1, 1, 3).WithStateLabels(["start", "cellar"]).WithInitial([1, 0]);
        for (int a = 0; a < 2; a++) builder.AddTransition(0, a, 0, 1);
        var game = builder.BuildDiscounted(.5);
        var profile = new PolicyProfile(game, [new TabularPolicy([1, 0, 1, 0], 1, 2, 2)]);
        Assert.Equal(0, new NashCertificate(game).Measure(profile, CancellationToken.None).Gap, 12);
        var certificate = new MarkovPerfectGap(game).Measure(profile, CancellationToken.None);
        Assert.Equal(3, certificate.Gap, 12);
        var worst = certificate.Bounds["worst_start.player_0"];
        Assert.Equal((3, 0), (Math.Round(worst.Value, 12), Math.Round(worst.Measured, 12)));
        Assert.Contains("in state 1 (cellar);", worst.Statement, StringComparison.Ordinal);
    }

    [Fact]
    public void FaultAtALaterTime_IsFoundAndNamed()
    {
        // Two decisions, the first action ends play: what would be played after the second is never reached.
        var builder = new StochasticGameBuilder(["player_0"], 1, [2]).SetReward(0, 0, 0, 2).SetReward(0, 0, 1, 1).AddTransition(0, 1, 0, 1);
        var game = builder.BuildFiniteHorizon(2);
        var profile = new PolicyProfile(game, [new TabularPolicy([1, 0, 0, 1], 2, 1, 2)]); // first 0, and 1 at time 1, where 0 pays 1 more
        var certificate = new MarkovPerfectGap(game).Measure(profile, CancellationToken.None);
        Assert.Equal(1, certificate.Gap); // both at time 0 (1 + 2 against 2) and at time 1 (2 against 1)
        var cautious = new PolicyProfile(game, [new TabularPolicy([0, 1, 0, 1], 2, 1, 2)]);
        Assert.Contains("in state 0 at time 1;", new MarkovPerfectGap(game).Measure(cautious, CancellationToken.None).Bounds["worst_start.player_0"].Statement, StringComparison.Ordinal);
    }

    [Fact]
    public void RandomGames_HaveTheLargestNashGapOfAllStarts()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(2 + (int)(seed % 2), 3, 3, seed % 2 == 0 ? 1 : null, Discount: .8, IllegalActions: seed % 4 >= 2), seed);
            var profile = RandomGames.Profile(game, seed, perTime: false);
            var certificate = new MarkovPerfectGap(game).Measure(profile, CancellationToken.None);
            var nash = new NashCertificate(game).Measure(profile, CancellationToken.None);
            for (int p = 0; p < game.PlayerCount; p++)
            {
                double[] played = BestResponse.Evaluate(game, profile, p).Values.Data, best = BestResponse.Solve(game, profile, p).Values.Data;
                Assert.Equal(Enumerable.Range(0, 3).Max(s => best[s] - played[s]), certificate.GapPerPlayer[p], 1e-12);
                Assert.True(nash.GapPerPlayer[p] <= certificate.GapPerPlayer[p] + 1e-12);
                Assert.Equal(nash.Values[p], certificate.Values[p], 1e-12);
                Assert.Equal(nash.GapPerPlayer[p], certificate.Bounds[$"worst_start.player_{p}"].Measured, 1e-12);
            }
        }
    }

    [Fact]
    public void LongerHorizons_CountEveryTimeAndState()
    {
        for (ulong seed = 0; seed < 10; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(2, 3, 3, 4, IllegalActions: seed % 2 == 0), seed);
            var profile = RandomGames.Profile(game, seed, perTime: true);
            var certificate = new MarkovPerfectGap(game).Measure(profile, CancellationToken.None);
            for (int p = 0; p < 2; p++)
            {
                double[] played = BestResponse.Evaluate(game, profile, p).Values.Data, best = BestResponse.Solve(game, profile, p).Values.Data; // [5, 3]
                Assert.Equal(Enumerable.Range(0, 15).Max(k => best[k] - played[k]), certificate.GapPerPlayer[p], 1e-12);
            }
        }
    }
}
