using VsgGym.Networks;
using VsgGym.Numerics;
using static TorchSharp.torch;

namespace VsgGym.Learning;

/// <summary>The updates of MAI for discrete actions; r_hat^j sees the state and gives [J, A], and there is one for each opponent j.</summary>
internal sealed class MaiDiscretePlayer : DiscretePlayer
{
    private readonly Mlp[] _rewards; // r_hat^j, one per opponent

    public MaiDiscretePlayer(Seat seat, ActorCriticSettings settings, RandomStream init)
        : base(seat, settings, init)
    {
        _rewards = [.. seat.Opponents.Select((_, j) => NewNetwork($"reward{j}", seat.Observation.Length, Joint.Count * Actions, init))];
    }

    protected override void FitPolicyAndModel(UpdateStep step, Minibatch batch, ref RandomStream random)
    {
        var (states, weights) = (GroupStates(batch.States), batch.States.Weights());
        var q = Values(Critic.Frozen(states));
        var modelLogits = Model.Logits(states);
        var logModels = Model.LogProbabilities(modelLogits);
        var model = CategoricalActor.Joint(logModels).exp();
        var logPolicy = LogPolicy(batch.States, out var policyLogits);
        var policy = logPolicy.exp();
        var policyLoss = ExactLosses.Policy(weights, model, ExactLosses.Own(logPolicy, q, step.Alpha)); // vsg Eq. (8)

        var logPriors = Prior.LogProbabilities(Prior.Logits(states, isFrozen: true));
        var divergence = zeros(1);
        var modelLoss = zeros(1);
        for (int j = 0; j < _rewards.Length; j++)
        {
            var apart = ExactLosses.Divergence(weights, logModels[j], logPriors[j]);
            divergence = divergence + apart;
            // vsg Eq. (5): the divergence of rho_j from prior exp(E[Q]); r_hat^j stands for Q up to what does not depend on a_j
            modelLoss = modelLoss + (apart * Settings.KlWeight) + ExactLosses.Missed(weights, logModels[j], Expected(j, states, logModels, policy.detach()));
        }

        var regularizer = (policyLogits.square().mean() + modelLogits.square().mean()) * (0.5 * Settings.Regularizer);
        (policyLoss + modelLoss.sum() + regularizer).backward();
        Note(step, policyLoss, modelLoss.sum(), (weights * model * (policy * logPolicy).sum(2)).sum() * -1, divergence.sum());
        FitRewards(step, batch, q, logModels, logPriors, policy.detach(), ref random);
    }

    /// <summary>E over a_-j of r_hat^j(s, a_j, a_-j), [G, A_j]: the other opponents from their models, the player itself from its policy.</summary>
    private Tensor Expected(int j, Tensor states, Tensor[] logModels, Tensor policy)
    {
        using var quiet = no_grad();
        var reward = Values(_rewards[j].Frozen(states));
        var withoutJ = CategoricalActor.Joint(Without(j, logModels)).exp();
        var overOwn = (reward * OwnActions(policy, logModels)).sum(2); // [G, J]
        return (overOwn * withoutJ).matmul(Joint.Selection(j));
    }

    /// <summary>The player's own actions as its opponents expect them, [G, J, A] or [G, 1, A].</summary>
    private Tensor OwnActions(Tensor policy, Tensor[] logModels) => Settings.OwnActions == OwnActionSource.Conditional
        ? policy : (policy * CategoricalActor.Joint(logModels).exp().unsqueeze(2)).sum(1, true).detach();

    /// <summary>vsg Eq. (6) and (7): -E_data[r_hat] + log E_rho[exp(r_hat) / rho_j], the second term summed exactly in each state.</summary>
    private void FitRewards(UpdateStep step, Minibatch batch, Tensor q, Tensor[] logModels, Tensor[] logPriors, Tensor policy, ref RandomStream random)
    {
        var data = Settings.RewardWindow > 0
            ? Minibatch.Draw(Replay, Seat.Layout, batch.Rows, Settings.RewardWindow, Settings.RewardScale, ref random) : batch;
        var states = GroupStates(data.States);
        if (!ReferenceEquals(data, batch))
        {
            using var quiet = no_grad();
            logModels = Model.LogProbabilities(Model.Logits(states, isFrozen: true));
            logPriors = Prior.LogProbabilities(Prior.Logits(states, isFrozen: true));
            policy = LogPolicy(data.States, out _, isFrozen: true).exp();
            q = Values(Critic.Frozen(states));
        }

        double sum = 0;
        for (int j = 0; j < _rewards.Length; j++)
        {
            var reward = Values(_rewards[j].forward(states));
            var measure = CategoricalActor.Joint(Settings.PriorInWeights ? With(j, logModels, logPriors[j]) : Without(j, logModels)).detach();
            var logMeasure = measure.unsqueeze(2) + OwnActions(policy, logModels).clamp_min(1e-30f).log();
            var loss = ExactLosses.Reward(Shares(data, 1), data.States.Weights(), reward, logMeasure); // vsg Eq. (6); its gradient is (7)
            Metrics.Reward = loss.item<float>();
            sum += Metrics.Reward;
            loss = loss + (reward.square().mean() * Settings.RewardDecay);
            if (step.SharedReward > 0) loss = loss + ((reward - q).square().mean() * step.SharedReward);
            loss.backward();
            Descend(step, _rewards[j], Settings.RewardRate);
        }

        Metrics.Reward = Finite("reward_loss", sum / _rewards.Length, step.Step);
    }

    private static Tensor[] Without(int j, Tensor[] logModels) => With(j, logModels, zeros_like(logModels[j]));

    private static Tensor[] With(int j, Tensor[] logModels, Tensor replacement)
    {
        Tensor[] parts = [.. logModels.Select(part => part.detach())];
        parts[j] = replacement;
        return parts;
    }
}
