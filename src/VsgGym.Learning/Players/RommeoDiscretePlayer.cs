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
        var own = ExactLosses.Own(logPolicy, Values(Critic.Frozen(states)), step.Alpha);
        var policyLoss = ExactLosses.Policy(weights, model, own); // rommeo Eq. (16)
        var divergence = ExactLosses.Divergence(weights, logModel, LogPrior(states));
        var modelLoss = (divergence * Settings.KlWeight) + ExactLosses.Missed(weights, logModel, own * -1); // rommeo Eq. (17)
        var regularizer = (policyLogits.square().mean() + modelLogits.square().mean()) * (0.5 * Settings.Regularizer);
        (policyLoss + modelLoss + regularizer).backward();
        Note(step, policyLoss, modelLoss, (weights * model * (policy * logPolicy).sum(2)).sum() * -1, divergence);
    }
}
