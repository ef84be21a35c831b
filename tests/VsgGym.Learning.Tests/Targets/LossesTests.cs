using VsgGym.Networks;
using VsgGym.Numerics;
using static TorchSharp.torch;

namespace VsgGym.Learning.Tests;

/// <summary>Each loss in double against plain loops, and its gradient against finite differences of those loops.</summary>
public sealed class LossesTests
{
    private const double Alpha = 0.6, Kl = 1.4, Mean = 0.2, Log = -0.3, PolicyLog = -0.8, PriorMean = -0.4, PriorSigma = 0.9, Slope = 0.5, Offset = -0.1;
    private static readonly double[] Noise = [0.3, -1.2, 0.8], OwnNoise = [-0.4, 0.9, 1.5];

    [Fact]
    public void SampledLosses_OfReparameterizedSamples_HaveTheGradientOfTheLoop()
    {
        // rho = N(m, exp(l) + 0.01), pi = N(slope tanh(u) + offset, ...), Q = -(a_i - a_-i)^2 + a_-i / 2: rommeo (18) and (19) with every path
        using var scope = NewDisposeScope();
        double[] at = [Mean, Log, Slope, Offset, PolicyLog];
        var leaves = at.Select(x => tensor(x).requires_grad_()).ToArray();
        var model = new SquashedGaussian(leaves[0].reshape(1, 1), leaves[1].reshape(1, 1));
        var samples = model.Draw(tensor(Noise, [3, 1]));
        var others = samples.tanh();
        var prior = new SquashedGaussian(tensor((double[])[PriorMean], [1, 1]), tensor((double[])[Math.Log(PriorSigma - 0.01)], [1, 1]));
        var ratio = model.LogDensityOfNoise(tensor(Noise, [3, 1])) - prior.LogDensity(samples);
        var policy = new SquashedGaussian((others * leaves[2]) + leaves[3], leaves[4].reshape(1, 1));
        var own = policy.Draw(tensor(OwnNoise, [3, 1])).tanh();
        var logPolicy = policy.LogDensityOfNoise(tensor(OwnNoise, [3, 1])) - SquashedGaussian.LogSlope(own);
        var policyLoss = SampledLosses.Policy(logPolicy, ((own - others).square() * -1) + (others * 0.5), Alpha);
        var loss = SampledLosses.Model(policyLoss, ratio, Kl);
        loss.backward();
        Assert.Equal(Loop(at), loss.item<double>(), 1e-6);
        for (int i = 0; i < at.Length; i++) Assert.Equal(Difference(Loop, at, i), leaves[i].grad!.item<double>(), 1e-5);

        static double Loop(double[] x)
        {
            double sum = 0, sigma = Math.Exp(x[1]) + 0.01f, policySigma = Math.Exp(x[4]) + 0.01f;
            for (int b = 0; b < 3; b++)
            {
                double u = x[0] + (sigma * Noise[b]), other = Math.Tanh(u), own = Math.Tanh((x[2] * other) + x[3] + (policySigma * OwnNoise[b]));
                double logModel = -(Noise[b] * Noise[b] / 2) - Math.Log(sigma), logPrior = -(Math.Pow((u - PriorMean) / PriorSigma, 2) / 2) - Math.Log(PriorSigma);
                double logPolicy = -(OwnNoise[b] * OwnNoise[b] / 2) - Math.Log(policySigma) - (0.5 * Math.Log(2 * Math.PI)) - Math.Log(1 - (own * own) + 1e-6);
                sum += (Alpha * logPolicy) + Math.Pow(own - other, 2) - (0.5 * other) + (Kl * (logModel - logPrior));
            }

            return sum / 3;
        }
    }

    [Fact]
    public void SampledReward_HasTheSelfNormalizedGradientOfEquation7()
    {
        using var scope = NewDisposeScope();
        double[] data = [0.1, -0.2], model = [0.5, -1, 0.3], density = [-0.7, -0.1, -1.3];
        Tensor atData = tensor(data, [2, 1]).requires_grad_(), atModel = tensor(model, [3, 1]).requires_grad_();
        SampledLosses.Reward(atData, atModel, atModel.detach() - tensor(density, [3, 1])).backward();
        double[] w = [.. model.Zip(density, (r, d) => Math.Exp(r - d))];
        Assert.All(atData.grad!.data<double>().ToArray(), g => Assert.Equal(-0.5, g, 1e-12));
        double[] gradient = atModel.grad!.data<double>().ToArray();
        for (int k = 0; k < 3; k++) Assert.Equal(w[k] / w.Sum(), gradient[k], 1e-12);
    }

    [Fact]
    public void ExactLosses_HaveTheGradientOfTheLoop()
    {
        using var scope = NewDisposeScope();
        var random = RandomStream.Create(5);
        const int Groups = 2, Joint = 3, Own = 2;
        double[] weights = [0.25, 0.75], q = Draw(12), reward = Draw(12), prior = Draw(6), shares = Draw(12), measure = Draw(12);
        double[] policyLogits = Draw(12), modelLogits = Draw(6);
        Tensor w = tensor(weights, [Groups, 1]), p = tensor(policyLogits, [Groups, Joint, Own]).requires_grad_(), m = tensor(modelLogits, [Groups, Joint]).requires_grad_(), r = tensor(reward, [Groups, Joint, Own]).requires_grad_();
        Tensor logPolicy = nn.functional.log_softmax(p, 2), logModel = nn.functional.log_softmax(m, 1);
        var own = ExactLosses.Own(logPolicy, tensor(q, [Groups, Joint, Own]), Alpha);
        var total = ExactLosses.Policy(w, logModel.exp(), own) + (ExactLosses.Divergence(w, logModel, tensor(prior, [Groups, Joint]).log()) * Kl) + ExactLosses.Missed(w, logModel, own * -1);
        (total + ExactLosses.Reward(tensor(shares, [Groups, Joint, Own]), w, r, tensor(measure, [Groups, Joint, Own]).log())).backward();
        double[] policyGradient = p.grad!.flatten().data<double>().ToArray(), modelGradient = m.grad!.flatten().data<double>().ToArray(), rewardGradient = r.grad!.flatten().data<double>().ToArray();
        for (int i = 0; i < 12; i++) Assert.Equal(Difference(x => Plan(x, modelLogits, 0), policyLogits, i), policyGradient[i], 1e-6);
        for (int i = 0; i < 6; i++) Assert.Equal(Difference(x => Plan(policyLogits, x, Kl), modelLogits, i), modelGradient[i], 1e-6);
        for (int i = 0; i < 12; i++) Assert.Equal(Difference(Inferred, reward, i), rewardGradient[i], 1e-6);

        double[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => 0.1 + random.NextDouble())];

        double Plan(double[] policy, double[] model, double kl)
        {
            double sum = 0;
            for (int g = 0; g < Groups; g++)
            {
                double modelTotal = Enumerable.Range(0, Joint).Sum(j => Math.Exp(model[(g * Joint) + j]));
                for (int j = 0; j < Joint; j++)
                {
                    int at = (g * Joint) + j;
                    double rho = Math.Exp(model[at]) / modelTotal, policyTotal = Math.Exp(policy[2 * at]) + Math.Exp(policy[(2 * at) + 1]);
                    sum += weights[g] * kl * rho * Math.Log(rho / prior[at]);
                    for (int a = 0; a < Own; a++)
                    {
                        double pi = Math.Exp(policy[(2 * at) + a]) / policyTotal;
                        sum += weights[g] * rho * pi * ((Alpha * Math.Log(pi)) - q[(2 * at) + a]);
                    }
                }
            }

            return sum;
        }

        double Inferred(double[] x)
        {
            double sum = 0;
            for (int g = 0; g < Groups; g++)
            {
                double z = 0;
                for (int i = 6 * g; i < 6 * (g + 1); i++) (z, sum) = (z + (measure[i] * Math.Exp(x[i])), sum - (shares[i] * x[i]));
                sum += weights[g] * Math.Log(z);
            }

            return sum;
        }
    }

    private static double Difference(Func<double[], double> f, double[] at, int i)
    {
        const double Step = 1e-5;
        double[] up = [.. at], down = [.. at];
        (up[i], down[i]) = (at[i] + Step, at[i] - Step);
        return (f(up) - f(down)) / (2 * Step);
    }
}
