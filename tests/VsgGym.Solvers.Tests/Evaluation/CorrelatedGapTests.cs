using VsgGym.Core;
using VsgGym.TestKit;

namespace VsgGym.Solvers.Tests;

/// <summary>The correlated gap on chicken, against plain loops, and as NashConv where players act alone.</summary>
public sealed class CorrelatedGapTests
{
    [Fact]
    public void Chicken_UtilitarianEquilibrium_HasNoGap()
    {
        // Greenwald and Hall 2003: (6,6), (2,7), (7,2), (0,0) with probabilities 1/2, 1/4, 1/4, 0; told to yield, both actions are worth 14/3.
        foreach (double? discount in (double?[])[null, .9])
        {
            var certificate = Measure(Chicken(discount), .5, .25, .25, 0);
            Assert.Equal(0, certificate.Gap, 11);
            Assert.Equal(5.25 / (1 - (discount ?? 0)), certificate.Values[0], 1e-11);
            Assert.Equal("correlated", certificate.Concept);
        }
    }

    [Fact]
    public void Chicken_OtherSignals_HaveTheGapsByHand()
    {
        // Always (6, 6): each gains 7 - 6. Always (0, 0): each gains 2. Half (6, 6), half (0, 0): told to yield the other yields, told to dare the other dares: 1/2 * 1 + 1/2 * 2.
        Assert.Equal([1.0, 1], Measure(Chicken(), 1, 0, 0, 0).GapPerPlayer.ToArray());
        Assert.Equal([2.0, 2], Measure(Chicken(), 0, 0, 0, 1).GapPerPlayer.ToArray());
        Assert.Equal([1.5, 1.5], Measure(Chicken(), .5, 0, 0, .5).GapPerPlayer.ToArray());
        // .6, .4 on (6, 6), (2, 7): the row player, always told to yield, would get 7 * .6 instead of 6 * .6 + 2 * .4, which is less; the column player gains .6 * 1 where told to yield.
        Assert.Equal([0, .6], Measure(Chicken(), .6, .4, 0, 0).GapPerPlayer.Select(gap => Math.Round(gap, 12)));
        // Discounted at 1/2, a gain of 1 for ever is worth 2.
        Assert.Equal([2.0, 2], Measure(Chicken(.5), 1, 0, 0, 0).GapPerPlayer.Select(gap => Math.Round(gap, 12)));
    }

    [Fact]
    public void RandomSignals_AgreeWithTheSlowReference()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var (game, signal) = RandomSignals.Create(seed);
            var certificate = new CorrelatedGap(game).Measure(PolicyProfile.Correlated(game, signal), CancellationToken.None);
            for (int p = 0; p < game.PlayerCount; p++)
            {
                var (followed, best) = RandomSignals.Values(game, signal, p, informed: true);
                Assert.Equal(followed, certificate.Values[p], 1e-9);
                Assert.Equal(best - followed, certificate.GapPerPlayer[p], 1e-9);
            }

            Assert.InRange(certificate.Bounds["evaluation_accuracy"].Value, 0, 1e-9);
        }
    }

    [Fact]
    public void PlayersActingAlone_HaveNashConv()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var game = RandomGames.Create(new RandomGameShape(2 + (int)(seed % 2), 3, 3, seed % 2 == 0 ? 3 : null, Discount: .8, IllegalActions: seed % 4 >= 2), seed);
            var profile = RandomGames.Profile(game, seed, perTime: seed % 3 > 0);
            var nash = new NashCertificate(game).Measure(profile, CancellationToken.None);
            foreach (IMetric metric in (IMetric[])[new CorrelatedGap(game), new CoarseCorrelatedGap(game)])
            {
                var certificate = metric.Measure(profile, CancellationToken.None);
                for (int p = 0; p < game.PlayerCount; p++)
                {
                    Assert.Equal(nash.GapPerPlayer[p], certificate.GapPerPlayer[p], 1e-11);
                    Assert.Equal(nash.Values[p], certificate.Values[p], 1e-11);
                }
            }
        }
    }

    [Fact]
    public void NashEquilibrium_AsASignal_HasNoGap()
    {
        // Chicken's mixed equilibrium: yield with probability 2/3.
        var certificate = Measure(Chicken(), 4.0 / 9, 2.0 / 9, 2.0 / 9, 1.0 / 9);
        Assert.Equal(0, certificate.Gap, 12);
        Assert.Equal(14.0 / 3, certificate.Values[1], 12);
    }

    [Fact]
    public void ManyStates_GiveTheSameAsFew()
    {
        // 500 copies of a three-state game side by side take the iterated evaluation; one copy takes the linear solve.
        var small = RandomGames.Create(new RandomGameShape(2, 3, 2, null, Discount: .95), 9);
        var builder = new StochasticGameBuilder(["player_0", "player_1"], 1500, small.ActionCounts);
        for (int s = 0; s < 1500; s++)
            for (int j = 0; j < small.JointActionCount; j++)
            {
                int row = (s % 3 * small.JointActionCount) + j;
                for (int p = 0; p < 2; p++) builder.SetReward(p, s, j, small.Rewards(p)[row]);
                for (int k = small.RowStarts[row]; k < small.RowStarts[row + 1]; k++)
                    builder.AddTransition(s, j, (s - (s % 3)) + small.NextStates[k], small.Probabilities[k]);
            }

        var large = builder.WithInitial([.. small.Initial, .. new double[1497]]).BuildDiscounted(.95);
        double[] signal = [.. RandomSignals.Draw(small, 4, 1).Probabilities];
        double[] copies = [.. Enumerable.Repeat(signal, 500).SelectMany(table => table)];
        foreach (bool informed in (bool[])[true, false])
        {
            IMetric Metric(StochasticGame game) => informed ? new CorrelatedGap(game) : new CoarseCorrelatedGap(game);
            var few = Metric(small).Measure(PolicyProfile.Correlated(small, new TabularPolicy(signal, 1, 3, small.JointActionCount)), CancellationToken.None);
            var many = Metric(large).Measure(PolicyProfile.Correlated(large, new TabularPolicy(copies, 1, 1500, small.JointActionCount)), CancellationToken.None);
            Assert.Equal(few.Gap, many.Gap, 1e-9);
            Assert.InRange(many.Bounds["evaluation_accuracy"].Value, 0, 1e-9);
            Assert.Contains("iterated", many.Bounds["evaluation_accuracy"].Statement, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Measure_WhenCancelled_Stops() => Assert.Throws<OperationCanceledException>(
        () => new CorrelatedGap(Chicken()).Measure(PolicyProfile.Uniform(Chicken()), new CancellationToken(true)));

    internal static StochasticGame Chicken(double? discount = null) =>
        NormalForm.Create(new double[,] { { 6, 2 }, { 7, 0 } }, new double[,] { { 6, 7 }, { 2, 0 } }, discount);

    private static Certificate Measure(StochasticGame game, params double[] signal) =>
        new CorrelatedGap(game).Measure(PolicyProfile.Correlated(game, new TabularPolicy(signal, 1, 1, 4)), CancellationToken.None);
}
