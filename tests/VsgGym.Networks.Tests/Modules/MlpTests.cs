using VsgGym.Numerics;
using static TorchSharp.torch;

namespace VsgGym.Networks.Tests;

public sealed class MlpTests
{
    private static readonly int[] Sizes = [3, 5, 4, 2];

    [Fact]
    public void Forward_IsAffineLayersWithRectifiersBetween()
    {
        using var scope = NewDisposeScope();
        using var network = new Mlp(Sizes, RandomStream.Create(1));
        float[] input = [0.5f, -1f, 2f, -0.25f, 0f, 1f];
        float[] output = network.forward(tensor(input, [2, 3])).data<float>().ToArray();
        var plain = network.ToDenseNetwork();
        for (int b = 0; b < 2; b++)
        {
            double[] expected = Recompute(plain, [.. input[(3 * b)..(3 * (b + 1))].Select(x => (double)x)]);
            for (int k = 0; k < 2; k++) Assert.Equal(expected[k], output[(2 * b) + k], 1e-5);
        }
    }

    [Fact]
    public void Start_IsUniformWithinOneOverTheRootOfTheInputs_AndFromTheStream()
    {
        using var network = new Mlp([16, 400, 1], RandomStream.Create(2), outputScale: 0.1);
        using var same = new Mlp([16, 400, 1], RandomStream.Create(2), outputScale: 0.1);
        using var other = new Mlp([16, 400, 1], RandomStream.Create(3));
        Assert.Equal(network.Numbers(0), same.Numbers(0));
        Assert.False(network.Numbers(0).SequenceEqual(other.Numbers(0)));
        float[] weights = network.Numbers(0).ToArray();
        Assert.All(weights, w => Assert.InRange(w, -0.25f, 0.25f));
        Assert.Equal(0.25 / Math.Sqrt(3), Math.Sqrt(weights.Average(w => (double)w * w)), 0.005);
        Assert.All(network.Numbers(2).ToArray(), w => Assert.InRange(w, -0.005f, 0.005f));
        Assert.True(network.Numbers(2).ToArray().Max() > 0.004f);
    }

    [Fact]
    public void GlorotStart_CountsEveryInputAsALayerOfItsOwn_AndHasNoBiases()
    {
        using var network = new Mlp([16, 400, 2], RandomStream.Create(2), initialization: MlpInitialization.Glorot);
        double first = Math.Sqrt(6.0 / 401), second = Math.Sqrt(6.0 / 402); // rommeo's program: a matrix for every input, fan in 1
        foreach (var (index, bound) in ((int, double)[])[(0, first), (2, second)])
        {
            float[] weights = network.Numbers(index).ToArray();
            Assert.All(weights, w => Assert.InRange(w, -bound, bound));
            Assert.Equal(bound / Math.Sqrt(3), Math.Sqrt(weights.Average(w => (double)w * w)), 0.005);
        }

        foreach (int index in (int[])[1, 3]) Assert.All(network.Numbers(index).ToArray(), b => Assert.Equal(0f, b));
    }

    [Fact]
    public void Frozen_GivesTheSameNumbersAndGradientOfTheInput_ButNoneOfTheParameters()
    {
        using var scope = NewDisposeScope();
        using var network = new Mlp(Sizes, RandomStream.Create(4));
        float[][] outputs = new float[2][], gradients = new float[2][];
        foreach (bool isFrozen in (bool[])[true, false])
        {
            var x = tensor((float[])[1f, -2f, 0.5f], [1, 3]).requires_grad_();
            var y = isFrozen ? network.Frozen(x) : network.forward(x);
            y.sum().backward();
            (outputs[isFrozen ? 0 : 1], gradients[isFrozen ? 0 : 1]) = (y.data<float>().ToArray(), x.grad!.data<float>().ToArray());
            Assert.Equal(isFrozen, network.Layers.All(parameter => parameter.grad is null));
        }

        Assert.Equal(outputs[1], outputs[0]);
        Assert.Equal(gradients[1], gradients[0]);
        network.Numbers(1)[0] += 10; // frozen or not, a change of the numbers is seen
        Assert.NotEqual(outputs[0], network.Frozen(tensor((float[])[1f, -2f, 0.5f], [1, 3])).data<float>().ToArray());
    }

    [Fact]
    public void CopyFrom_TakesTheNumbers_NotTheMemory()
    {
        using Mlp first = new(Sizes, RandomStream.Create(5)), second = new(Sizes, RandomStream.Create(6));
        second.CopyFrom(first);
        Assert.Equal(first.Numbers(2), second.Numbers(2));
        first.Numbers(2)[0] += 1;
        Assert.NotEqual(first.Numbers(2)[0], second.Numbers(2)[0]);
    }

    [Fact]
    public void WrongSizes_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new Mlp([3], RandomStream.Create(0)));
        Assert.Throws<ArgumentException>(() => new Mlp([3, 0, 1], RandomStream.Create(0)));
        using var network = new Mlp(Sizes, RandomStream.Create(0));
        Assert.Throws<ArgumentException>(() => new CategoricalActor(network, new CategoricalHead(new Core.DiscreteSpace(3))));
        Assert.Throws<ArgumentException>(() => new GaussianActor(network, new GaussianHead(new Core.BoxSpace([0f, 0f], [1f, 1f]))));
    }

    private static double[] Recompute(DenseNetwork network, double[] x)
    {
        for (int l = 0; l < network.Layers.Length; l++)
        {
            var layer = network.Layers[l];
            var y = new double[layer.Outputs];
            for (int o = 0; o < y.Length; o++)
            {
                y[o] = layer.Bias.Span[o];
                for (int i = 0; i < x.Length; i++) y[o] += layer.Weight.Span[(o * layer.Inputs) + i] * x[i];
                if (l + 1 < network.Layers.Length) y[o] = Math.Max(0, y[o]);
            }

            x = y;
        }

        return x;
    }
}
