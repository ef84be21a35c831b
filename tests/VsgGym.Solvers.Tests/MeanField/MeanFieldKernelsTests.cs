namespace VsgGym.Solvers.Tests;

/// <summary>The closed forms of mean-field Q-learning by hand and at the edges of the numbers.</summary>
public sealed class MeanFieldKernelsTests
{
    [Fact]
    public void Soften_IsThePriorTimesTheExponential()
    {
        double[] row = [1, 3], prior = [Math.Log(.25), Math.Log(.75)];
        double value = MeanFieldKernels.Soften(row, prior, 2);
        double low = .25 * Math.Exp(.5), high = .75 * Math.Exp(1.5);
        Assert.Equal([low / (low + high), high / (low + high)], row, (x, y) => Math.Abs(x - y) < 1e-15);
        Assert.Equal(2 * Math.Log(low + high), value, 14);
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-12)]
    public void Soften_AtVanishingTemperatures_IsTheBestAction(double temperature)
    {
        double[] row = [-1e300, 2, 5];
        Assert.Equal(5, MeanFieldKernels.Soften(row, [0, Math.Log(.5), Math.Log(.5)], temperature), 1e-10);
        Assert.Equal([0, 0, 1], row);
    }

    [Fact]
    public void Soften_NeverPlaysWhatThePriorForbids()
    {
        double[] row = [double.MaxValue, 1, 1];
        Assert.Equal(1, MeanFieldKernels.Soften(row, [double.NegativeInfinity, Math.Log(.5), Math.Log(.5)], 1e-300), 14);
        Assert.Equal([0, .5, .5], row);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Soften_OfAValueThatIsNoNumber_SaysSo(double value)
    {
        double[] row = [0, value];
        Assert.True(double.IsNaN(MeanFieldKernels.Soften(row, [0, 0], 1)));
        Assert.Equal([double.NaN, double.NaN], row);
    }

    [Fact]
    public void Respond_TakesTheLowestNumberedOfTheBest()
    {
        double[] row = [1, 4, 4];
        MeanFieldKernels.Respond(row, 4);
        Assert.Equal([0, 1, 0], row);
    }
}
