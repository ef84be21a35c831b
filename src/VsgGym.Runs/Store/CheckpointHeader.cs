namespace VsgGym.Runs;

/// <summary>What stands before the learner's bytes in a checkpoint.</summary>
/// <param name="FormatVersion">The version of the form.</param>
/// <param name="Hash">The run's hash.</param>
/// <param name="Step">Steps taken.</param>
/// <param name="Sequence">Events before the checkpoint's own.</param>
/// <param name="Scheduled">Whether it has an event: pauses and stops write checkpoints without one, for events do not depend on them.</param>
/// <param name="Done">Why the run takes no further step ("steps", "converged"), or null.</param>
internal sealed record CheckpointHeader(int FormatVersion, string Hash, long Step, long Sequence, bool Scheduled, string? Done);
