using VsgGym.Networks;
using VsgGym.Numerics;
using static TorchSharp.torch;

namespace VsgGym.Learning;

/// <summary>The updates of MAI for box actions; r_hat^j sees (s, a_i, a_-i) and there is one for each opponent j.</summary>
internal sealed class MaiBoxPlayer : BoxPlayer
{
    private readonly Mlp[] _rewards; // r_hat^j, one per opponent
    private readonly int[] _offsets; // where opponent j's numbers start among the others'; one more than opponents

    public MaiBoxPlayer(Seat seat, ActorCriticSettings settings, RandomStream init)
        : base(seat, settings, init)
    {
        int inputs = seat.Observation.Length + seat.Action.Encoded + seat.OthersEncoded;
        _rewards = [.. seat.Opponents.Select((_, j) => NewNetwork($"reward{j}", inputs, 1, init))];
        _offsets = new int[_rewards.Length + 1];
        for (int j = 0; j < _rewards.Length; j++) _offsets[j + 1] = _offsets[j] + seat.OpponentActions[j].Encoded;
    }

    protected override void FitPolicyAndModel(UpdateStep step, Minibatch batch, ref RandomStream random)
    {
        var (states, rows, index) = (GroupStates(batch.States), RowStates(batch.States), batch.States.Index());
        var model = Model.At(states).Rows(index);
        var noise = Noise.Normal(ref random, batch.Rows, Model.Encoded);
        var samples = model.Draw(noise);
        var others = samples.tanh();
        var logModel = model.LogDensityOfNoise(noise);
        var ratio = logModel - Prior.At(states, isFrozen: true).Rows(index).LogDensity(samples); // per number of a_-i

        var policy = Policy.At(cat([rows, others.detach()], 1));
        var ownNoise = Noise.Normal(ref random, batch.Rows, Policy.Encoded);
        var own = policy.Draw(ownNoise).tanh();
        var logPolicy = (policy.LogDensityOfNoise(ownNoise) - SquashedGaussian.LogSlope(own)).sum(1, true);
        var policyLoss = SampledLosses.Policy(logPolicy, Critic.Frozen(cat([rows, own, others.detach()], 1)), step.Alpha); // vsg Eq. (8)

        var modelLoss = ratio.sum(1).mean() * Settings.KlWeight;
        var expected = Imagine(batch.States, rows, ref random); // a_-j ~ rho_-j, with the player's own action in it
        var answer = Settings.OwnActions == OwnActionSource.Conditional ? own.detach() : expected.Own;
        var logDensity = (logModel - SquashedGaussian.LogSlope(others)).detach();
        for (int j = 0; j < _rewards.Length; j++)
        {
            // vsg Eq. (5): the divergence of rho_j from prior exp(E[Q]); r_hat^j stands for Q up to what does not depend on a_j
            modelLoss = modelLoss - _rewards[j].Frozen(Judged(j, rows, answer, others, expected.Others)).mean();
        }

        (policyLoss + modelLoss + ((policy.Regularizer() + model.Regularizer()) * Settings.Regularizer)).backward();
        Note(step, policyLoss, modelLoss, logPolicy, ratio.sum(1));
        FitRewards(step, batch, rows, answer, others.detach(), expected.Others, logDensity, ratio.detach(), ref random);
    }

    /// <summary>vsg Eq. (6) and (7), with the sign and the weights in order: -E_data[r_hat] + log E_rho[exp(r_hat) / rho_j].</summary>
    private void FitRewards(
        UpdateStep step, Minibatch batch, Tensor rows, Tensor own, Tensor others, Tensor expectedOthers, Tensor logDensity, Tensor ratio, ref RandomStream random)
    {
        var (data, dataRows) = (batch, rows);
        if (Settings.RewardWindow > 0)
        {
            data = Minibatch.Draw(Replay, Seat.Layout, batch.Rows, Settings.RewardWindow, Settings.RewardScale, ref random);
            dataRows = RowStates(data.States);
        }

        var seen = cat([dataRows, data.OwnTensor(), data.OthersTensor()], 1);
        double sum = 0;
        for (int j = 0; j < _rewards.Length; j++)
        {
            int from = _offsets[j], length = _offsets[j + 1] - from;
            var judged = Judged(j, rows, own, others, expectedOthers);
            var values = _rewards[j].forward(cat([seen, judged], 0));
            Tensor atData = values.narrow(0, 0, data.Rows), atModel = values.narrow(0, data.Rows, batch.Rows);
            var logWeights = atModel.detach() - logDensity.narrow(1, from, length).sum(1, true); // log w_j
            if (Settings.PriorInWeights) logWeights = atModel.detach() - ratio.narrow(1, from, length).sum(1, true);
            var loss = SampledLosses.Reward(atData, atModel, logWeights); // its gradient is vsg Eq. (7)
            loss = loss + (values.square().mean() * Settings.RewardDecay);
            if (step.SharedReward > 0) loss = loss + ((values - OwnValues(seen, judged)).square().mean() * step.SharedReward);
            loss.backward();
            var most = logWeights.max();
            var read = Read((logWeights - most).exp().mean(), most, atData.mean(), loss);
            sum += Math.Log(read[0]) + read[1] - read[2]; // vsg Eq. (6)
            Finite("reward_loss", read[3], step.Step);
            Descend(step, _rewards[j], Settings.RewardRate);
        }

        Metrics.Reward = Finite("reward_loss", sum / _rewards.Length, step.Step);
    }

    private Tensor OwnValues(Tensor seen, Tensor judged)
    {
        using var quiet = no_grad();
        return Critic.Frozen(cat([seen, judged], 0));
    }

    /// <summary>(s, a_i, a_-i) with opponent j's action from one place and everybody else's from another.</summary>
    private Tensor Judged(int j, Tensor rows, Tensor own, Tensor others, Tensor expected)
    {
        var parts = new List<Tensor> { rows, own };
        for (int k = 0; k < _rewards.Length; k++) parts.Add((k == j ? others : expected).narrow(1, _offsets[k], _offsets[k + 1] - _offsets[k]));
        return cat(parts, 1);
    }
}
