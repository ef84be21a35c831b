using VsgGym.Networks;
using VsgGym.Numerics;
using static TorchSharp.torch;

namespace VsgGym.Learning;

/// <summary>A player with discrete actions: every expectation over actions is an exact sum, and every network runs once per different state of a batch.</summary>
/// <remarks>
/// Shapes: G different states, J joint actions of the others, A own actions. The critic sees the state and gives [J, A]. The prior is a
/// categorical network fitted to the latest window. Illegal own actions have probability 0 in the policy.
/// </remarks>
internal abstract class DiscretePlayer : Player
{
    private const float Forbidden = -1e9f; // added to the logit of an illegal action

    protected DiscretePlayer(Seat seat, ActorCriticSettings settings, RandomStream init)
        : base(seat, settings)
    {
        Joint = new JointActions(seat);
        Actions = seat.Action.Encoded;
        int state = seat.Observation.Length;
        var opponents = seat.OpponentActions.Select(head => (CategoricalHead)head).ToArray();
        Policy = new CategoricalActor(NewNetwork("policy", state + Joint.Encoded, Actions, init, settings.OutputScale), (CategoricalHead)seat.Action);
        Model = new CategoricalActor(NewNetwork("model", state, Joint.Encoded, init, settings.OutputScale), [.. opponents]);
        Prior = new CategoricalActor(NewNetwork("prior", state, Joint.Encoded, init, settings.OutputScale), [.. opponents]);
        Critic = NewNetwork("critic", state, Joint.Count * Actions, init);
        TargetCritic = NewNetwork("target_critic", state, Joint.Count * Actions, init);
        TargetCritic.CopyFrom(Critic);
    }

    /// <summary>The others' joint actions.</summary>
    protected JointActions Joint { get; }

    /// <summary>Number of own actions A.</summary>
    protected int Actions { get; }

    protected CategoricalActor Policy { get; }

    protected CategoricalActor Model { get; }

    protected CategoricalActor Prior { get; }

    protected Mlp Critic { get; }

    protected Mlp TargetCritic { get; }

    protected override Mlp PolicyNetwork => Policy.Network;

    protected override Mlp ModelNetwork => Model.Network;

    public override void Act(ReadOnlySpan<float> states, RandomStream random, Span<float> own)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var groups = new StateGroups(own.Length);
        for (int b = 0; b < own.Length; b++) groups.Add(b, states.Slice(b * Seat.Layout.State, Seat.Layout.State));
        var s = GroupStates(groups);
        var model = Model.LogProbabilities(Model.Logits(s, isFrozen: true));
        var policy = LogPolicy(groups, out _, isFrozen: true);
        var marginal = Marginal(policy, CategoricalActor.Joint(model)).data<float>().ToArray(); // rommeo Algorithm 2: a_-i from rho, a_i from pi given it
        var believed = (model.Length == 1 ? model[0] : cat(model, 1)).exp().data<float>().ToArray();
        (Plays, Believes) = (new float[own.Length * Actions], new float[own.Length * Joint.Encoded]);
        for (int b = 0; b < own.Length; b++)
        {
            var probabilities = marginal.AsSpan(groups.GroupOf[b] * Actions, Actions);
            own[b] = Sample(probabilities, random.NextDouble());
            probabilities.CopyTo(Plays.AsSpan(b * Actions));
            believed.AsSpan(groups.GroupOf[b] * Joint.Encoded, Joint.Encoded).CopyTo(Believes.AsSpan(b * Joint.Encoded));
        }
    }

    public override void Explore(ReadOnlySpan<float> states, RandomStream random, Span<float> own)
    {
        var layout = Seat.Layout;
        for (int b = 0; b < own.Length; b++)
        {
            var mask = states.Slice(b * layout.State, layout.State)[layout.MaskAt];
            int skip = random.NextInt32(mask.IsEmpty ? Actions : Math.Max(1, mask.Count(1f))), action = 0;
            while (!mask.IsEmpty && action < Actions - 1 && (mask[action] == 0 || skip-- > 0)) action++;
            own[b] = mask.IsEmpty ? skip : action;
        }
    }

    public override double ModelDistance(IReadOnlyList<Player> others)
    {
        int copies = Plays.Length / Actions;
        double sum = 0;
        for (int b = 0; b < copies; b++)
        {
            for (int joint = 0; joint < Joint.Count; joint++)
            {
                double believed = 1, played = 1;
                for (int j = 0, offset = b * Joint.Encoded; j < others.Count; j++)
                {
                    int action = Joint.ActionOf(joint, j), count = others[j].Seat.Action.Encoded;
                    believed *= Believes[offset + action];
                    played *= others[j].Plays[(b * count) + action];
                    offset += count;
                }

                sum += 0.5 * Math.Abs(believed - played);
            }
        }

        return sum / copies;
    }

    protected override void FitPrior(UpdateStep step)
    {
        var window = Minibatch.Latest(Replay, Seat.Layout, Settings.PriorWindow);
        var logits = Prior.Logits(GroupStates(window.States));
        var log = CategoricalActor.Joint(Prior.LogProbabilities(logits));
        var loss = (log * Shares(window, 1).sum(2)).sum() * -1; // rommeo Algorithm 2: maximum likelihood
        (loss + (logits.square().mean() * (0.5 * Settings.PriorRegularizer))).backward();
        Metrics.Prior = Finite("prior_loss", loss.item<float>(), step.Step);
        Descend(step, Prior.Network, Settings.PriorRate);
    }

    protected override void FitCritic(UpdateStep step, Minibatch batch, ref RandomStream random)
    {
        var targets = new float[batch.Rows];
        SoftTargets.Bellman(batch.Rewards, batch.GoesOn, NextValues(step, batch), Discount, targets);
        var (shares, means, spread) = Regression(batch, targets);
        var q = Values(Critic.forward(GroupStates(batch.States)));
        var loss = (shares * (q - means).square()).sum() * 0.5; // rommeo Eq. (14), vsg Eq. (9), up to the spread of y within a cell
        loss.backward();
        Metrics.Critic = Finite("q_loss", loss.item<float>() + (0.5 * spread), step.Step);
        Descend(step, Critic, Settings.CriticRate);
        InOrder(() => SoftTargets.Follow(TargetCritic, Critic, Settings.TargetTau));
    }

    /// <summary>log pi(a_i | s, a_-i) for every joint action of the others, [G, J, A].</summary>
    /// <param name="groups">The states.</param>
    /// <param name="logits">Gets what the network gave, [G J, A].</param>
    /// <param name="isFrozen">Whether the gradient stops before the parameters.</param>
    protected Tensor LogPolicy(StateGroups groups, out Tensor logits, bool isFrozen = false)
    {
        int length = Seat.Observation.Length, width = length + Joint.Encoded, at = 0;
        var numbers = new float[groups.Count * Joint.Count * width];
        for (int g = 0; g < groups.Count; g++)
            for (int joint = 0; joint < Joint.Count; joint++, at += width)
            {
                Seat.Encode(groups.State(g), numbers.AsSpan(at, length));
                Joint.Code(joint).CopyTo(numbers.AsSpan(at + length));
            }

        logits = Policy.Logits(tensor(numbers, [groups.Count * Joint.Count, width]), isFrozen);
        var shaped = logits.reshape(groups.Count, Joint.Count, Actions);
        if (Seat.Layout.Mask > 0) shaped = shaped + Mask(groups);
        return nn.functional.log_softmax(shaped, 2);
    }

    /// <summary>log rho(a_-i | s), [G, J].</summary>
    protected Tensor LogModel(Tensor states, bool isFrozen = false) => CategoricalActor.Joint(Model.LogProbabilities(Model.Logits(states, isFrozen)));

    /// <summary>log P(a_-i | s), [G, J], without gradients.</summary>
    protected Tensor LogPrior(Tensor states) => CategoricalActor.Joint(Prior.LogProbabilities(Prior.Logits(states, isFrozen: true)));

    /// <summary>A critic's output as [G, J, A].</summary>
    protected Tensor Values(Tensor output) => output.reshape(-1, Joint.Count, Actions);

    /// <summary>pi(a_i | s) = sum over a_-i of rho(a_-i | s) pi(a_i | s, a_-i), [G, A].</summary>
    protected static Tensor Marginal(Tensor logPolicy, Tensor logModel) => (logPolicy.exp() * logModel.exp().unsqueeze(2)).sum(1);

    /// <summary>How often each joint action was taken in each state, as shares of all rows, [G, J, A].</summary>
    protected Tensor Shares(Minibatch batch, float total)
    {
        var numbers = new float[batch.States.Count * Joint.Count * Actions];
        for (int b = 0; b < batch.Rows; b++) numbers[Cell(batch, b)] += total / batch.Rows;
        return tensor(numbers, [batch.States.Count, Joint.Count, Actions]);
    }

    /// <summary>Writes down what an update of policy and model gave.</summary>
    /// <param name="step">The step.</param>
    /// <param name="policyLoss">The policy's loss.</param>
    /// <param name="modelLoss">The model's loss.</param>
    /// <param name="entropy">Mean entropy of pi over rho.</param>
    /// <param name="divergence">Mean KL(rho || P).</param>
    protected void Note(UpdateStep step, Tensor policyLoss, Tensor modelLoss, Tensor entropy, Tensor divergence)
    {
        var read = Read(policyLoss, modelLoss, entropy, divergence);
        Metrics.Policy = Finite("policy_loss", read[0], step.Step);
        Metrics.Model = Finite("model_loss", read[1], step.Step);
        (Metrics.Entropy, Metrics.Divergence) = (read[2], read[3]);
    }

    private static int Sample(ReadOnlySpan<float> probabilities, double u)
    {
        int last = 0;
        double sum = 0;
        for (int a = 0; a < probabilities.Length; a++)
        {
            if (!(probabilities[a] > 0)) continue;
            last = a;
            sum += probabilities[a];
            if (u < sum) return a;
        }

        return last;
    }

    private int Cell(Minibatch batch, int row)
    {
        int others = batch.Others.Length / batch.Rows;
        int joint = Joint.IndexOf(batch.Others.AsSpan(row * others, others));
        return (((batch.States.GroupOf[row] * Joint.Count) + joint) * Actions) + (int)batch.Own[row];
    }

    private float[] NextValues(UpdateStep step, Minibatch batch)
    {
        var values = new float[batch.Rows];
        if (batch.NextStates is not { } next) return values;
        using var quiet = no_grad();
        var states = GroupStates(next);
        var soft = SoftTargets.ExactValue(
            Values(TargetCritic.Frozen(states)), LogPolicy(next, out _, isFrozen: true), LogModel(states, isFrozen: true), LogPrior(states), step.Alpha, Settings.KlWeight);
        var ofGroups = soft.data<float>().ToArray();
        for (int b = 0; b < values.Length; b++) values[b] = ofGroups[next.GroupOf[b]];
        return values;
    }

    /// <summary>The squared error of many rows as one weighted error per cell: shares, mean targets, and the mean variance inside the cells.</summary>
    private (Tensor Shares, Tensor Means, double Spread) Regression(Minibatch batch, float[] targets)
    {
        int cells = batch.States.Count * Joint.Count * Actions;
        double[] counts = new double[cells], sums = new double[cells];
        double squares = 0;
        for (int b = 0; b < batch.Rows; b++)
        {
            int cell = Cell(batch, b);
            counts[cell]++;
            sums[cell] += targets[b];
            squares += (double)targets[b] * targets[b];
        }

        float[] shares = new float[cells], means = new float[cells];
        for (int cell = 0; cell < cells; cell++)
        {
            if (counts[cell] == 0) continue;
            shares[cell] = (float)(counts[cell] / batch.Rows);
            means[cell] = (float)(sums[cell] / counts[cell]);
            squares -= sums[cell] * sums[cell] / counts[cell];
        }

        long[] shape = [batch.States.Count, Joint.Count, Actions];
        return (tensor(shares, shape), tensor(means, shape), Math.Max(0, squares / batch.Rows));
    }

    private Tensor Mask(StateGroups groups)
    {
        var numbers = new float[groups.Count * Actions];
        for (int g = 0; g < groups.Count; g++)
        {
            var mask = groups.State(g)[Seat.Layout.MaskAt];
            for (int a = 0; a < Actions; a++) numbers[(g * Actions) + a] = mask[a] > 0 ? 0 : Forbidden;
        }

        return tensor(numbers, [groups.Count, 1, Actions]);
    }
}
