namespace VsgGym.Core.Tests;

public sealed class SpaceTests
{
    [Fact]
    public void Discrete_OfACount_IsOneInt32()
    {
        var space = new DiscreteSpace(3, ["a", "b", "c"]);
        Assert.Equal((ElementType.Int32, 1, 4), (space.ElementType, space.Length, space.Bytes));
    }

    [Fact]
    public void Discrete_OfAnImpossibleForm_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DiscreteSpace(0));
        Assert.Throws<ArgumentException>(() => new DiscreteSpace(2, ["a"]));
    }

    [Fact]
    public void Box_OfBounds_IsAVectorOfFloat32()
    {
        var space = new BoxSpace([-1, 0], [1, 0]);
        Assert.Equal((ElementType.Float32, 2, 8), (space.ElementType, space.Length, space.Bytes));
    }

    [Theory]
    [InlineData(new float[0], new float[0])]
    [InlineData(new[] { 0f }, new[] { 1f, 2f })]
    [InlineData(new[] { 1f }, new[] { 0f })]
    [InlineData(new[] { float.NaN }, new[] { 1f })]
    [InlineData(new[] { 0f }, new[] { float.PositiveInfinity })]
    public void Box_OfImpossibleBounds_IsRefused(float[] low, float[] high) =>
        Assert.Throws<ArgumentException>(() => new BoxSpace([.. low], [.. high]));
}
