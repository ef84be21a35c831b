using VsgGym.Core;

namespace VsgGym.Solvers.Tests;

/// <summary>The coarse correlated gap by hand, against plain loops, and never above the correlated one.</summary>
public sealed class CoarseCorrelatedGapTests
{
    [Fact]
    public void Chicken_HasTheGapsByHand()
    {
        // Half (6, 6), half (0, 0): following gives 3; yielding or daring without the signal gives (6 + 2) / 2 and (7 + 0) / 2, so 1 is gained; with it 1.5.
        Assert.Equal([1.0, 1], Measure(CorrelatedGapTests.Chicken(), .5, 0, 0, .5).GapPerPlayer.ToArray());
        // The utilitarian equilibrium pays 5.25; without the signal at most 5 (6 * 3/4 + 2 / 4) or 5.25 (7 * 3/4).
        Assert.Equal(0, Measure(CorrelatedGapTests.Chicken(), .5, .25, .25, 0).Gap, 12);
    }

    [Fact]
    public void SignalThatOnlyBlindDeviatorsFollow_IsCoarseButNotCorrelated()
    {
        // Rows (matching, matching, out): out is never worth 0 or more. One third each on (0, 0), (1, 1), (2, 2), where the third pair pays -1.1 and playing 0 or 1 against it -1.
        double[,] payoffs = { { 1, -1, -1 }, { -1, 1, -1 }, { -2, -2, -1.1 } };
        var game = NormalForm.Create(payoffs, Transpose(payoffs));
        double third = 1.0 / 3;
        var signal = PolicyProfile.Correlated(game, new TabularPolicy([third, 0, 0, 0, third, 0, 0, 0, third], 1, 1, 9));
        // Following pays .9 / 3; blind 0 or 1 pays -1 / 3; told 2, playing 0 gains .1 with probability 1 / 3.
        Assert.Equal(0, new CoarseCorrelatedGap(game).Measure(signal, CancellationToken.None).Gap, 12);
        Assert.Equal(.1 * third, new CorrelatedGap(game).Measure(signal, CancellationToken.None).GapPerPlayer[0], 12);
    }

    [Fact]
    public void RandomSignals_AgreeWithTheSlowReferenceAndStayBelowTheCorrelatedGap()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var (game, signal) = RandomSignals.Create(seed);
            var profile = PolicyProfile.Correlated(game, signal);
            var coarse = new CoarseCorrelatedGap(game).Measure(profile, CancellationToken.None);
            var informed = new CorrelatedGap(game).Measure(profile, CancellationToken.None);
            for (int p = 0; p < game.PlayerCount; p++)
            {
                var (followed, best) = RandomSignals.Values(game, signal, p, informed: false);
                Assert.Equal(followed, coarse.Values[p], 1e-9);
                Assert.Equal(Math.Max(0, best - followed), coarse.GapPerPlayer[p], 1e-9);
                Assert.True(coarse.GapPerPlayer[p] <= informed.GapPerPlayer[p] + 1e-11);
            }
        }
    }

    private static double[,] Transpose(double[,] matrix)
    {
        var transposed = new double[matrix.GetLength(1), matrix.GetLength(0)];
        for (int i = 0; i < matrix.GetLength(0); i++)
            for (int j = 0; j < matrix.GetLength(1); j++) transposed[j, i] = matrix[i, j];
        return transposed;
    }

    private static Certificate Measure(StochasticGame game, params double[] signal) =>
        new CoarseCorrelatedGap(game).Measure(PolicyProfile.Correlated(game, new TabularPolicy(signal, 1, 1, 4)), CancellationToken.None);
}
