using TorchSharp;
using static TorchSharp.torch;

namespace VsgGym.TorchSharp.Tests;

public sealed class DisposeScopeTests
{
    [Fact]
    public void Scope_DisposesWhatWasMadeInIt()
    {
        Tensor outside = zeros(2);
        Tensor inside;
        using (var scope = NewDisposeScope())
        {
            inside = zeros(2) + 1;
            Assert.True(scope.Contains(inside));
            Assert.Equal(2, scope.DisposablesCount);
        }

        Assert.True(inside.IsInvalid);
        Assert.False(outside.IsInvalid);
        outside.Dispose();
        Assert.Throws<InvalidOperationException>(() => outside.exp());
    }

    [Fact]
    public void Tensors_MoveOutwardAndDetach()
    {
        Tensor moved;
        Tensor detached;
        Tensor returned;
        using (var outer = NewDisposeScope())
        {
            using (var inner = NewDisposeScope())
            {
                moved = ones(1).MoveToOuterDisposeScope();
                detached = ones(1).DetachFromDisposeScope();
                returned = inner.MoveToOuter(ones(1));
            }

            Assert.False(moved.IsInvalid);
            Assert.Equal(2, outer.DisposablesCount);
            outer.Detach(returned);
        }

        Assert.True(moved.IsInvalid);
        Assert.False(detached.IsInvalid);
        Assert.False(returned.IsInvalid);
        detached.Dispose();
        returned.Dispose();
    }

    [Fact]
    public void DisposeEverythingBut_Keeps()
    {
        using var scope = NewDisposeScope();
        Tensor kept = ones(1);
        Tensor dropped = ones(1);
        scope.DisposeEverythingBut(kept);
        Assert.False(kept.IsInvalid);
        Assert.True(dropped.IsInvalid);
        Assert.Equal(1, scope.DisposablesCount);
        Tensor other = WrappedTensorDisposeScope(() => ones(3) + ones(3));
        Assert.Equal(2, other[0].ToSingle());
    }

    [Fact]
    public void DisposedIntermediates_StayInTheGraph()
    {
        Tensor x = tensor(new[] { 1.0, 2, 3 }, requires_grad: true);
        Tensor loss;
        using (Tensor squared = x * x)
        using (Tensor cubed = squared * x)
        {
            loss = cubed.sum();
        }

        loss.backward();
        using Tensor gradient = x.grad!;
        Assert.Equal([3.0, 12, 27], gradient.data<double>().ToArray());
    }

    [Fact]
    public void GradHandles_AreIndependent()
    {
        using var x = nn.Parameter(ones(2));
        x.sum().backward();
        x.grad!.Dispose();
        Assert.Equal(1, x.grad!.sum().ToSingle() / 2);
    }

    [Fact]
    public void ModuleParameters_OutliveTheScope()
    {
        nn.Module<Tensor, Tensor> net;
        using (var scope = NewDisposeScope()) net = nn.Sequential(nn.Linear(2, 3), nn.LayerNorm(3));
        Assert.All(net.parameters(), parameter => Assert.False(parameter.IsInvalid));
        net.Dispose();
    }

    [Fact]
    public void Scopes_BelongToTheirThread()
    {
        using var scope = NewDisposeScope();
        Tensor? elsewhere = null;
        var thread = new Thread(() => elsewhere = ones(1));
        thread.Start();
        thread.Join();
        Assert.False(scope.Contains(elsewhere!));
        Assert.Equal(0, scope.DisposablesCount);
    }
}
