namespace VsgGym.Client;

/// <summary>A training run as the server last told.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">For people; may be empty.</param>
/// <param name="State">Where it stands.</param>
/// <param name="QueuePosition">From 1 while queued, else 0.</param>
/// <param name="Step">Steps taken.</param>
/// <param name="MaxSteps">Steps it will take.</param>
/// <param name="LastSequence">Number of its newest event, 0 before the first.</param>
/// <param name="CheckpointStep">Step of its newest good checkpoint, 0 for none.</param>
/// <param name="GameId">Id of the game.</param>
/// <param name="GameOptionsJson">The game's resolved options.</param>
/// <param name="Learner">Id of the learner.</param>
/// <param name="OptionsJson">The learner's resolved options.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Players">The game's players.</param>
/// <param name="MetricNames">Beside <see cref="RunMetrics.Values"/>.</param>
/// <param name="Faults">Why it failed; else empty.</param>
/// <param name="Models">What it has exported.</param>
/// <param name="Created">When it was started.</param>
/// <param name="Ended">When it ended; null until then.</param>
/// <param name="Elapsed">Time spent training, over all its lives.</param>
/// <param name="StepsPerSecond">Of its present life; 0 when it does not train.</param>
/// <param name="Hash">SHA-256 of game, learner, options and seed: what determines its bits.</param>
public sealed record RunInfo(
    string Id,
    string Name,
    RunState State,
    int QueuePosition,
    long Step,
    long MaxSteps,
    long LastSequence,
    long CheckpointStep,
    string GameId,
    string GameOptionsJson,
    string Learner,
    string OptionsJson,
    ulong Seed,
    IReadOnlyList<string> Players,
    IReadOnlyList<string> MetricNames,
    IReadOnlyList<Fault> Faults,
    IReadOnlyList<ModelInfo> Models,
    DateTimeOffset Created,
    DateTimeOffset? Ended,
    TimeSpan Elapsed,
    double StepsPerSecond,
    string Hash)
{
    /// <summary>Whether nothing more will happen by itself: completed, cancelled or failed.</summary>
    public bool HasEnded => State is RunState.Completed or RunState.Cancelled or RunState.Failed;
}
