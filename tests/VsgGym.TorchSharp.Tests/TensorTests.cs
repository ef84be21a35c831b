using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace VsgGym.TorchSharp.Tests;

public sealed class TensorTests
{
    [Theory]
    [InlineData(new long[] { 3, 4 }, new long[] { 4 }, new long[] { 3, 4 })]
    [InlineData(new long[] { 3, 1 }, new long[] { 1, 4 }, new long[] { 3, 4 })]
    [InlineData(new long[] { 2, 1, 4 }, new long[] { 3, 1 }, new long[] { 2, 3, 4 })]
    [InlineData(new long[] { }, new long[] { 2, 2 }, new long[] { 2, 2 })]
    [InlineData(new long[] { 0, 3 }, new long[] { 1 }, new long[] { 0, 3 })]
    [InlineData(new long[] { 5, 3, 4, 1 }, new long[] { 3, 1, 2 }, new long[] { 5, 3, 4, 2 })]
    public void Shapes_Broadcast(long[] left, long[] right, long[] expected)
    {
        Tensor a = arange(left.Aggregate(1L, (x, y) => x * y), dtype: float64).reshape(left);
        Tensor b = arange(right.Aggregate(1L, (x, y) => x * y), dtype: float64).reshape(right) + 1;
        foreach (Tensor result in new[] { a - b, -(b - a), (a / b) * b - b })
        {
            Assert.Equal(expected, result.shape);
            Assert.True(allclose(result, a.expand(expected).contiguous() - b.expand(expected).contiguous()));
        }
    }

    [Fact]
    public void Shapes_ThatDoNotMatch_AreAnError()
    {
        Assert.Throws<ExternalException>(() => zeros(3) + zeros(4));
        Assert.Throws<ExternalException>(() => zeros(2, 3).mm(zeros(2, 3)));
        Assert.Throws<ExternalException>(() => zeros(2, 3).reshape(4, -1));
        Assert.Throws<ExternalException>(() => zeros(2, 3).sum(2L));
        Assert.Throws<ExternalException>(() => zeros(1).add_(zeros(3)));
        Assert.Throws<ExternalException>(() => zeros(2, 3).t().view(6));
    }

    [Fact]
    public void Types_ArePromoted()
    {
        Assert.Equal(float32, (tensor(new long[] { 1 }) + 1.5).dtype);
        Assert.Equal(int64, (tensor(new long[] { 1 }) + 1).dtype);
        Assert.Equal(float32, (ones(2) * tensor(2.0)).dtype);
        Assert.Equal(float64, (ones(2) * ones(2, dtype: float64)).dtype);
        Assert.Equal(float32, (tensor(new long[] { 1 }) / tensor(new long[] { 2 })).dtype);
        Assert.Equal(int64, tensor(new[] { true, false, true }).sum().dtype);
        Assert.Equal(2, tensor(new[] { true, false, true }).sum().ToInt64());
        Assert.Equal(@bool, (ones(2) > 0).dtype);
        Assert.Equal(float32, full(2, 1.5).dtype);
        Assert.Equal(int64, arange(3).dtype);
    }

    [Fact]
    public void Indexing_ReadsAndWrites()
    {
        Tensor x = arange(12, dtype: float32).reshape(3, 4);
        Assert.Equal([4f, 5, 6, 7], x[1].data<float>().ToArray());
        Assert.Equal([3f, 7, 11], x[.., ^1].data<float>().ToArray());
        Assert.Equal([5f, 6, 9, 10], x[1.., 1..3].data<float>().ToArray());
        Assert.Equal([1f, 9], x[tensor(new long[] { 0, 2 }), tensor(new long[] { 1, 1 })].data<float>().ToArray());
        Assert.Equal([10f, 11], x[x > 9].data<float>().ToArray());
        x[0, 0] = tensor(-1f);
        x[1..3, 2] = tensor(new[] { 20f, 30 });
        x[x > 25] = tensor(0f);
        Assert.Equal([-1f, 1, 2, 3, 4, 5, 20, 7, 8, 9, 0, 11], x.data<float>().ToArray());
        Assert.Throws<ExternalException>(() => x[3]);
    }

    [Fact]
    public void Views_ShareMemory()
    {
        Tensor x = zeros(2, 3);
        x.t()[2].fill_(5);
        x.view(6)[0] = tensor(1f);
        Assert.Equal([1f, 0, 5, 0, 0, 5], x.data<float>().ToArray());
        Assert.False(x.t().is_contiguous());
        Assert.Equal([1f, 0, 0, 0, 5, 5], x.t().contiguous().data<float>().ToArray());
        Assert.Equal([1f, 0, 0, 0, 5, 5], x.t().data<float>().ToArray());
    }

    [Fact]
    public void Numbers_AreReadByType()
    {
        Assert.Equal(2.5f, tensor(2.5f).item<float>());
        Assert.Equal(7, tensor(new long[] { 7 }).item<long>());
        Assert.Throws<ArgumentException>(() => tensor(2.5f).item<double>());
        Assert.Throws<ArgumentException>(() => zeros(2).item<float>());
        Assert.Equal(2.5, tensor(2.5f).ToDouble());
        Assert.Equal(8, tensor(new[] { 1.0 }).bytes.Length);
        Assert.Equal(3f, tensor(new float[,] { { 1, 2 }, { 3, 4 } }).data<float>()[1, 0]);
    }

    [Fact]
    public void Extremes_FollowNaN()
    {
        Tensor x = tensor(new[] { 1f, float.NaN, 3 });
        Assert.True(float.IsNaN(x.max().ToSingle()));
        Assert.Equal(1, x.argmax().ToInt64());
        Assert.True(float.IsNaN(maximum(x, zeros(3))[1].ToSingle()));
        Assert.Equal([false, true, false], x.isnan().data<bool>().ToArray());
        Assert.True(float.IsNegativeInfinity(full(3, double.NegativeInfinity).logsumexp(0).ToSingle()));
        Assert.Equal(1, tensor(new[] { 1000f, -1000 }).softmax(0)[0].ToSingle());
    }

    [Fact]
    public void OneHot_AndMultinomial()
    {
        Assert.Equal([0L, 1, 0, 0, 0, 1], nn.functional.one_hot(tensor(new long[] { 1, 2 }), 3).data<long>().ToArray());
        Tensor weights = tensor(new[] { 0.1f, 0, 0.9f });
        Tensor drawn = weights.multinomial(10_000, true, new Generator(5));
        double share = (drawn == 2).to(float64).mean().ToDouble();
        Assert.Equal(0.9, share, 2);
        Assert.False((drawn == 1).any().ToBoolean());
        Assert.Equal([0L, 2], weights.multinomial(2).sort(0).Values.data<long>().ToArray());
        Assert.Throws<ExternalException>(() => tensor(new[] { -1f, 2 }).multinomial(1));
    }

    [Fact]
    public void Fans_AndPowers()
    {
        Assert.Equal([1f, 3, 6], tensor(new[] { 1f, 2, 3 }).cumsum(0).data<float>().ToArray());
        Assert.Equal([0.25f, 4], tensor(new[] { -2f, 0.5f }).pow(-2).data<float>().ToArray());
        Assert.Equal([true, false], (tensor(new[] { 1f, 2 }) <= 1).data<bool>().ToArray());
        Assert.Equal([1f, 0, 0, 1], eye(2).flatten().data<float>().ToArray());
        Assert.Equal([0f, 0.5f, 1], linspace(0, 1, 3).data<float>().ToArray());
    }
}
