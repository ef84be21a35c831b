using System.Text;
using VsgGym.Core;
using VsgGym.Networks;
using VsgGym.Numerics;

namespace VsgGym.Learning;

/// <summary>What the actor-critics here have in common: decentralized players that step together, each with its own networks, replay and updates.</summary>
public abstract class ActorCriticLearner : ILearner
{
    private const uint Mark = 0x434C5356; // "VSLC"
    private const int Version = 1;
    private static readonly string[] PlayerQuantities =
        ["q_loss", "policy_loss", "model_loss", "prior_loss", "entropy", "kl_rho_prior", "reward", "rho_distance"];

    private readonly string _id;
    private readonly string[] _quantities;
    private readonly RandomStream _random;
    private readonly Player[] _players;
    private readonly GameTable _table;
    private readonly double[] _distances; // [N]
    private double _alpha = double.NaN;

    private protected ActorCriticLearner(string id, Core.Environment environment, ActorCriticOptions options, RandomStream random, LearnerKind kind)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(options);
        var faults = new FaultList();
        options.Validate("options", faults);
        faults.ThrowIfAny();
        (_id, _random) = (id, random);
        var seats = Seat.All(environment.Spec);
        var settings = options.Over((seats[0].Action is GaussianHead ? kind.BoxPresets : kind.DiscretePresets)[options.Protocol]);
        Resolved = settings with { Discount = settings.Discount ?? environment.Spec.Discount };
        _players = [.. seats.Select(seat => kind.NewPlayer(seat, Resolved, random.Fork("init").Fork((ulong)seat.Player)))];
        _table = new GameTable(environment, _players, settings.NumEnvs, settings.TimeLimit, random);
        _distances = [.. seats.Select(_ => double.NaN)];
        _quantities = kind.InfersRewards ? [.. PlayerQuantities, "reward_loss"] : PlayerQuantities;
        MetricNames = [.. seats.SelectMany(seat => _quantities.Select(quantity => $"{seat.Name}/{quantity}")), "alpha"];
    }

    /// <summary>Every hyper-parameter as it is used: the protocol's, under the options, with the game's discount.</summary>
    public ActorCriticSettings Resolved { get; }

    /// <inheritdoc/>
    public IterationLimit Limit => new("steps", Resolved.Steps);

    /// <inheritdoc/>
    public long StepsTaken { get; private set; }

    /// <summary>
    /// PLAYER/q_loss, policy_loss, model_loss, prior_loss (and what the method adds); PLAYER/entropy of the conditional policy and PLAYER/kl_rho_prior in nats;
    /// PLAYER/reward, the mean of the step; PLAYER/rho_distance: box actions, |mean of rho - the others' greedy action| in their units; discrete actions, the total
    /// variation between rho and the others' policies where they were last seen; alpha.
    /// </summary>
    public IReadOnlyList<string> MetricNames { get; }

    /// <inheritdoc/>
    public IterationReport Step(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long time = StepsTaken;
        var random = _random.Fork("step").Fork((ulong)time);
        var acting = random.Fork("act");
        _table.Step((player, states, actions) =>
        {
            var own = acting.Fork((ulong)player.Seat.Player);
            player.Act(states, own, actions);
            if (time < Resolved.ExplorationSteps) player.Explore(states, own.Fork("explore"), actions);
        });
        for (int p = 0; p < _players.Length; p++) _distances[p] = _players[p].ModelDistance([.. _players[p].Seat.Others.Select(other => _players[other])]);
        _alpha = Resolved.Alpha.At(time);
        StepsTaken++;
        if (StepsTaken >= Resolved.LearningStarts) Learn(time, random.Fork("learn"), cancellationToken);
        return new IterationReport(StepsTaken, _players.Average(player => player.Metrics.Critic), IterationState.Running);
    }

    /// <inheritdoc/>
    public void ReadMetrics(Span<double> metrics)
    {
        int at = 0;
        foreach (var player in _players)
            foreach (double number in Numbers(player)) metrics[at++] = number;
        metrics[at] = _alpha;
    }

    /// <inheritdoc/>
    public IReadOnlyList<IPlayerModel> TakeModels() => [.. Blueprints().Select(blueprint => new BlueprintModel(blueprint))];

    /// <inheritdoc/>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Mark);
        writer.Write(Version);
        writer.Write(_id);
        writer.Write(_players.Length);
        writer.Write(StepsTaken);
        writer.Write(_alpha);
        foreach (double distance in _distances) writer.Write(distance);
        foreach (var player in _players) player.Save(writer);
        _table.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (reader.ReadUInt32() != Mark) throw new InvalidDataException("These bytes are no checkpoint of a learner.");
            int version = reader.ReadInt32();
            if (version != Version) throw new InvalidDataException($"This checkpoint has version {version}; version {Version} can be read.");
            string id = reader.ReadString();
            if (id != _id) throw new InvalidDataException($"This is a checkpoint of {id}, not of {_id}.");
            if (reader.ReadInt32() != _players.Length) throw new InvalidDataException("This checkpoint is of a game with another number of players.");
            StepsTaken = reader.ReadInt64();
            _alpha = reader.ReadDouble();
            for (int p = 0; p < _distances.Length; p++) _distances[p] = reader.ReadDouble();
            foreach (var player in _players) player.Load(reader);
            _table.Load(reader);
        }
        catch (EndOfStreamException error)
        {
            throw new InvalidDataException("This checkpoint is cut off.", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var player in _players) player.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>What each player takes home.</summary>
    internal IReadOnlyList<PlayerBlueprint> Blueprints() => [.. _players.Select(player => player.Blueprint())];

    private void Learn(long time, RandomStream random, CancellationToken cancellationToken)
    {
        double done = Resolved.Steps > 1 ? Math.Min(1, (double)time / (Resolved.Steps - 1)) : 0;
        double factor = 1 - ((1 - Resolved.FinalRate) * done);
        PlayerThreads.ForEach(_players, player =>
            player.Learn(new UpdateStep(StepsTaken, _alpha, factor, Resolved.SharedReward.At(time), random.Fork((ulong)player.Seat.Player), random.Fork("together")), cancellationToken));
    }

    private double[] Numbers(Player player)
    {
        var metrics = player.Metrics;
        int p = player.Seat.Player;
        double[] numbers =
            [metrics.Critic, metrics.Policy, metrics.Model, metrics.Prior, metrics.Entropy, metrics.Divergence, _table.MeanRewards[p], _distances[p]];
        return _quantities.Length == numbers.Length ? numbers : [.. numbers, metrics.Reward];
    }
}
