using VsgGym.Core;
using VsgGym.Networks;
using VsgGym.Numerics;
using static TorchSharp.torch;

namespace VsgGym.Learning;

/// <summary>One player as it learns: its networks, its replay, and nothing of anybody else's but the actions it saw.</summary>
internal abstract class Player : IDisposable
{
    private readonly Dictionary<string, (Mlp Network, AdamOptimizer Adam)> _networks = [];
    private readonly List<Action> _due = []; // moves that wait for the end of the update

    protected Player(Seat seat, ActorCriticSettings settings)
    {
        (Seat, Settings) = (seat, settings);
        Replay = new ReplayBuffer(seat.Layout.Width, settings.Buffer);
    }

    /// <summary>Its place in the game.</summary>
    public Seat Seat { get; }

    /// <summary>Its transitions.</summary>
    public ReplayBuffer Replay { get; }

    /// <summary>The numbers of its last update.</summary>
    public PlayerMetrics Metrics { get; } = new();

    /// <summary>At the states last acted in: what it does, [B, n] (greedy box actions, encoded, or the probabilities of its actions).</summary>
    public float[] Plays { get; protected set; } = [];

    /// <summary>At the states last acted in: what it takes the others to do, [B, n] (means of box actions, encoded, or the probabilities of each other's actions).</summary>
    public float[] Believes { get; protected set; } = [];

    /// <summary>What it learns with.</summary>
    protected ActorCriticSettings Settings { get; }

    /// <summary>Draws an action in every copy.</summary>
    /// <param name="states">[B, state], as in the replay.</param>
    /// <param name="random">The player's random numbers for this step.</param>
    /// <param name="own">Gets the actions, [B, own], as in the replay.</param>
    public abstract void Act(ReadOnlySpan<float> states, RandomStream random, Span<float> own);

    /// <summary>Draws a uniform action in every copy.</summary>
    /// <param name="states">[B, state], as in the replay.</param>
    /// <param name="random">The player's random numbers for this step.</param>
    /// <param name="own">Gets the actions, [B, own], as in the replay.</param>
    public abstract void Explore(ReadOnlySpan<float> states, RandomStream random, Span<float> own);

    /// <summary>How far its model is from what the others do, averaged over the copies last acted in.</summary>
    /// <param name="others">The other players, in order, after they acted.</param>
    public abstract double ModelDistance(IReadOnlyList<Player> others);

    /// <summary>The updates after one step.</summary>
    public void Learn(UpdateStep step, CancellationToken cancellationToken)
    {
        using (NewDisposeScope()) FitPrior(step);
        for (int u = 0; u < Settings.UpdatesPerStep; u++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var random = step.Random.Fork((ulong)u);
            var batch = DrawBatch(step, u, ref random);
            FitCritic(step, batch, ref random);
            for (int extra = 1; extra < Settings.CriticUpdates; extra++)
            {
                MoveTogether(); // the last update of the critic is the one that goes with the others
                FitCritic(step, Minibatch.Draw(Replay, Seat.Layout, Settings.Batch, 0, Settings.RewardScale, ref random), ref random);
            }

            if (step.Step >= Math.Min(Settings.PolicyStarts, Settings.ModelStarts)) MovePolicyAndModel(step, batch, ref random);
            MoveTogether();
        }
    }

    /// <summary>Its policy and model as plain numbers.</summary>
    public PlayerBlueprint Blueprint() => new()
    {
        Player = Seat.Name,
        Observation = Seat.Observation,
        Action = Seat.Action,
        Opponents = Seat.Opponents,
        OpponentActions = Seat.OpponentActions,
        Policy = PolicyNetwork.ToDenseNetwork(),
        OpponentModel = ModelNetwork.ToDenseNetwork(),
        HasIllegalActions = Seat.HasIllegalActions,
    };

    public void Save(BinaryWriter writer)
    {
        foreach (var (_, (_, adam)) in _networks) adam.Save(writer);
        Replay.Save(writer);
        foreach (double number in Numbers()) writer.Write(number);
        WriteAll(writer, Plays);
        WriteAll(writer, Believes);
    }

    public void Load(BinaryReader reader)
    {
        foreach (var (_, (_, adam)) in _networks) adam.Load(reader);
        Replay.Load(reader);
        (Metrics.Critic, Metrics.Policy, Metrics.Model, Metrics.Prior) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        (Metrics.Reward, Metrics.Entropy, Metrics.Divergence) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        Plays = ReadAll(reader);
        Believes = ReadAll(reader);
    }

    public void Dispose()
    {
        foreach (var (_, (network, _)) in _networks) network.Dispose();
    }

    /// <summary>gamma; the learner has put the game's own where none was given.</summary>
    protected double Discount => Settings.Discount!.Value;

    protected abstract Mlp PolicyNetwork { get; }

    protected abstract Mlp ModelNetwork { get; }

    /// <summary>One maximum-likelihood step of the prior on the latest window.</summary>
    protected abstract void FitPrior(UpdateStep step);

    /// <summary>One step of the critic, and of the target critic behind it.</summary>
    protected abstract void FitCritic(UpdateStep step, Minibatch batch, ref RandomStream random);

    /// <summary>Leaves the gradients of the policy and of the opponent model in their networks.</summary>
    protected abstract void FitPolicyAndModel(UpdateStep step, Minibatch batch, ref RandomStream random);

    /// <summary>Makes a network that is trained, saved and disposed of with the player.</summary>
    protected Mlp NewNetwork(string name, int inputs, int outputs, RandomStream init, double outputScale = 1)
    {
        var network = new Mlp([inputs, .. Settings.Hidden, outputs], init.Fork(name), outputScale, Settings.Initialization);
        _networks.Add(name, (network, new AdamOptimizer(network)));
        return network;
    }

    /// <summary>Moves a network against its gradient, now or at the end of the update.</summary>
    protected void Descend(UpdateStep step, Mlp network, double rate) => InOrder(() =>
    {
        var (name, (_, adam)) = _networks.First(entry => ReferenceEquals(entry.Value.Network, network));
        if (!adam.Step(rate * step.RateFactor, Settings.GradientClip)) throw Diverged($"{name}_parameters", double.NaN, step.Step);
    });

    /// <summary>Does what changes parameters now, or at the end of the update.</summary>
    protected void InOrder(Action move)
    {
        if (Settings.UpdateOrder == UpdateOrder.AtOnce) _due.Add(move);
        else move();
    }

    /// <summary>Checks a loss.</summary>
    protected double Finite(string quantity, double value, long step) => double.IsFinite(value) ? value : throw Diverged(quantity, value, step);

    /// <summary>Reads scalars in one go.</summary>
    protected static float[] Read(params Tensor[] scalars) => stack(scalars).data<float>().ToArray();

    /// <summary>Encoded states of every group, [G, encoded].</summary>
    protected Tensor GroupStates(StateGroups groups)
    {
        int length = Seat.Observation.Length;
        var numbers = new float[groups.Count * length];
        for (int g = 0; g < groups.Count; g++) Seat.Encode(groups.State(g), numbers.AsSpan(g * length, length));
        return tensor(numbers, [groups.Count, length]);
    }

    /// <summary>Transitions to learn from; in an update at once every player takes those of the same steps, as in the program of the authors of rommeo.</summary>
    private Minibatch DrawBatch(UpdateStep step, int update, ref RandomStream random)
    {
        if (Settings.UpdateOrder != UpdateOrder.AtOnce) return Minibatch.Draw(Replay, Seat.Layout, Settings.Batch, 0, Settings.RewardScale, ref random);
        var together = step.Together.Fork((ulong)update);
        return Minibatch.Draw(Replay, Seat.Layout, Settings.Batch, 0, Settings.RewardScale, ref together);
    }

    private void MovePolicyAndModel(UpdateStep step, Minibatch batch, ref RandomStream random)
    {
        FitPolicyAndModel(step, batch, ref random);
        if (step.Step >= Settings.PolicyStarts) Descend(step, PolicyNetwork, Settings.PolicyRate);
        else _networks["policy"].Adam.Clear();
        if (step.Step >= Settings.ModelStarts) Descend(step, ModelNetwork, Settings.ModelRate);
        else _networks["model"].Adam.Clear();
    }

    private void MoveTogether()
    {
        foreach (var move in _due) move();
        _due.Clear();
    }

    private VsgGymException Diverged(string quantity, double value, long step) => new(
        ErrorKind.Numerical,
        new Fault($"{Seat.Name}/{quantity}", VsgGymException.Show(value), $"left the finite range at step {step}; smaller learning rates, clipped gradients or a smaller reward scale help", "not_finite"));

    private double[] Numbers() => [Metrics.Critic, Metrics.Policy, Metrics.Model, Metrics.Prior, Metrics.Reward, Metrics.Entropy, Metrics.Divergence];

    private static void WriteAll(BinaryWriter writer, float[] numbers)
    {
        writer.Write(numbers.Length);
        foreach (float number in numbers) writer.Write(number);
    }

    private static float[] ReadAll(BinaryReader reader)
    {
        var numbers = new float[reader.ReadInt32()];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = reader.ReadSingle();
        return numbers;
    }
}
