using VsgGym.Networks;
using VsgGym.Numerics;
using static TorchSharp.torch;

namespace VsgGym.Learning;

/// <summary>The updates of ROMMEO-AC for box actions.</summary>
internal sealed class RommeoBoxPlayer(Seat seat, ActorCriticSettings settings, RandomStream init) : BoxPlayer(seat, settings, init)
{
    protected override void FitPolicyAndModel(UpdateStep step, Minibatch batch, ref RandomStream random)
    {
        var (states, rows, index) = (GroupStates(batch.States), RowStates(batch.States), batch.States.Index());
        var model = Model.At(states).Rows(index);
        var noise = Noise.Normal(ref random, batch.Rows, Model.Encoded);
        var samples = model.Draw(noise); // g(epsilon; s)
        var others = samples.tanh();
        var prior = Prior.At(states, isFrozen: true).Rows(index);
        var ratio = (model.LogDensityOfNoise(noise) - prior.LogDensity(samples)).sum(1, true);
        var policy = Policy.At(cat([rows, others], 1));
        var ownNoise = Noise.Normal(ref random, batch.Rows, Policy.Encoded);
        var own = policy.Draw(ownNoise).tanh(); // f(epsilon; s, a_-i)
        var logPolicy = (policy.LogDensityOfNoise(ownNoise) - SquashedGaussian.LogSlope(own)).sum(1, true);
        var policyLoss = SampledLosses.Policy(logPolicy, Critic.Frozen(cat([rows, own, others], 1)), step.Alpha); // rommeo Eq. (18)
        var modelLoss = SampledLosses.Model(policyLoss, ratio, Settings.KlWeight); // rommeo Eq. (19)
        // One sum: the policy's parameters enter (18) only, and the model's enter (19), of which (18) is a part.
        (modelLoss + ((policy.Regularizer() + model.Regularizer()) * Settings.Regularizer)).backward();
        Note(step, policyLoss, modelLoss, logPolicy, ratio);
    }
}
