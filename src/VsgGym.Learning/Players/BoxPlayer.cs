using VsgGym.Networks;
using VsgGym.Numerics;
using static TorchSharp.torch;

namespace VsgGym.Learning;

/// <summary>A player with box actions: squashed Gaussians for policy, opponent model and prior, and samples in place of expectations.</summary>
/// <remarks>Actions are encoded throughout, x in [-1, 1], and densities are densities of x. Networks that see only the state run once per different state.</remarks>
internal abstract class BoxPlayer : Player
{
    private const float MostEncoded = 0.99999f; // atanh of 1 is infinite

    protected BoxPlayer(Seat seat, ActorCriticSettings settings, RandomStream init)
        : base(seat, settings)
    {
        int state = seat.Observation.Length, own = seat.Action.Encoded, others = seat.OthersEncoded;
        var opponents = seat.OpponentActions.Select(head => (GaussianHead)head).ToArray();
        Policy = new GaussianActor(NewNetwork("policy", state + others, seat.Action.Parameters, init, settings.OutputScale), (GaussianHead)seat.Action);
        Model = new GaussianActor(NewNetwork("model", state, 2 * others, init, settings.OutputScale), [.. opponents]);
        Prior = new GaussianActor(NewNetwork("prior", state, 2 * others, init, settings.OutputScale), [.. opponents]);
        foreach (var actor in (GaussianActor[])[Policy, Model, Prior]) AddToLogSigma(actor, actor == Policy ? [own] : [.. opponents.Select(head => head.Encoded)]);
        Critic = NewNetwork("critic", state + own + others, 1, init);
        TargetCritic = NewNetwork("target_critic", state + own + others, 1, init);
        TargetCritic.CopyFrom(Critic);
    }

    protected GaussianActor Policy { get; }

    protected GaussianActor Model { get; }

    protected GaussianActor Prior { get; }

    protected Mlp Critic { get; }

    protected Mlp TargetCritic { get; }

    protected override Mlp PolicyNetwork => Policy.Network;

    protected override Mlp ModelNetwork => Model.Network;

    public override void Act(ReadOnlySpan<float> states, RandomStream random, Span<float> own)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        int copies = states.Length / Seat.Layout.State, length = Seat.Observation.Length;
        var encoded = new float[copies * length];
        for (int b = 0; b < copies; b++) Seat.Encode(states.Slice(b * Seat.Layout.State, Seat.Layout.State), encoded.AsSpan(b * length, length));
        var s = tensor(encoded, [copies, length]);
        var model = Model.At(s, isFrozen: true);
        var sampled = model.Draw(Noise.Normal(ref random, copies, Model.Encoded)).tanh(); // rommeo Algorithm 2: a_-i from rho ...
        var mean = model.Mean.tanh();
        var policy = Policy.At(cat([cat([s, s], 0), cat([sampled, mean], 0)], 1), isFrozen: true);
        var action = policy.Draw(Noise.Normal(ref random, 2 * copies, Policy.Encoded)).tanh(); // ... and a_i from pi given it
        action.narrow(0, 0, copies).data<float>().ToArray().CopyTo(own);
        Plays = policy.Mean.narrow(0, copies, copies).tanh().data<float>().ToArray();
        Believes = mean.data<float>().ToArray();
    }

    public override void Explore(ReadOnlySpan<float> states, RandomStream random, Span<float> own)
    {
        for (int i = 0; i < own.Length; i++) own[i] = (float)(Settings.ExplorationWidth * ((2 * random.NextDouble()) - 1));
    }

    public override double ModelDistance(IReadOnlyList<Player> others)
    {
        int copies = Plays.Length / Policy.Encoded, believed = Model.Encoded;
        double sum = 0;
        for (int b = 0; b < copies; b++)
        {
            int at = b * believed;
            foreach (var other in others)
            {
                var head = (GaussianHead)other.Seat.Action;
                for (int k = 0; k < head.Encoded; k++, at++) sum += head.Half(k) * Math.Abs(Believes[at] - other.Plays[(b * head.Encoded) + k]);
            }
        }

        return sum / (copies * believed);
    }

    protected override void FitPrior(UpdateStep step)
    {
        var window = Minibatch.Latest(Replay, Seat.Layout, Settings.PriorWindow, Settings.PadPriorWindow);
        var (mean, square) = Moments(window);
        var prior = Prior.At(GroupStates(window.States));
        // The mean over the rows of (u - mu)^2, from the moments of each state's rows.
        var spread = square - (prior.Mean * mean * 2) + prior.Mean.square();
        var loss = ((spread / (prior.Sigma.square() * 2)) + prior.Sigma.log() + 0.91893853320467274178).sum(1, true); // rommeo Algorithm 2: maximum likelihood
        var total = (loss * window.States.Weights()).sum();
        (total + (prior.Regularizer() * Settings.PriorRegularizer)).backward();
        Metrics.Prior = Finite("prior_loss", total.item<float>(), step.Step);
        Descend(step, Prior.Network, Settings.PriorRate);
    }

    protected override void FitCritic(UpdateStep step, Minibatch batch, ref RandomStream random)
    {
        var targets = new float[batch.Rows];
        SoftTargets.Bellman(batch.Rewards, batch.GoesOn, NextValues(step, batch, ref random), Discount, targets);
        var q = Critic.forward(cat([RowStates(batch.States), batch.OwnTensor(), batch.OthersTensor()], 1));
        var loss = (q - tensor(targets, [batch.Rows, 1])).square().mean() * 0.5; // rommeo Eq. (14), vsg Eq. (9)
        loss.backward();
        Metrics.Critic = Finite("q_loss", loss.item<float>(), step.Step);
        Descend(step, Critic, Settings.CriticRate);
        InOrder(() => SoftTargets.Follow(TargetCritic, Critic, Settings.TargetTau));
    }

    /// <summary>The encoded state of every row, [B, encoded].</summary>
    protected Tensor RowStates(StateGroups groups)
    {
        int length = Seat.Observation.Length;
        var numbers = new float[groups.GroupOf.Length * length];
        for (int b = 0; b < groups.GroupOf.Length; b++) Seat.Encode(groups.State(groups.GroupOf[b]), numbers.AsSpan(b * length, length));
        return tensor(numbers, [groups.GroupOf.Length, length]);
    }

    /// <summary>Draws a_-i from the model and then a_i from the policy at every row's state, without gradients.</summary>
    /// <returns>a_-i, a_i, log rho - log P and log pi: [B, n], [B, n], [B, 1], [B, 1].</returns>
    protected (Tensor Others, Tensor Own, Tensor LogModelOverPrior, Tensor LogPolicy) Imagine(StateGroups groups, Tensor rows, ref RandomStream random)
    {
        using var quiet = no_grad();
        int count = groups.GroupOf.Length;
        var (states, index) = (GroupStates(groups), groups.Index());
        var model = Model.At(states, isFrozen: true).Rows(index);
        var noise = Noise.Normal(ref random, count, Model.Encoded);
        var samples = model.Draw(noise);
        var others = samples.tanh();
        var ratio = (model.LogDensityOfNoise(noise) - Prior.At(states, isFrozen: true).Rows(index).LogDensity(samples)).sum(1, true);
        var policy = Policy.At(cat([rows, others], 1), isFrozen: true);
        var ownNoise = Noise.Normal(ref random, count, Policy.Encoded);
        var own = policy.Draw(ownNoise).tanh();
        return (others, own, ratio, (policy.LogDensityOfNoise(ownNoise) - SquashedGaussian.LogSlope(own)).sum(1, true));
    }

    /// <summary>Writes down what an update of policy and model gave.</summary>
    protected void Note(UpdateStep step, Tensor policyLoss, Tensor modelLoss, Tensor logPolicy, Tensor logModelOverPrior)
    {
        var read = Read(policyLoss, modelLoss, logPolicy.mean(), logModelOverPrior.mean());
        Metrics.Policy = Finite("policy_loss", read[0], step.Step);
        Metrics.Model = Finite("model_loss", read[1], step.Step);
        double halves = 0;
        for (int k = 0; k < Policy.Encoded; k++) halves += Math.Log(((GaussianHead)Seat.Action).Half(k));
        Metrics.Entropy = halves - read[2];
        Metrics.Divergence = read[3];
    }

    private float[] NextValues(UpdateStep step, Minibatch batch, ref RandomStream random)
    {
        if (batch.NextStates is not { } next) return new float[batch.Rows];
        using var quiet = no_grad();
        var states = RowStates(next);
        var (others, own, ratio, logPolicy) = Imagine(next, states, ref random);
        var q = TargetCritic.Frozen(cat([states, own, others], 1));
        return SoftTargets.SampledValue(q, logPolicy, ratio, step.Alpha, Settings.KlWeight).data<float>().ToArray();
    }

    /// <summary>Mean and mean square of the others' pre-tanh actions in each state, [G, n] each.</summary>
    private (Tensor Mean, Tensor Square) Moments(Minibatch window)
    {
        int n = Model.Encoded, groups = window.States.Count;
        float[] mean = new float[groups * n], square = new float[groups * n];
        for (int b = 0; b < window.Rows; b++)
        {
            int group = window.States.GroupOf[b];
            float share = 1f / window.States.Rows(group);
            for (int k = 0; k < n; k++)
            {
                float u = MathF.Atanh(Math.Clamp(window.Others[(b * n) + k], -MostEncoded, MostEncoded));
                mean[(group * n) + k] += share * u;
                square[(group * n) + k] += share * u * u;
            }
        }

        return (tensor(mean, [groups, n]), tensor(square, [groups, n]));
    }

    private void AddToLogSigma(GaussianActor actor, int[] lengths)
    {
        var bias = actor.Network.Numbers(actor.Network.Layers.Count - 1);
        int at = 0;
        foreach (int length in lengths)
        {
            foreach (ref float number in bias.Slice(at + length, length)) number += (float)Settings.InitialLogSigma;
            at += 2 * length;
        }
    }
}
