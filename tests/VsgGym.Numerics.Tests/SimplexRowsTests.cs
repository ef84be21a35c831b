namespace VsgGym.Numerics.Tests;

public sealed class SimplexRowsTests
{
    [Fact]
    public void Exp_IsWithinTwoUnitsInTheLastPlace()
    {
        var random = RandomStream.Create(1);
        for (int k = 0; k < 200_000; k++)
        {
            double x = k < 1000 ? -k * 0.708 : -(k % 2 == 0 ? 1 : 700) * random.NextDouble();
            double[] values = [x];
            SimplexRows.ExpNotAboveZero(values);
            double exact = Math.Exp(x);
            Assert.InRange(Math.Abs(values[0] - exact), 0, 2 * (Math.BitIncrement(exact) - exact));
        }
    }

    [Fact]
    public void Exp_AtTheEdges_IsOneOrZero()
    {
        double[] values = [0, -0.0, -1e-300, -708.5, -1e308, double.NegativeInfinity, -708];
        SimplexRows.ExpNotAboveZero(values);
        Assert.Equal([1, 1, 1, 0, 0, 0], values[..6]);
        Assert.Equal(1, values[6] / Math.Exp(-708), 1e-15);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(64)]
    [InlineData(65)]
    public void Rows_AgreeWithTheSoftmaxOfEach(int width)
    {
        var random = RandomStream.Create(2);
        double[] values = [.. Enumerable.Range(0, 37 * width).Select(k => k % width > 0 && random.NextDouble() < .2 ? double.NegativeInfinity : (20 * random.NextDouble()) - 10)];
        double[] rows = [.. values];
        SimplexRows.Softmax(rows, width, 1.7);
        for (int start = 0; start < values.Length; start += width)
        {
            Simplex.Softmax(values.AsSpan(start, width), 1.7);
            for (int k = start; k < start + width; k++) Assert.Equal(values[k], rows[k], 1e-15);
        }
    }

    [Fact]
    public void EqualRows_StayEqual_WhereverTheyStand()
    {
        double[] row = [.3, -1.2, 4.5], values = [.. Enumerable.Range(0, 11).SelectMany(_ => row)];
        SimplexRows.Softmax(values, 3, .9);
        for (int k = 3; k < values.Length; k++) Assert.Equal(values[k % 3], values[k]);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(70)]
    public void Blocks_OfAnySize_GiveTheSameBits(int width)
    {
        var random = RandomStream.Create(3);
        double[] all = [.. Enumerable.Range(0, 23 * width).Select(_ => 30 * random.NextDouble())], whole = [.. all];
        SimplexRows.Softmax(whole, width, 1.3);
        for (int rows = 1; rows < 23; rows++)
        {
            double[] parts = [.. all];
            SimplexRows.Softmax(parts.AsSpan(0, rows * width), width, 1.3);
            SimplexRows.Softmax(parts.AsSpan(rows * width), width, 1.3);
            Assert.Equal(whole, parts);
        }
    }

    [Fact]
    public void InverseTemperatureZero_SpreadsOverThePossibleEntries()
    {
        double[] rows = [5, double.NegativeInfinity, 3];
        SimplexRows.Softmax(rows, 3, 0);
        Assert.Equal([.5, 0, .5], rows);
    }

    [Fact]
    public void RowsWithoutAFiniteEntry_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => SimplexRows.Softmax([1, 2, double.NegativeInfinity, double.NegativeInfinity], 2, 1));
        Assert.Throws<ArgumentException>(() => SimplexRows.Softmax([1, double.NaN], 2, 1));
        Assert.Throws<ArgumentException>(() => SimplexRows.Softmax([1, double.PositiveInfinity], 2, 1));
        Assert.Throws<ArgumentException>(() => SimplexRows.Softmax([1, 2, 3], 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SimplexRows.Softmax([1], 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SimplexRows.Softmax([1], 1, -1));
    }
}
