namespace VsgGym.Runs;

/// <summary>How a process that ends speaks to its runs.</summary>
/// <param name="Leave">Leave between two steps with a checkpoint; the run goes on at the next start.</param>
/// <param name="Abandon">Leave at once; the run goes on from the checkpoint it has.</param>
internal readonly record struct StopSignals(CancellationToken Leave, CancellationToken Abandon);
