using VsgGym.Networks;
using VsgGym.Numerics;
using static TorchSharp.torch;

namespace VsgGym.Learning.Tests;

public sealed class AdamOptimizerTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    public void Steps_FollowTheRecurrence(double clip)
    {
        using var scope = NewDisposeScope();
        using var network = new Mlp([3, 7], RandomStream.Create(1)); // 21 weights and 7 biases: whole vectors and a rest
        var adam = new AdamOptimizer(network);
        double[][] x = [[.. network.Numbers(0).ToArray().Select(v => (double)v)], [.. network.Numbers(1).ToArray().Select(v => (double)v)]];
        double[][] m = [new double[21], new double[7]], v = [new double[21], new double[7]];
        for (int t = 1; t <= 5; t++)
        {
            float[] input = [t, -1, 0.5f];
            network.forward(tensor(input, [1, 3])).square().sum().backward();
            double[] y = [.. Enumerable.Range(0, 7).Select(o => x[1][o] + Enumerable.Range(0, 3).Sum(i => x[0][(3 * o) + i] * input[i]))];
            double[][] g = [[.. Enumerable.Range(0, 21).Select(k => 2 * y[k / 3] * input[k % 3])], [.. y.Select(value => 2 * value)]];
            double norm = Math.Sqrt(g.Sum(part => part.Sum(value => value * value))), scale = clip > 0 && norm > clip ? clip / norm : 1;
            Assert.True(adam.Step(0.01, clip));
            for (int p = 0; p < 2; p++)
                for (int k = 0; k < x[p].Length; k++)
                {
                    double gradient = scale * g[p][k];
                    m[p][k] = (0.9 * m[p][k]) + (0.1 * gradient);
                    v[p][k] = (0.999 * v[p][k]) + (0.001 * gradient * gradient);
                    x[p][k] -= 0.01 * (m[p][k] / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(v[p][k] / (1 - Math.Pow(0.999, t))) + 1e-8);
                    Assert.Equal(x[p][k], network.Numbers(p)[k], 1e-5);
                }
        }
    }

    [Fact]
    public void Step_ThatLeavesTheFiniteRange_SaysSo()
    {
        using var scope = NewDisposeScope();
        using var network = new Mlp([1, 1], RandomStream.Create(1));
        var adam = new AdamOptimizer(network);
        (network.forward(ones(1, 1)) * float.NaN).sum().backward();
        Assert.False(adam.Step(0.01, 0));
    }

    [Fact]
    public void Clear_ForgetsTheGradient()
    {
        using var scope = NewDisposeScope();
        using var network = new Mlp([1, 1], RandomStream.Create(1));
        var adam = new AdamOptimizer(network);
        float before = network.Numbers(0)[0];
        network.forward(ones(1, 1)).sum().backward();
        adam.Clear();
        adam.Step(0.01, 0);
        Assert.Equal(before, network.Numbers(0)[0]);
    }
}
