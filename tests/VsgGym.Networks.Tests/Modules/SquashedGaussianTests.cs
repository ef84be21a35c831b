using VsgGym.Core;
using VsgGym.Numerics;
using static TorchSharp.torch;

namespace VsgGym.Networks.Tests;

public sealed class SquashedGaussianTests
{
    [Fact]
    public void Densities_AreThoseOfTheDefinition()
    {
        using var scope = NewDisposeScope();
        double[] mean = [0.3, -1], log = [-0.5, 0.2], noise = [0.7, -1.1];
        var gaussian = new SquashedGaussian(tensor(mean, [1, 2]), tensor(log, [1, 2]));
        var drawn = gaussian.Draw(tensor(noise, [1, 2]));
        double[] u = drawn.data<double>().ToArray(), byNoise = gaussian.LogDensityOfNoise(tensor(noise, [1, 2])).data<double>().ToArray();
        double[] density = gaussian.LogDensity(drawn).data<double>().ToArray(), slope = SquashedGaussian.LogSlope(drawn.tanh()).data<double>().ToArray();
        for (int k = 0; k < 2; k++)
        {
            double sigma = Math.Exp(log[k]) + GaussianHead.SigmaFloor, expected = mean[k] + (sigma * noise[k]), x = Math.Tanh(expected);
            Assert.Equal(expected, u[k], 1e-6);
            Assert.Equal(-(noise[k] * noise[k] / 2) - Math.Log(sigma) - (0.5 * Math.Log(2 * Math.PI)), density[k], 1e-6);
            Assert.Equal(density[k], byNoise[k], 1e-6);
            Assert.Equal(Math.Log(1 - (x * x) + 1e-6), slope[k], 1e-5);
        }

        Assert.Equal(((0.25 + 0.04) / 2 / 2) + ((0.09 + 1) / 2 / 2), gaussian.Regularizer().item<double>(), 1e-6);
    }

    [Fact]
    public void Actor_OfTwoPlayers_PutsEachHeadInItsPlace_AndClips()
    {
        using var scope = NewDisposeScope();
        using var network = new Mlp([1, 6], RandomStream.Create(0)); // heads of one and of two numbers: mu, l, mu mu, l l
        network.Numbers(0).Clear();
        ((float[])[1, 2, 3, 4, 50, -60]).CopyTo(network.Numbers(1));
        var actor = new GaussianActor(network, new GaussianHead(new BoxSpace([-1f], [1f])), new GaussianHead(new BoxSpace([0f, 0f], [1f, 1f])));
        var gaussian = actor.At(zeros(1, 1));
        Assert.Equal([1f, 3f, 4f], gaussian.Mean.data<float>().ToArray());
        Assert.Equal([2f, 2f, -20f], gaussian.LogSigma.data<float>().ToArray());
        Assert.Equal(3, actor.Encoded);
        Assert.Equal([4f, 4f], gaussian.Rows(tensor((long[])[0, 0])).Mean.narrow(1, 2, 1).flatten().data<float>().ToArray());
    }

    [Fact]
    public void JointProbabilities_AreProducts_TheLastPlayerFastest()
    {
        using var scope = NewDisposeScope();
        using var network = new Mlp([1, 5], RandomStream.Create(1));
        network.Numbers(0).Clear();
        ((float[])[0, 1, 2, -1, 0.5f]).CopyTo(network.Numbers(1));
        var actor = new CategoricalActor(network, new CategoricalHead(new DiscreteSpace(2)), new CategoricalHead(new DiscreteSpace(3)));
        var parts = actor.LogProbabilities(actor.Logits(zeros(1, 1)));
        double[] joint = [.. CategoricalActor.Joint(parts).exp().data<float>().ToArray().Select(p => (double)p)];
        double[] first = [1 / (1 + Math.E), Math.E / (1 + Math.E)], second = [Math.Exp(2), Math.Exp(-1), Math.Exp(0.5)];
        for (int a = 0; a < 2; a++)
            for (int b = 0; b < 3; b++) Assert.Equal(first[a] * second[b] / second.Sum(), joint[(3 * a) + b], 1e-6);
    }
}
