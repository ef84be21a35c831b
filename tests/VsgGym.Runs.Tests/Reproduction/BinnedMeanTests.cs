namespace VsgGym.Runs.Tests;

public sealed class BinnedMeanTests
{
    [Fact]
    public void LastBin_CountsWithWhatItHas()
    {
        var bins = new BinnedMean(2);
        foreach (double value in (double[])[1, 3, 5, 7, 9]) bins.Add(value);
        Assert.Equal((double[])[2, 6, 9], bins.ToArray().AsSpan().ToArray());
    }

    [Fact]
    public void NoNumbers_NoBins() => Assert.Empty(new BinnedMean(3).ToArray());
}
