using VsgGym.Networks;
using VsgGym.Numerics;
using static TorchSharp.torch;

namespace VsgGym.Learning.Tests;

/// <summary>The targets against loops that follow the papers' sums.</summary>
public sealed class SoftTargetsTests
{
    [Fact]
    public void ExactValue_IsTheSumOverBothPlayers()
    {
        using var scope = NewDisposeScope();
        var random = RandomStream.Create(1);
        const int Groups = 2, Joint = 3, Own = 2;
        const double Alpha = 0.7, Kl = 1.3;
        double[] q = Draw(Groups * Joint * Own), policy = Draw(Groups * Joint * Own), model = Draw(Groups * Joint), prior = Draw(Groups * Joint);
        Normalize(policy, Own);
        Normalize(model, Joint);
        Normalize(prior, Joint);
        double[] values = SoftTargets.ExactValue(
            tensor(q, [Groups, Joint, Own]), tensor(policy, [Groups, Joint, Own]).log(), tensor(model, [Groups, Joint]).log(), tensor(prior, [Groups, Joint]).log(), Alpha, Kl)
            .data<double>().ToArray();
        for (int g = 0; g < Groups; g++)
        {
            double expected = 0;
            for (int j = 0; j < Joint; j++)
                for (int a = 0; a < Own; a++)
                {
                    int cell = (((g * Joint) + j) * Own) + a, other = (g * Joint) + j;
                    expected += model[other] * policy[cell] * (q[cell] - (Alpha * Math.Log(policy[cell])) - (Kl * (Math.Log(model[other]) - Math.Log(prior[other]))));
                }

            Assert.Equal(expected, values[g], 1e-10);
        }

        // The best answers give the closed form (9) of rommeo, log sum P (sum exp(Q / alpha))^alpha, which needs weight 1.
        double[] logSums = [.. Enumerable.Range(0, Joint).Select(j => Alpha * Math.Log(Math.Exp(q[2 * j] / Alpha) + Math.Exp(q[(2 * j) + 1] / Alpha)))];
        double closed = Math.Log(Enumerable.Range(0, Joint).Sum(j => prior[j] * Math.Exp(logSums[j])));
        double[] best = [.. Enumerable.Range(0, Joint).Select(j => prior[j] * Math.Exp(logSums[j] - closed))];
        double[] answers = [.. Enumerable.Range(0, 2 * Joint).Select(i => Math.Exp((q[i] - logSums[i / 2]) / Alpha))];
        double soft = SoftTargets.ExactValue(
            tensor(q[..(Joint * Own)], [1, Joint, Own]), tensor(answers, [1, Joint, Own]).log(), tensor(best, [1, Joint]).log(), tensor(prior[..Joint], [1, Joint]).log(), Alpha, 1).item<double>();
        Assert.Equal(closed, soft, 1e-10);

        double[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => 0.1 + random.NextDouble())];
    }

    [Fact]
    public void SampledValue_AndBellman_FollowTheFormulas()
    {
        using var scope = NewDisposeScope();
        double value = SoftTargets.SampledValue(tensor(2.0), tensor(-0.5), tensor(0.25), alpha: 3, klWeight: 2).item<double>();
        Assert.Equal(2 + 1.5 - 0.5, value, 1e-12);
        var targets = new float[3];
        SoftTargets.Bellman([1, 2, 3], [1, 0, 1], [10, 20, -30], 0.5, targets);
        Assert.Equal([6f, 2f, -12f], targets);
    }

    [Fact]
    public void Follow_MovesByTau()
    {
        using Mlp slow = new([2, 3], RandomStream.Create(1)), fast = new([2, 3], RandomStream.Create(2));
        float[] before = slow.Numbers(0).ToArray();
        SoftTargets.Follow(slow, fast, 0.25);
        for (int i = 0; i < before.Length; i++) Assert.Equal((0.75 * before[i]) + (0.25 * fast.Numbers(0)[i]), slow.Numbers(0)[i], 1e-6);
    }

    private static void Normalize(double[] numbers, int width)
    {
        for (int from = 0; from < numbers.Length; from += width)
        {
            double sum = numbers[from..(from + width)].Sum();
            for (int k = from; k < from + width; k++) numbers[k] /= sum;
        }
    }
}
