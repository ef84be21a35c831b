using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>One entry of a run's log. Events follow from the run's hash alone: after a crash they come again alike.</summary>
/// <param name="Sequence">Its number, from 1 without gaps.</param>
/// <param name="Step">Steps taken when it happened.</param>
public abstract record RunEvent(long Sequence, long Step);

/// <summary>The learner's metrics.</summary>
/// <param name="Sequence">Its number.</param>
/// <param name="Step">Steps taken.</param>
/// <param name="Values">Beside the run's metric names; NaN: not yet known.</param>
public sealed record MetricsEvent(long Sequence, long Step, ImmutableArray<double> Values) : RunEvent(Sequence, Step);

/// <summary>How the policies play.</summary>
/// <param name="Sequence">Its number.</param>
/// <param name="Step">Steps taken.</param>
/// <param name="Evaluation">What was measured.</param>
public sealed record EvaluationEvent(long Sequence, long Step, RunEvaluation Evaluation) : RunEvent(Sequence, Step);

/// <summary>A checkpoint is on disk.</summary>
/// <param name="Sequence">Its number.</param>
/// <param name="Step">Steps taken.</param>
/// <param name="Sha256">Of the checkpoint's content, in lower-case hexadecimal digits.</param>
/// <param name="Bytes">Length of the checkpoint's file.</param>
public sealed record CheckpointEvent(long Sequence, long Step, string Sha256, long Bytes) : RunEvent(Sequence, Step);

/// <summary>The models are on disk.</summary>
/// <param name="Sequence">Its number.</param>
/// <param name="Step">Steps taken.</param>
/// <param name="Models">The files.</param>
public sealed record ExportEvent(long Sequence, long Step, ImmutableArray<ExportedModel> Models) : RunEvent(Sequence, Step);

/// <summary>The run has ended.</summary>
/// <param name="Sequence">Its number, the last one.</param>
/// <param name="Step">Steps taken.</param>
/// <param name="State">Completed, cancelled or failed.</param>
/// <param name="Reason">"steps", "converged", "cancelled", "diverged" or "failed".</param>
/// <param name="Faults">Why it failed.</param>
public sealed record EndEvent(long Sequence, long Step, RunState State, string Reason, ImmutableArray<Fault> Faults) : RunEvent(Sequence, Step);
