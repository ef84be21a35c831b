using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace VsgGym.TorchSharp.Tests;

public sealed class AutogradTests
{
    [Fact]
    public void SavedTensor_WrittenInPlace_IsAnError()
    {
        Tensor x = rand(3, requires_grad: true);
        Tensor middle = x.exp();
        Tensor loss = middle.square().sum();
        using (no_grad()) middle.add_(1);
        var error = Assert.Throws<ExternalException>(loss.backward);
        Assert.Contains("modified by an inplace operation", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SavedTensor_WrittenThroughAView_IsAnError()
    {
        Tensor x = rand(3, requires_grad: true);
        Tensor factor = rand(3);
        Tensor loss = (x * factor).sum();
        factor[0] = tensor(2f);
        Assert.Throws<ExternalException>(loss.backward);
    }

    [Fact]
    public void UnsavedTensor_MayBeWritten()
    {
        Tensor x = rand(3, requires_grad: true);
        Tensor middle = x + 1;
        Tensor loss = (middle * 2).sum();
        using (no_grad()) middle.zero_();
        loss.backward();
        Assert.Equal([2f, 2, 2], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Leaf_WrittenInPlace_IsAnError()
    {
        Tensor x = rand(3, requires_grad: true);
        Assert.Throws<ExternalException>(() => x.add_(1));
        Assert.Throws<ExternalException>(() => x.mul_(x));
        using (no_grad()) x.add_(1);
    }

    [Fact]
    public void InPlaceWrites_AreRecorded()
    {
        Tensor x = tensor(new[] { 1.0, -2 }, requires_grad: true);
        Tensor y = x.clone();
        y.mul_(3);
        y.add_(x).exp_().clamp_(max: 1.0);
        y.sum().backward();
        double[] gradient = x.grad!.data<double>().ToArray();
        Assert.Equal(0, gradient[0]);
        Assert.Equal(4 * Math.Exp(-8), gradient[1], 14);
    }

    [Fact]
    public void RecordedWrite_ToAView_IsRefused()
    {
        Tensor x = rand(4, requires_grad: true);
        Tensor y = x * 2;
        Tensor view = y[..2];
        Assert.Throws<ExternalException>(() => view.mul_(3));
    }

    [Fact]
    public void SecondBackward_NeedsRetainGraph()
    {
        Tensor x = rand(3, requires_grad: true);
        Tensor loss = x.square().sum();
        loss.backward(retain_graph: true);
        Tensor once = x.grad!.clone();
        loss.backward();
        Assert.True((x.grad! - (once * 2)).abs().max().ToSingle() == 0);
        Assert.Throws<ExternalException>(loss.backward);
    }

    [Fact]
    public void Gradients_AccumulateInLeavesOnly()
    {
        Tensor x = rand(2, requires_grad: true);
        Tensor middle = x * 2;
        Tensor kept = x * 3;
        kept.retain_grad();
        (middle + kept + x).sum().backward();
        Assert.Equal([6f, 6], x.grad!.data<float>().ToArray());
        Assert.Null(middle.grad);
        Assert.Equal([1f, 1], kept.grad!.data<float>().ToArray());
        Assert.True(x.is_leaf && !middle.is_leaf);
    }

    [Fact]
    public void Grad_LeavesTheLeavesAlone()
    {
        Tensor x = tensor(3.0, requires_grad: true);
        Tensor y = tensor(4.0, requires_grad: true);
        Tensor z = tensor(5.0, requires_grad: true);
        Tensor product = x * y;
        IList<Tensor> found = autograd.grad([product * y], [product, y, z], allow_unused: true);
        Assert.Equal(4, found[0].ToDouble());
        Assert.Equal(24, found[1].ToDouble());
        Assert.Null(found[2]);
        Assert.Null(x.grad);
        Assert.Throws<ExternalException>(() => autograd.grad([x * y], [z]));
    }

    [Fact]
    public void Backward_OfAVector_NeedsAGradient()
    {
        Tensor x = rand(3, requires_grad: true);
        Assert.Throws<ExternalException>((x * 2).backward);
        (x * 2).backward([tensor(new[] { 1f, 2, 3 })]);
        Assert.Equal([2f, 4, 6], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Modes_Nest()
    {
        Tensor x = rand(3, requires_grad: true);
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (enable_grad()) Assert.True((x * 2).requires_grad);
            Assert.False(is_grad_enabled());
        }

        Assert.True(is_grad_enabled());
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
            Assert.False((x * 2).requires_grad);
        }

        Assert.False((x * 2).detach().requires_grad);
    }

    [Fact]
    public void LongChains_NeitherOverflowNorLeak()
    {
        Tensor x = tensor(1.0, requires_grad: true);
        Tensor y = x;
        for (int i = 0; i < 100_000; i++)
        {
            Tensor next = y + 1;
            if (i > 0) y.Dispose();
            y = next;
        }

        y.backward();
        y.Dispose();
        Assert.Equal(1, x.grad!.ToDouble());
    }
}
