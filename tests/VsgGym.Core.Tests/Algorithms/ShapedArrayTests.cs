namespace VsgGym.Core.Tests;

public sealed class ShapedArrayTests
{
    [Fact]
    public void Array_OfItsShape_IsKept()
    {
        var array = new ShapedArray([1, 2, 3, 4, 5, 6], 2, 3);
        Assert.Equal([2, 3], array.Shape.ToArray());
        Assert.Equal(6, array.Data[5]);
    }

    [Fact]
    public void Array_OfAnotherShape_IsRefused() => Assert.Throws<ArgumentException>(() => new ShapedArray([1, 2, 3], 2, 2));

    [Fact]
    public void Array_OfAShapeWhoseProductWrapsAround_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new ShapedArray([], 65536, 65536, 65536, 65536));

    [Fact]
    public void Array_OfANegativeExtent_IsRefused() => Assert.Throws<ArgumentException>(() => new ShapedArray([1, 2, 3, 4], -2, -2));
}
