using VsgGym.Numerics;

namespace VsgGym.Networks.Tests;

public sealed class SeatNoiseTests
{
    [Fact]
    public void Uniform_IsTheTopOfTheStreamsNumber()
    {
        RandomStream random = RandomStream.Create(3), same = random;
        for (int i = 0; i < 1000; i++)
        {
            float number = SeatNoise.Uniform(ref random);
            Assert.InRange(number, 0f, MathF.BitDecrement(1f));
            Assert.InRange(same.NextDouble() - number, 0, 1.0 / (1 << 24));
        }
    }

    [Fact]
    public void Normal_HasTheMomentsOfTheNormalDistribution()
    {
        var random = RandomStream.Create(8);
        float[] numbers = new float[200_001];
        SeatNoise.Normal(ref random, numbers);
        Assert.Equal(0, numbers.Average(), 0.01);
        Assert.Equal(1, numbers.Average(x => (double)x * x), 0.02);
        Assert.Equal(3, numbers.Average(x => Math.Pow(x, 4)), 0.15);
        Assert.Equal(0.02275, numbers.Count(x => x > 2) / 200_001.0, 0.002);
        Assert.Equal(0, Enumerable.Range(0, 100_000).Average(i => (double)numbers[2 * i] * numbers[(2 * i) + 1]), 0.02);
    }
}
