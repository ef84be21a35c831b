using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>How a run is trained and told of, beside the learner's own options.</summary>
public sealed record TrainSettings
{
    /// <summary>Seed of everything random in the run. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>A name for people. Default empty.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Steps between two evaluations, at least 1; null: a twentieth of the run.</summary>
    public long? EvaluateEvery { get; init; }

    /// <summary>Whether the run is evaluated at its end only; <see cref="EvaluateEvery"/> must then be null. Default false.</summary>
    public bool EvaluateAtEndOnly { get; init; }

    /// <summary>Episodes per evaluation, at least 1; null: 100.</summary>
    public int? EvaluationEpisodes { get; init; }

    /// <summary>Steps between two checkpoints, at least 1; null: a tenth of the run.</summary>
    public long? CheckpointEvery { get; init; }

    /// <summary>Steps between two events with metrics, at least 1; null: a hundredth of the run.</summary>
    public long? MetricsEvery { get; init; }

    /// <summary>A second start with the same id gives the same run; empty: none.</summary>
    public string RequestId { get; init; } = string.Empty;

    internal Wire.StartRunRequest ToWire(GameSource game, string learner, Options? options)
    {
        Check("evaluate_every", EvaluateEvery, "null for a twentieth of the run");
        Check("evaluation_episodes", EvaluationEpisodes, "null for 100");
        Check("checkpoint_every", CheckpointEvery, "null for a tenth of the run");
        Check("metrics_every", MetricsEvery, "null for a hundredth of the run");
        if (EvaluateAtEndOnly && EvaluateEvery is { } every)
            throw ErrorDecoder.Invalid("evaluate_every", $"{every}", "must be null where the run is evaluated at its end only", "contradiction");
        return new Wire.StartRunRequest
        {
            Game = game.ToWire(),
            Learner = learner,
            OptionsJson = Client.Options.ToJson(options),
            Seed = Seed,
            Name = Name,
            EvaluateEvery = EvaluateAtEndOnly ? -1 : EvaluateEvery ?? 0,
            EvaluationEpisodes = EvaluationEpisodes ?? 0,
            CheckpointEvery = CheckpointEvery ?? 0,
            MetricsEvery = MetricsEvery ?? 0,
            RequestId = RequestId,
        };
    }

    private static void Check(string path, long? value, string unset)
    {
        if (value is < 1) throw ErrorDecoder.Invalid(path, $"{value}", $"must be at least 1, or {unset}", "out_of_range");
    }
}
