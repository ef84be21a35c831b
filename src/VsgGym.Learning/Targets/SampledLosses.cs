using static TorchSharp.torch;

namespace VsgGym.Learning;

/// <summary>The losses for box actions as pure functions of what was sampled.</summary>
internal static class SampledLosses
{
    /// <summary>The policy's loss: the mean of alpha log pi - Q.</summary>
    /// <param name="logPolicy">log pi(a_i | s, a_-i) of reparameterized samples, [B, 1].</param>
    /// <param name="q">Q(s, a_i, a_-i) at them, [B, 1].</param>
    /// <param name="alpha">Temperature.</param>
    public static Tensor Policy(Tensor logPolicy, Tensor q, double alpha) => ((logPolicy * alpha) - q).mean(); // rommeo Eq. (18), vsg Eq. (8)

    /// <summary>ROMMEO's loss of the opponent model.</summary>
    /// <param name="policyLoss">The policy's loss, as a function of the model's samples too.</param>
    /// <param name="logModelOverPrior">log rho - log P of the model's samples, [B, 1].</param>
    /// <param name="klWeight">Weight of the divergence, 1 as printed.</param>
    public static Tensor Model(Tensor policyLoss, Tensor logModelOverPrior, double klWeight) => policyLoss + (logModelOverPrior.mean() * klWeight); // rommeo Eq. (19)

    /// <summary>A function whose gradient is that of the loss of inferred rewards, with self-normalized weights.</summary>
    /// <param name="atData">r_hat at what was seen, [B, 1].</param>
    /// <param name="atModel">r_hat at samples of the model, [B, 1].</param>
    /// <param name="logWeights">log w of those samples, [B, 1], without gradient.</param>
    public static Tensor Reward(Tensor atData, Tensor atModel, Tensor logWeights)
    {
        var weights = (logWeights - logWeights.max()).exp();
        return ((weights * atModel).sum() / weights.sum()) - atData.mean(); // vsg Eq. (7), its sign and weights in order
    }
}
