using System.ComponentModel.DataAnnotations;
using System.Runtime.InteropServices;
using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Runs.Tests;

/// <summary>Independent Q-learners with softmax play and counted opponent models: small, and every bit follows from the seed.</summary>
/// <remarks>Each step plays four short episodes of their own seeds, so that nothing but tables and a number has to be saved. A large step size diverges.</remarks>
[Learner("sample_q")]
[Source("claus1998")]
public sealed class SampleLearner : ILearner
{
    private const int Copies = 4;
    private const int MostDecisions = 8;
    private const double Discount = 0.9;
    private const int Magic = 0x51534131;

    private static readonly int SlowDown = int.Parse(System.Environment.GetEnvironmentVariable("VSGGYM_SAMPLE_DELAY_MS") ?? "0", System.Globalization.CultureInfo.InvariantCulture);

    private readonly Options _options;
    private readonly RandomStream _random;
    private readonly VectorEnvironment _batch;
    private readonly EnvironmentSpec _spec;
    private readonly double[][] _values; // [N][S * A]
    private readonly double[][] _counts; // [N][S * joint actions of the others]
    private readonly int[] _actions;

    /// <summary>Makes the learner.</summary>
    public SampleLearner(Core.Environment environment, Options options, RandomStream random)
    {
        (_options, _random, _spec) = (options, random, environment.Spec);
        if (_spec.Actions.Any(space => space is not DiscreteSpace)) throw VsgGymException.Invalid("game", "box actions", "this learner needs discrete actions", "wrong_space");
        _batch = new VectorEnvironment(environment, new VectorOptions { Copies = Copies, Autoreset = AutoresetMode.NextStep, IllegalActions = IllegalActionRule.FirstLegal }, 0);
        _values = [.. Enumerable.Range(0, Players).Select(p => new double[States * ActionsOf(p)])];
        _counts = [.. Enumerable.Range(0, Players).Select(p => Enumerable.Repeat(1.0, States * OthersOf(p)).ToArray())];
        _actions = new int[Players * Copies];
    }

    /// <summary>What can be set.</summary>
    public sealed record Options
    {
        /// <summary>Steps of the run.</summary>
        [Range(1, 100_000_000)]
        public long Steps { get; init; } = 100;

        /// <summary>Size of an update; above 2 the values grow without end.</summary>
        [Range(0d, 1e9)]
        public double StepSize { get; init; } = 0.1;

        /// <summary>Temperature of the softmax.</summary>
        [Range(0.01, 1e3)]
        public double Temperature { get; init; } = 1;

        /// <summary>Milliseconds every step takes longer.</summary>
        [Range(0, 10000)]
        public int DelayMs { get; init; }

        /// <summary>The step after which the method says that it has converged; 0: none.</summary>
        [Range(0, 100_000_000)]
        public long ConvergeAt { get; init; }
    }

    public IterationLimit Limit => new("steps", _options.Steps);

    public long StepsTaken { get; private set; }

    public IReadOnlyList<string> MetricNames { get; } = ["error", "unknown"];

    private double Error { get; set; } = double.NaN;

    private int Players => _spec.PlayerCount;

    private int States => ((DiscreteSpace)_spec.Observations[0]).Count;

    public IterationReport Step(CancellationToken cancellationToken)
    {
        if (cancellationToken.WaitHandle.WaitOne(_options.DelayMs + SlowDown)) cancellationToken.ThrowIfCancellationRequested();
        var random = _random.Fork((ulong)(StepsTaken + 1));
        Error = 0;
        _batch.Reset([random.NextUInt64()]);
        for (int t = 0; t < Math.Min(_spec.Horizon ?? MostDecisions, MostDecisions); t++) Decide(ref random);
        StepsTaken++;
        return new IterationReport(StepsTaken, Error, StepsTaken == _options.ConvergeAt ? IterationState.Converged : IterationState.Running);
    }

    public void ReadMetrics(Span<double> metrics) => (metrics[0], metrics[1]) = (Error, double.NaN);

    public IReadOnlyList<IPlayerModel> TakeModels() => [.. Enumerable.Range(0, Players).Select(p =>
        new SampleModel(_spec.Players[p], States, ActionsOf(p), [.. _values[p]], _options.Temperature, [.. _counts[p]]))];

    public void Save(Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(StepsTaken);
        writer.Write(Error);
        foreach (double value in _values.Concat(_counts).SelectMany(table => table)) writer.Write(value);
    }

    public void Load(Stream stream)
    {
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        if (reader.ReadInt32() != Magic) throw new InvalidDataException("no checkpoint of this learner");
        StepsTaken = reader.ReadInt64();
        Error = reader.ReadDouble();
        foreach (double[] table in _values.Concat(_counts))
            for (int i = 0; i < table.Length; i++) table[i] = reader.ReadDouble();
    }

    public void Dispose()
    {
    }

    private int ActionsOf(int player) => ((DiscreteSpace)_spec.Actions[player]).Count;

    private int OthersOf(int player) => Enumerable.Range(0, Players).Where(p => p != player).Aggregate(1, (product, p) => product * ActionsOf(p));

    private void Decide(ref RandomStream random)
    {
        int[][] states = [.. Enumerable.Range(0, Players).Select(p => _batch.Worlds.DiscreteObservations(p).ToArray())];
        for (int p = 0; p < Players; p++)
            for (int b = 0; b < Copies; b++)
            {
                double[] row = SampleModel.Softmax(_values[p].AsSpan(states[p][b] * ActionsOf(p), ActionsOf(p)), _options.Temperature);
                _actions[(p * Copies) + b] = Simplex.Sample(row, random.NextDouble());
            }

        _batch.Step(MemoryMarshal.AsBytes(_actions.AsSpan()));
        for (int p = 0; p < Players; p++)
            for (int b = 0; b < Copies; b++) Learn(p, b, states[p][b]);
    }

    private void Learn(int player, int copy, int state)
    {
        int actions = ActionsOf(player), others = 0;
        for (int p = 0; p < Players; p++)
            if (p != player) others = (others * ActionsOf(p)) + _actions[(p * Copies) + copy];
        _counts[player][(state * OthersOf(player)) + others]++;
        double next = _batch.Worlds.Terminated(player)[copy] ? 0 : _values[player].AsSpan(_batch.Worlds.DiscreteObservations(player)[copy] * actions, actions).ToArray().Max();
        ref double value = ref _values[player][(state * actions) + _actions[(player * Copies) + copy]];
        double error = _batch.Worlds.Rewards(player)[copy] + (Discount * next) - value;
        value += _options.StepSize * error;
        Error = Math.Max(Error, Math.Abs(error));
        if (Math.Abs(value) > 1e30)
            throw new VsgGymException(ErrorKind.Numerical, new Fault($"{_spec.Players[player]}/q", VsgGymException.Show(value), "left the finite range", "diverged"));
    }
}
