namespace VsgGym.Client.Tests;

public sealed class NdArrayTests
{
    private static readonly NdArray Cube = new double[,,] { { { 0, 1, 2 }, { 3, 4, 5 } }, { { 6, 7, 8 }, { 9, 10, 11 } } };

    [Fact]
    public void Index_OfEveryElement_FollowsRowMajorOrder()
    {
        Assert.Equal([2, 2, 3], Cube.Shape.ToArray());
        Assert.Equal(7, Cube[1, 0, 1]);
        Assert.Equal([9d, 10, 11], Cube.Row(1, 1).ToArray());
        Assert.Equal([6d, 7, 8, 9, 10, 11], Cube.Row(1).ToArray());
        Assert.Equal(12, Cube.Row().Length);
    }

    [Theory]
    [InlineData(2, 0, 0)]
    [InlineData(0, -1, 0)]
    [InlineData(0, 0, 3)]
    public void Index_OutsideAnAxis_Throws(int a, int b, int c) => Assert.Throws<ArgumentOutOfRangeException>(() => Cube[a, b, c]);

    [Fact]
    public void Index_WithTooFewPositions_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Cube[0, 0]);

    [Fact]
    public void Wire_ThereAndBack_KeepsBits()
    {
        NdArray array = new double[] { 0.1, double.NaN, -0.0, double.PositiveInfinity };
        var back = NdArrayWire.RoundTrip(array);
        Assert.Equal(array.Data.ToArray().Select(BitConverter.DoubleToInt64Bits), back.Data.ToArray().Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(array.Shape.ToArray(), back.Shape.ToArray());
    }

    [Fact]
    public void Constructor_WithWrongCount_NamesShape()
    {
        var error = Assert.Throws<InvalidArgumentException>(() => new NdArray([1, 2, 3], 2, 2));
        Faulty.Check(error, "data", "3 numbers");
    }

    [Fact]
    public void From_ArrayOfIntegers_NamesType() =>
        Faulty.Check(Assert.Throws<InvalidArgumentException>(() => NdArray.From(new int[2, 2])), "array", "Int32");
}
