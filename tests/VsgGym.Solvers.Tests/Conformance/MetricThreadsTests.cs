using VsgGym.Core;
using VsgGym.Numerics;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>What is measured does not depend on how many threads measure.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class MetricThreadsTests
{
    public static TheoryData<string, bool> All()
    {
        var all = new TheoryData<string, bool>();
        foreach (var (id, entry) in SolverCase.Entries.Metrics)
        {
            if (entry.Subject != typeof(StochasticGame)) continue;
            all.Add(id, true);
            all.Add(id, false);
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Threads_GiveTheSameBits(string id, bool hasHorizon)
    {
        var game = RandomGames.Create(new RandomGameShape(3, 40, 2, hasHorizon ? 3 : null, Discount: .9), 12);
        var profile = RandomGames.Profile(game, 12, perTime: false);
        var alone = SolverCase.Entries.CreateMetric(id, game).Measure(profile, CancellationToken.None);
        foreach (int threads in (int[])[2, 3])
        {
            var shared = SolverCase.Entries.CreateMetric(id, game, crew: new WorkCrew(threads)).Measure(profile, CancellationToken.None);
            Assert.Equal(alone.Gap, shared.Gap);
            Assert.Equal(alone.GapPerPlayer.ToArray(), shared.GapPerPlayer.ToArray());
            Assert.Equal(alone.Values.ToArray(), shared.Values.ToArray());
            Assert.Equal(alone.Bounds, shared.Bounds);
        }
    }

    [Fact]
    public void Players_AreMeasuredSideBySide()
    {
        // Both players wait for the other one, so only two threads get through.
        var game = RandomGames.Create(new RandomGameShape(2, 40, 3, null, Discount: .9), 1);
        using var both = new Barrier(2);
        var certificate = PlayerGaps.Sum(game, new WorkCrew(2), "nash", player =>
        {
            Assert.True(both.SignalAndWait(TimeSpan.FromSeconds(60)));
            return (player, 0, 0);
        });
        Assert.Equal([0.0, 1], certificate.GapPerPlayer.ToArray());
    }

    [Fact]
    public void Faults_OfOnePlayerReachTheCaller()
    {
        var game = RandomGames.Create(new RandomGameShape(2, 40, 3, null, Discount: .9), 1);
        Assert.Throws<InvalidTimeZoneException>(() => PlayerGaps.Sum(game, new WorkCrew(2), "nash", player => player == 1 ? throw new InvalidTimeZoneException() : (0, 0, 0)));
    }
}
