using VsgGym.Core;

namespace VsgGym.Solvers.Tests;

/// <summary>The potential of a profile as a certificate.</summary>
public sealed class PotentialGapTests
{
    [Fact]
    public void Dilemma_HasNoGapAndThePotentialOfTheProfile()
    {
        var game = NormalForm.Create(new double[,] { { 3, 0 }, { 5, 1 } }, new double[,] { { 3, 5 }, { 0, 1 } });
        var certificate = new PotentialGap(game, new PotentialGap.Options()).Measure(PolicyProfile.Uniform(game), CancellationToken.None);
        Assert.Equal(("potential", 0.0), (certificate.Concept, certificate.Gap));
        var potential = certificate.Bounds["potential"];
        Assert.Equal((1.75, 1.75, true), (potential.Value, potential.Measured, potential.PremiseHolds)); // the mean of 0, 2, 2, 3
        Assert.Contains("exact over 4 profiles", certificate.Bounds["markov_potential"].Statement, StringComparison.Ordinal);
        Assert.Equal([2.25, 2.25], certificate.Values.ToArray());
    }

    [Fact]
    public void MatchingPennies_NamesTheCycle()
    {
        var game = NormalForm.Create(new double[,] { { 1, -1 }, { -1, 1 } }, new double[,] { { -1, 1 }, { 1, -1 } });
        var certificate = new PotentialGap(game, new PotentialGap.Options()).Measure(PolicyProfile.Uniform(game), CancellationToken.None);
        Assert.Equal([8.0, 8], certificate.GapPerPlayer.ToArray());
        var bound = certificate.Bounds["markov_potential"];
        Assert.Equal((false, 8.0), (bound.PremiseHolds, bound.Measured));
        Assert.Contains("player_0 and player_1 around a cycle add up to 8", bound.Statement, StringComparison.Ordinal);
        Assert.NotEqual(certificate.Bounds["potential"].Value, certificate.Bounds["potential"].Measured);
    }
}
