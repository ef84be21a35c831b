using static TorchSharp.torch;

namespace VsgGym.Learning;

/// <summary>The losses for discrete actions as pure functions: G states with weights that sum to 1, J joint actions of the others, A own actions.</summary>
internal static class ExactLosses
{
    /// <summary>sum over a_i of pi (alpha log pi - Q), [G, J]: the negative soft value of each joint action of the others.</summary>
    /// <param name="logPolicy">log pi(a_i | s, a_-i), [G, J, A].</param>
    /// <param name="q">Q(s, a_i, a_-i), [G, J, A].</param>
    /// <param name="alpha">Temperature.</param>
    public static Tensor Own(Tensor logPolicy, Tensor q, double alpha) => (logPolicy.exp() * ((logPolicy * alpha) - q)).sum(2);

    /// <summary>The policy's loss.</summary>
    /// <param name="weights">[G, 1].</param>
    /// <param name="model">rho(a_-i | s), [G, J]; the gradient does not enter it.</param>
    /// <param name="own">What <see cref="Own"/> gave.</param>
    public static Tensor Policy(Tensor weights, Tensor model, Tensor own) => (weights * model.detach() * own).sum(); // rommeo Eq. (16), vsg Eq. (8)

    /// <summary>KL(rho || P), or of one opponent's model.</summary>
    /// <param name="weights">[G, 1].</param>
    /// <param name="logModel">log rho, [G, n].</param>
    /// <param name="logPrior">log P, [G, n].</param>
    public static Tensor Divergence(Tensor weights, Tensor logModel, Tensor logPrior) => (weights * logModel.exp() * (logModel - logPrior)).sum();

    /// <summary>-E over rho of some value of the modeled actions.</summary>
    /// <param name="weights">[G, 1].</param>
    /// <param name="logModel">log rho, [G, n].</param>
    /// <param name="values">[G, n]; the gradient does not enter them.</param>
    public static Tensor Missed(Tensor weights, Tensor logModel, Tensor values) => (weights * logModel.exp() * values.detach()).sum() * -1; // rommeo Eq. (17), vsg Eq. (5)

    /// <summary>The loss of inferred rewards: -E_data[r_hat] + E_s log sum over a of the measure times exp(r_hat).</summary>
    /// <param name="shares">Shares of the data, [G, J, A].</param>
    /// <param name="weights">[G, 1].</param>
    /// <param name="reward">r_hat, [G, J, A].</param>
    /// <param name="logMeasure">log of what each joint action counts, [G, J, A], without gradient.</param>
    public static Tensor Reward(Tensor shares, Tensor weights, Tensor reward, Tensor logMeasure)
    {
        var exponent = (reward + logMeasure).flatten(1);
        var most = exponent.detach().amax([1], true);
        var logTotal = (exponent - most).exp().sum(1, true).log() + most; // log Z
        return (logTotal * weights).sum() - (shares * reward).sum(); // vsg Eq. (6); its gradient is (7)
    }
}
