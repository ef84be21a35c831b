namespace VsgGym.Client;

/// <summary>What a watched run tells: <see cref="RunChanged"/> whenever its state changed, and its events.</summary>
public abstract record RunUpdate
{
    private protected RunUpdate()
    {
    }
}

/// <summary>The run as it stands: first of all, and whenever its state changed.</summary>
/// <param name="Run">The run.</param>
public sealed record RunChanged(RunInfo Run) : RunUpdate;

/// <summary>Something that happened in training. The events depend on game, learner, options and seed alone: after a crash they come again alike.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="Step">Steps taken when it happened.</param>
public abstract record RunEvent(long Sequence, long Step) : RunUpdate;

/// <summary>The learner's numbers.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="Step">Steps taken when it happened.</param>
/// <param name="Values">Beside <see cref="RunInfo.MetricNames"/>; NaN: not yet known.</param>
public sealed record RunMetrics(long Sequence, long Step, IReadOnlyList<double> Values) : RunEvent(Sequence, Step);

/// <summary>The policies were measured.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="Step">Steps taken when it happened.</param>
/// <param name="Episodes">Episodes played for each of the two.</param>
/// <param name="Greedy">The deterministic policies, by player.</param>
/// <param name="Sampled">The policies as they train, by player.</param>
/// <param name="NashConv">Of the sampled policies; null where the game has no table.</param>
/// <param name="OpponentModelDistance">By player: mean total variation of its model from the others' policies; empty where the game has no table.</param>
public sealed record RunEvaluated(
    long Sequence,
    long Step,
    long Episodes,
    IReadOnlyDictionary<string, PlayerEvaluation> Greedy,
    IReadOnlyDictionary<string, PlayerEvaluation> Sampled,
    double? NashConv,
    IReadOnlyList<double> OpponentModelDistance) : RunEvent(Sequence, Step);

/// <summary>One player's part of an evaluation.</summary>
/// <param name="MeanReturn">Mean return per episode.</param>
/// <param name="StandardError">Of that mean.</param>
/// <param name="MeanAction">[length]; empty where actions are discrete.</param>
public sealed record PlayerEvaluation(double MeanReturn, double StandardError, IReadOnlyList<double> MeanAction);

/// <summary>A checkpoint was written.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="Step">Steps taken when it happened.</param>
/// <param name="Sha256">Of its content: equal for runs with equal bits.</param>
/// <param name="Bytes">Its size.</param>
public sealed record RunCheckpointed(long Sequence, long Step, string Sha256, long Bytes) : RunEvent(Sequence, Step);

/// <summary>The policies and opponent models were written as ONNX files.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="Step">Steps taken when it happened.</param>
/// <param name="Models">The files.</param>
public sealed record RunExported(long Sequence, long Step, IReadOnlyList<ModelInfo> Models) : RunEvent(Sequence, Step);

/// <summary>The run ended; its last event.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="Step">Steps taken when it happened.</param>
/// <param name="State">How.</param>
/// <param name="Reason">"steps", "cancelled", "diverged" or "failed".</param>
/// <param name="Faults">Why it failed; else empty.</param>
public sealed record RunEnded(long Sequence, long Step, RunState State, string Reason, IReadOnlyList<Fault> Faults) : RunEvent(Sequence, Step);
