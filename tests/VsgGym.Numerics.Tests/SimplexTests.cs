namespace VsgGym.Numerics.Tests;

public sealed class SimplexTests
{
    private const double None = double.NegativeInfinity;

    [Fact]
    public void LogSumExp_OfLargeValues_DoesNotOverflow()
    {
        Assert.Equal(1000 + Math.Log(2), Simplex.LogSumExp([1000, 1000]), 12);
        Assert.Equal(-1000 + Math.Log(3), Simplex.LogSumExp([-1000, -1000, -1000]), 12);
    }

    [Fact]
    public void LogSumExp_OfHandNumbers_IsExact() => Assert.Equal(Math.Log(6), Simplex.LogSumExp([Math.Log(1), Math.Log(2), Math.Log(3)]), 14);

    [Fact]
    public void LogSumExp_OfImpossibleEntries_IgnoresThem()
    {
        Assert.Equal(2.0, Simplex.LogSumExp([None, 2, None]));
        Assert.Equal(None, Simplex.LogSumExp([None, None]));
        Assert.Equal(None, Simplex.LogSumExp([]));
        Assert.Equal(double.PositiveInfinity, Simplex.LogSumExp([0, double.PositiveInfinity]));
    }

    [Fact]
    public void Weight_IsAShareOfTheTotal()
    {
        double[] logs = [1000, 1001, None];
        double total = Simplex.LogSumExp(logs);
        Assert.Equal([1 / (1 + Math.E), Math.E / (1 + Math.E), 0], logs.Select(log => Math.Round(Simplex.Weight(log, total), 12)), (a, b) => Math.Abs(a - b) < 1e-11);
        Assert.Equal(Math.Exp(-2), Simplex.Weight(4, 8, 2));
    }

    [Fact]
    public void Softmax_OfLargeValues_DoesNotOverflow()
    {
        double[] values = [1000, 1000, -1e308];
        Simplex.Softmax(values);
        Assert.Equal([0.5, 0.5, 0.0], values);
    }

    [Fact]
    public void Softmax_OfLogarithms_GivesTheirProportions()
    {
        double[] values = [Math.Log(1), Math.Log(2), Math.Log(5)];
        Simplex.Softmax(values);
        Assert.Equal(0.125, values[0], 14);
        Assert.Equal(0.25, values[1], 14);
        Assert.Equal(0.625, values[2], 14);
    }

    [Theory]
    [InlineData(0.0, 0.5)]
    [InlineData(1.0, 0.26894142136999512)] // 1 / (1 + e)
    [InlineData(2.0, 0.11920292202211755)] // 1 / (1 + e^2)
    [InlineData(1e6, 0.0)]
    public void Softmax_AtAnInverseTemperature_ScalesTheValues(double inverseTemperature, double first)
    {
        double[] values = [3, 4];
        Simplex.Softmax(values, inverseTemperature);
        Assert.Equal(first, values[0], 14);
        Assert.Equal(1 - first, values[1], 14);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(3.0)]
    public void Softmax_OfAnImpossibleEntry_KeepsItImpossible(double inverseTemperature)
    {
        double[] values = [None, 1, 1];
        Simplex.Softmax(values, inverseTemperature);
        Assert.Equal([0.0, 0.5, 0.5], values);
    }

    [Theory]
    [InlineData(None, None)]
    [InlineData(double.NaN, 0.0)]
    [InlineData(double.PositiveInfinity, 0.0)]
    public void Softmax_WithoutAFiniteLargest_IsRefused(double first, double second)
    {
        double[] values = [first, second];
        Assert.Throws<ArgumentException>(() => Simplex.Softmax(values));
    }

    [Theory]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Softmax_AtAnInverseTemperatureOutsideItsRange_IsRefused(double inverseTemperature)
    {
        double[] values = [0, 1];
        Assert.Throws<ArgumentOutOfRangeException>(() => Simplex.Softmax(values, inverseTemperature));
        Assert.Equal([0.0, 1.0], values);
    }

    [Fact]
    public void Entropy_OfHandNumbers_IsExact()
    {
        Assert.Equal(0.0, Simplex.Entropy([1, 0, 0]));
        Assert.Equal(Math.Log(4), Simplex.Entropy([0.25, 0.25, 0.25, 0.25]), 14);
        Assert.Equal((0.75 * Math.Log(4.0 / 3)) + (0.25 * Math.Log(4)), Simplex.Entropy([0.75, 0.25]), 14);
    }

    [Fact]
    public void KullbackLeibler_OfHandNumbers_IsExact()
    {
        Assert.Equal(0.0, Simplex.KullbackLeibler([0.3, 0.7], [0.3, 0.7]));
        Assert.Equal((0.5 * Math.Log(2)) + (0.5 * Math.Log(2.0 / 3)), Simplex.KullbackLeibler([0.5, 0.5], [0.25, 0.75]), 14);
        Assert.Equal(Math.Log(2), Simplex.KullbackLeibler([1, 0], [0.5, 0.5]), 14);
        Assert.Equal(double.PositiveInfinity, Simplex.KullbackLeibler([0.5, 0.5], [1, 0]));
    }

    [Fact]
    public void KullbackLeibler_OfDifferentLengths_IsRefused() => Assert.Throws<ArgumentException>(() => Simplex.KullbackLeibler([1], [0.5, 0.5]));

    [Theory]
    [InlineData(new[] { 0.5, 0.5 }, true)]
    [InlineData(new[] { 0.5, 0.5 + 1e-8 }, false)]
    [InlineData(new[] { 1.5, -0.5 }, false)]
    [InlineData(new[] { double.NaN, 1 }, false)]
    [InlineData(new[] { double.PositiveInfinity }, false)]
    [InlineData(new double[0], false)]
    public void IsDistribution_OfHandCases_IsRight(double[] values, bool expected) => Assert.Equal(expected, Simplex.IsDistribution(values));

    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(0.24999, 1)]
    [InlineData(0.25, 3)]
    [InlineData(0.9999999999999999, 3)]
    public void Sample_InvertsTheCumulativeDistribution(double u, int expected) =>
        Assert.Equal(expected, Simplex.Sample([0, 0.25, 0, 0.75, 0], u));

    [Fact]
    public void Sample_WhereRoundingLosesTheEnd_NeverReturnsProbabilityZero()
    {
        // Ten tenths sum to 1 - 1.1e-16 and the last entry is impossible.
        double[] probabilities = [.. Enumerable.Repeat(0.1, 10), 0.0];
        Assert.Equal(9, Simplex.Sample(probabilities, Math.BitDecrement(1.0)));
    }

    [Fact]
    public void Sample_OverManyDraws_FollowsTheProbabilities()
    {
        const int draws = 100_000;
        double[] probabilities = [0.2, 0, 0.5, 0.3];
        var stream = RandomStream.Create(31);
        var counts = new double[4];
        for (int i = 0; i < draws; i++) counts[Simplex.Sample(probabilities, stream.NextDouble())] += 1.0 / draws;
        for (int i = 0; i < 4; i++) Assert.Equal(probabilities[i], counts[i], 0.006);
        Assert.Equal(0.0, counts[1]);
    }
}
