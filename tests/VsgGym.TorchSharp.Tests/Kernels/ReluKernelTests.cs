using TorchSharp.Kernels;

namespace VsgGym.TorchSharp.Tests.Kernels;

public sealed class ReluKernelTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(61)]
    public void Backward_PassesTheGradientWhereTheOutputIsPositive(int length)
    {
        Random random = new(length);
        Guarded<float> output = new(length, random), gradient = new(length, random), result = new(length, random);
        ReluKernel.Backward(output.Span, gradient.Span, result.Span);
        for (int i = 0; i < length; i++) Assert.Equal(output.Span[i] > 0 ? gradient.Span[i] : 0, result.Span[i]);
        Assert.True(result.WallsStand);
    }

    [Fact]
    public void Backward_AtTheBorder_FollowsPyTorch()
    {
        // torch 1.13.1, torch.relu(x).backward(g): x = 0, -0 and below give 0; NaN and plus infinity let the gradient pass.
        double[] x = [0.0, -0.0, -1, double.Epsilon, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 2, 0];
        double[] gradient = [1, 2, 3, 4, 5, 6, 7, double.NaN, double.NaN], result = new double[9];
        ReluKernel.Backward(x, gradient, result);
        Assert.Equal([0, 0, 0, 4, 5, 6, 0, double.NaN, 0], result);
    }

    [Fact]
    public void Backward_IntoTheGradient_IsAllowed()
    {
        float[] output = [1, 0, 1, 0, 1, 0, 1, 0, 1, 0], gradient = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        ReluKernel.Backward(output, gradient, gradient);
        Assert.Equal([1, 0, 3, 0, 5, 0, 7, 0, 9, 0], gradient);
    }

    [Fact]
    public void Backward_WithOtherLengths_Throws() =>
        Assert.Throws<ArgumentException>(() => ReluKernel.Backward(new float[3], new float[2], new float[3]));
}
