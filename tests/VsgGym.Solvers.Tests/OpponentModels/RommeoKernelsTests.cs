using VsgGym.Numerics;

namespace VsgGym.Solvers.Tests;

/// <summary>The closed forms of ROMMEO by hand, and at temperatures where they could overflow.</summary>
public sealed class RommeoKernelsTests
{
    [Fact]
    public void Kernels_OnTwoByTwo_GiveTheHandComputedNumbers()
    {
        // Q[o, a] = log of ((1, 3), (4, 12)), alpha = 1, P = (1/2, 1/2): the inner sums are 4 and 16.
        double[] q = [0, Math.Log(3), Math.Log(4), Math.Log(12)], prior = [.5, .5], scratch = new double[2], rho = new double[2], policy = new double[2];
        Assert.Equal(Math.Log(10), RommeoKernels.Value(q, prior, 1, scratch, rho), 12);
        RommeoKernels.OpponentModel(q, prior, 1, scratch, rho);
        Assert.Equal([.2, .8], rho.Select(p => Math.Round(p, 12)));
        RommeoKernels.ConditionalPolicy(q.AsSpan(0, 2), 1, policy);
        Assert.Equal([.25, .75], policy.Select(p => Math.Round(p, 12)));

        // alpha = 2: the inner sums are (1 + sqrt 3)^2 and (2 + 2 sqrt 3)^2, one fourth and four fourths.
        RommeoKernels.OpponentModel(q, prior, 2, scratch, rho);
        Assert.Equal([.2, .8], rho.Select(p => Math.Round(p, 12)));
        RommeoKernels.MarginalPolicy(q, rho, 2, scratch, policy);
        Assert.Equal(1 / (1 + Math.Sqrt(3)), policy[0], 12);
    }

    [Fact]
    public void Kernels_AtExtremeTemperatures_StayFinite()
    {
        double[] q = [-1e300, 5, 7, double.NegativeInfinity], prior = [.3, .7], scratch = new double[2], rho = new double[2], policy = new double[2];
        foreach (double temperature in (double[])[1e-300, 1e-3, 1, 1e6])
        {
            RommeoKernels.OpponentModel(q, prior, temperature, scratch, rho);
            RommeoKernels.MarginalPolicy(q, rho, temperature, scratch, policy);
            Assert.True(Simplex.IsDistribution(rho) && Simplex.IsDistribution(policy));
            Assert.True(double.IsFinite(RommeoKernels.Value(q, prior, temperature, scratch, rho)));
        }

        RommeoKernels.OpponentModel(q, prior, 1e-300, scratch, rho);
        Assert.Equal(.7 * Math.E * Math.E / ((.7 * Math.E * Math.E) + .3), rho[1], 12); // P(o) exp(max Q)
    }

    [Fact]
    public void ValueUnderPrior_OnTwoByTwo_IsTheMeanOfTheInnerSums()
    {
        // As above the inner sums are 4 and 16; the mean of their logarithms is log 8.
        double[] q = [0, Math.Log(3), Math.Log(4), Math.Log(12)], scratch = new double[2];
        Assert.Equal(Math.Log(8), RommeoKernels.ValueUnderPrior(q, [.5, .5], 1, scratch), 12);
        Assert.Equal(Math.Log(16), RommeoKernels.ValueUnderPrior(q, [0, 1], 1, scratch), 12);
        Assert.Equal(2 * Math.Log(1 + Math.Sqrt(3)), RommeoKernels.ValueUnderPrior(q, [1, 0], 2, scratch), 12);
    }
}
