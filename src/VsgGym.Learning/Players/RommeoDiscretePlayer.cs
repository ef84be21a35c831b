using VsgGym.Numerics;

namespace VsgGym.Learning;

/// <summary>The updates of ROMMEO-AC for discrete actions.</summary>
internal sealed class RommeoDiscretePlayer(Seat seat, ActorCriticSettings settings, RandomStream init) : DiscretePlayer(seat, settings, init)
{
    protected override void FitPolicyAndModel(UpdateStep step, Minibatch batch, ref RandomStream random)
    {
        var (states, weights) = (GroupStates(batch.States), batch.States.Weights());
        var modelLogits = Model.Logits(states);
        var logModel = Networks.CategoricalActor.Joint(Model.LogProbabilities(modelLogits));
        var model = logModel.exp();
        var logPolicy = LogPolicy(batch.States, out var policyLogits);
        var policy = logPolicy.exp();
        var own = (policy * ((logPolicy * step.Alpha) - Values(Critic.Frozen(states)))).sum(2); // [G, J]: rommeo (16), summed over a_i
        var policyLoss = (weights * model.detach() * own).sum(); // rommeo Eq. (16)
        var divergence = (weights * model * (logModel - LogPrior(states))).sum();
        var modelLoss = (divergence * Settings.KlWeight) + (weights * model * own.detach()).sum(); // rommeo Eq. (17)
        var regularizer = (policyLogits.square().mean() + modelLogits.square().mean()) * (0.5 * Settings.Regularizer);
        (policyLoss + modelLoss + regularizer).backward();
        Note(step, policyLoss, modelLoss, (weights * model * (policy * logPolicy).sum(2)).sum() * -1, divergence);
        Descend(step, Policy.Network, Settings.PolicyRate);
        Descend(step, Model.Network, Settings.ModelRate);
    }
}
