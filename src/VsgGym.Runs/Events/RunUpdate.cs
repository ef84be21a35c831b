namespace VsgGym.Runs;

/// <summary>What a watcher is told: the run whenever its state changed, or an event.</summary>
/// <param name="Run">The run as it stands, or null.</param>
/// <param name="Event">The event, or null.</param>
public readonly record struct RunUpdate(RunInfo? Run, RunEvent? Event);
