using VsgGym.Networks;
using static TorchSharp.torch;

namespace VsgGym.Learning;

/// <summary>The targets of the critics as pure functions.</summary>
internal static class SoftTargets
{
    /// <summary>One sample of the soft value of a state.</summary>
    /// <param name="targetQ">Q of the slow critic at (s', a_i, a_-i), [B, 1].</param>
    /// <param name="logPolicy">log pi(a_i | s', a_-i), [B, 1].</param>
    /// <param name="logModelOverPrior">log rho(a_-i | s') - log P(a_-i | s'), [B, 1].</param>
    /// <param name="alpha">Temperature.</param>
    /// <param name="klWeight">Weight of the opponent model's divergence, 1 as printed.</param>
    public static Tensor SampledValue(Tensor targetQ, Tensor logPolicy, Tensor logModelOverPrior, double alpha, double klWeight) =>
        targetQ - (logPolicy * alpha) - (logModelOverPrior * klWeight); // rommeo Eq. (15)

    /// <summary>The soft value itself, by exact sums.</summary>
    /// <param name="targetQ">Q of the slow critic, [G, J, A].</param>
    /// <param name="logPolicy">log pi, [G, J, A].</param>
    /// <param name="logModel">log rho, [G, J].</param>
    /// <param name="logPrior">log P, [G, J].</param>
    /// <param name="alpha">Temperature.</param>
    /// <param name="klWeight">Weight of the opponent model's divergence, 1 as printed.</param>
    /// <returns>[G].</returns>
    public static Tensor ExactValue(Tensor targetQ, Tensor logPolicy, Tensor logModel, Tensor logPrior, double alpha, double klWeight)
    {
        var own = (logPolicy.exp() * (targetQ - (logPolicy * alpha))).sum(2);
        return (logModel.exp() * (own - ((logModel - logPrior) * klWeight))).sum(1); // rommeo Eq. (15), its expectation
    }

    /// <summary>y = r where the rules ended the episode, else r + gamma V(s').</summary>
    /// <param name="rewards">[B], scaled.</param>
    /// <param name="goesOn">[B], 1 or 0.</param>
    /// <param name="values">V(s'), [B].</param>
    /// <param name="discount">gamma.</param>
    /// <param name="targets">Gets y, [B].</param>
    public static void Bellman(ReadOnlySpan<float> rewards, ReadOnlySpan<float> goesOn, ReadOnlySpan<float> values, double discount, Span<float> targets)
    {
        for (int b = 0; b < targets.Length; b++)
            targets[b] = rewards[b] + (float)(goesOn[b] * discount * values[b]); // rommeo Eq. (14), vsg Eq. (9)
    }

    /// <summary>slow = tau fast + (1 - tau) slow, for every parameter.</summary>
    public static void Follow(Mlp slow, Mlp fast, double tau)
    {
        float share = (float)tau;
        for (int i = 0; i < slow.Layers.Count; i++)
        {
            Span<float> to = slow.Numbers(i), from = fast.Numbers(i);
            for (int k = 0; k < to.Length; k++) to[k] += share * (from[k] - to[k]);
        }
    }
}
