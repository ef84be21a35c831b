using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using VsgGym.Numerics;

namespace VsgGym.Core.Tests;

/// <summary>A way to move.</summary>
public enum SampleMode
{
    StandStill,
    WalkAround,
}

/// <summary>A number or the word "auto": a type with its own form.</summary>
public sealed record SampleAmount(double? Number) : IOptionValue<SampleAmount>
{
    public static SampleAmount Parse(JsonElement json, string path, FaultList faults)
    {
        if (json.ValueKind == JsonValueKind.Number) return new SampleAmount(json.GetDouble());
        if (json.ValueKind != JsonValueKind.String || json.GetString() != "auto")
            faults.Add(path, json.GetRawText(), "must be a number or \"auto\"", "wrong_type");
        return new SampleAmount((double?)null);
    }

    public static JsonObject Schema() => new() { ["type"] = new JsonArray("number", "string") };

    public JsonNode ToJson() => Number is { } number ? JsonValue.Create(number) : JsonValue.Create("auto");
}

/// <summary>The inner options.</summary>
public sealed record SampleInner
{
    /// <summary>Where it starts.</summary>
    [Range(0.0, 1.0)]
    public double From { get; init; } = 0.25;

    /// <summary>How many.</summary>
    public int? Count { get; init; }
}

/// <summary>Every kind of option at once.</summary>
public sealed record SampleOptions : IValidatedOptions
{
    /// <summary>Inverse temperature beta, see <see cref="Simplex.Softmax(Span{double}, double)"/> and <c>beta</c>.</summary>
    [Range(0d, 1e3, MinimumIsExclusive = true)]
    public double InverseTemperature { get; init; } = 0.1;

    /// <summary>Iterations.</summary>
    [Range(1, int.MaxValue)]
    public int MaxIterations { get; init; } = 1000;

    /// <summary>A long one.</summary>
    public long Offset { get; init; } = -5;

    /// <summary>A seed.</summary>
    public ulong Seed { get; init; } = 7;

    /// <summary>A switch.</summary>
    public bool IsOn { get; init; } = true;

    /// <summary>A name.</summary>
    public string Name { get; init; } = "plain";

    /// <summary>An optional note.</summary>
    public string? Note { get; init; }

    /// <summary>A mode.</summary>
    public SampleMode Mode { get; init; } = SampleMode.WalkAround;

    /// <summary>An optional mode.</summary>
    public SampleMode? OtherMode { get; init; }

    /// <summary>Weights, each a probability.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public ImmutableArray<double> Weights { get; init; } = [0.5, 0.25];

    /// <summary>Sizes.</summary>
    public int[] Sizes { get; init; } = [3];

    /// <summary>The inner record.</summary>
    public SampleInner Inner { get; init; } = new();

    /// <summary>Another inner record.</summary>
    public SampleInner? Extra { get; init; }

    /// <summary>A value with its own form.</summary>
    public SampleAmount Amount { get; init; } = new(2.5);

    /// <summary>Not an option: it cannot be set.</summary>
    public double Temperature => 1 / InverseTemperature;

    public void Validate(string path, FaultList faults)
    {
        if (MaxIterations < Sizes.Length) faults.Add($"{path}.sizes", Sizes.Length, "must not outnumber max_iterations", "too_many");
    }
}

/// <summary>A game of one move.</summary>
/// <remarks>
/// The <paramref name="options"/> change nothing.
/// <para>Version 0: first.</para>
/// </remarks>
[Game("sample-v0")]
[Source("claus1998", "Figure 1")]
public sealed class SampleGame(SampleGame.Options options) : Game
{
    public Options Given { get; } = options;

    public override Environment CreateEnvironment() => throw new NotSupportedException();

    public override Drawing Draw(in World world) => throw new NotSupportedException();

    /// <summary>The options.</summary>
    /// <param name="Rounds">How many rounds.</param>
    public sealed record Options([property: Range(1, 9)] int Rounds = 1)
    {
        /// <summary>A payoff.</summary>
        public double Payoff { get; init; } = 11;
    }
}

/// <summary>Does nothing, once.</summary>
[Solver("sample_solver")]
[Source("rommeo", "Algorithm 1")]
[Source("mge")]
public sealed class SampleSolver(StochasticGame game, SampleInner options, RandomStream random) : SampleAlgorithm
{
    public StochasticGame Game { get; } = game;

    public SampleInner Given { get; } = options;

    public RandomStream Stream { get; } = random;

    public static long EstimateBytes(StochasticGame game, SampleInner options) => 8L * game.StateCount;
}

/// <summary>An algorithm that never steps.</summary>
public abstract class SampleAlgorithm : IAlgorithm
{
    public IterationLimit Limit => new("max_iterations", 1);

    public IReadOnlyList<string> MetricNames => [];

    public Solution ReadSolution(CancellationToken outOfTime = default) => throw new NotSupportedException();

    public IReadOnlyDictionary<string, Bound> ReadBounds(CancellationToken cancellationToken = default) => new Dictionary<string, Bound>();

    public IterationReport Step(CancellationToken cancellationToken) => throw new NotSupportedException();

    public void ReadMetrics(Span<double> metrics) => throw new NotSupportedException();
}

/// <summary>Measures nothing.</summary>
[Metric("sample_concept")]
[Source("neumann1944")]
public sealed class SampleMetric(StochasticGame game) : IMetric
{
    public StochasticGame Game { get; } = game;

    public Certificate Measure(PolicyProfile policies, CancellationToken cancellationToken) => throw new NotSupportedException();
}
