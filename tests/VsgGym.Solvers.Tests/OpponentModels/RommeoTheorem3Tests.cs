using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers.Tests;

/// <summary>The premise of Theorem 3 on games that keep and break it.</summary>
public sealed class RommeoTheorem3Tests
{
    private static readonly StochasticGame Climbing = NormalForm.Create(NormalForm.Climbing, NormalForm.Climbing);

    [Fact]
    public void Theorem3_NeedsASymmetricGameWithOneOptimum()
    {
        Bound Of(StochasticGame game, RhoMode mode = RhoMode.Rommeo) =>
            new RommeoQ(game, new RommeoQ.Options { RhoMode = mode }, RandomStream.Create(0)).ReadBounds()["rommeo_theorem_3"];
        // The printed payoffs are not symmetric in (B, C) and (C, B): 6 against 0.
        Assert.False(Of(Climbing).PremiseHolds);
        Assert.Equal(1, Of(Climbing).Measured);
        double[,] symmetric = { { 11, -30, 0 }, { -30, 7, 6 }, { 0, 6, 5 } }, tied = { { 1, 0 }, { 0, 1 } }, pennies = { { 1, -1 }, { -1, 1 } }, minus = { { -1, 1 }, { 1, -1 } };
        Assert.True(Of(NormalForm.Create(symmetric, symmetric)).PremiseHolds);
        Assert.False(Of(NormalForm.Create(symmetric, symmetric), RhoMode.Empirical).PremiseHolds);
        Assert.Equal(2, Of(NormalForm.Create(tied, tied)).Measured);
        Assert.Equal(0, Of(NormalForm.Create(pennies, minus)).Measured);
        Assert.False(Of(NormalForm.Create(tied, tied, .9)).PremiseHolds);
    }
}
