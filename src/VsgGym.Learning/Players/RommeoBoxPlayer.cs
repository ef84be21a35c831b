using VsgGym.Networks;
using VsgGym.Numerics;
using static TorchSharp.torch;

namespace VsgGym.Learning;

/// <summary>The updates of ROMMEO-AC for box actions.</summary>
internal sealed class RommeoBoxPlayer(Seat seat, ActorCriticSettings settings, RandomStream init) : BoxPlayer(seat, settings, init)
{
    protected override void FitPolicyAndModel(UpdateStep step, Minibatch batch, ref RandomStream random)
    {
        if (Settings.UpdateOrder == UpdateOrder.AtOnce) FitApart(step, batch, ref random);
        else FitTogether(step, batch, ref random);
    }

    /// <summary>Both losses over the same samples.</summary>
    private void FitTogether(UpdateStep step, Minibatch batch, ref RandomStream random)
    {
        var rows = RowStates(batch.States);
        var (model, others, ratio) = Expect(batch.States, ref random);
        var policy = Policy.At(cat([rows, others], 1));
        var (policyLoss, logPolicy) = Answer(policy, rows, others, step.Alpha, ref random); // rommeo Eq. (18)
        var modelLoss = SampledLosses.Model(policyLoss, ratio, Settings.KlWeight); // rommeo Eq. (19)
        // One sum: the policy's parameters enter (18) only, and the model's enter (19), of which (18) is a part.
        (modelLoss + ((policy.Regularizer() + model.Regularizer()) * Settings.Regularizer)).backward();
        Note(step, policyLoss, modelLoss, logPolicy, ratio);
    }

    /// <summary>Each loss over samples of its own, as in the program of the authors; there the model's loss does not contain the policy's regularizer either.</summary>
    private void FitApart(UpdateStep step, Minibatch batch, ref RandomStream random)
    {
        var rows = RowStates(batch.States);
        var seen = Expect(batch.States, ref random).Others.detach();
        var policy = Policy.At(cat([rows, seen], 1));
        var (policyLoss, logPolicy) = Answer(policy, rows, seen, step.Alpha, ref random); // rommeo Eq. (18)
        (policyLoss + (policy.Regularizer() * Settings.Regularizer)).backward();

        var (model, others, ratio) = Expect(batch.States, ref random);
        var (answered, _) = Answer(Policy.At(cat([rows, others], 1), isFrozen: true), rows, others, step.Alpha, ref random);
        var modelLoss = SampledLosses.Model(answered, ratio, Settings.KlWeight); // rommeo Eq. (19)
        (modelLoss + (model.Regularizer() * Settings.Regularizer)).backward();
        Note(step, policyLoss, modelLoss, logPolicy, ratio);
    }

    /// <summary>Samples a_-i of the opponent model and log rho - log P of them, [B, 1], with gradients to the model.</summary>
    private (SquashedGaussian Model, Tensor Others, Tensor LogModelOverPrior) Expect(StateGroups groups, ref RandomStream random)
    {
        var (states, index) = (GroupStates(groups), groups.Index());
        var model = Model.At(states).Rows(index);
        var noise = Noise.Normal(ref random, groups.GroupOf.Length, Model.Encoded);
        var samples = model.Draw(noise); // g(epsilon; s)
        var prior = Prior.At(states, isFrozen: true).Rows(index);
        return (model, samples.tanh(), (model.LogDensityOfNoise(noise) - prior.LogDensity(samples)).sum(1, true));
    }

    /// <summary>The policy's loss over samples of its answers to a_-i, and their log pi, [B, 1].</summary>
    private (Tensor Loss, Tensor LogPolicy) Answer(SquashedGaussian policy, Tensor rows, Tensor others, double alpha, ref RandomStream random)
    {
        var noise = Noise.Normal(ref random, (int)others.shape[0], Policy.Encoded);
        var own = policy.Draw(noise).tanh(); // f(epsilon; s, a_-i)
        var logPolicy = (policy.LogDensityOfNoise(noise) - SquashedGaussian.LogSlope(own)).sum(1, true);
        return (SampledLosses.Policy(logPolicy, Critic.Frozen(cat([rows, own, others], 1)), alpha), logPolicy);
    }
}
