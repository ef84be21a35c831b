using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>Lives one life of a run: whatever goes wrong ends this run alone.</summary>
internal sealed class RunWorker(IRunFactory factory, IRunExporter? exporter, StopSignals stop, TimeProvider clock)
{
    /// <summary>Trains on the calling thread until the run ends, pauses or has to leave.</summary>
    public void Live(RunHandle run)
    {
        Func<StoredState, StoredState> change;
        RunLife? life = null;
        try
        {
            run.Update(stored => stored);
            life = new RunLife(run, factory, exporter, stop, clock);
            change = life.Run();
        }
        catch (OperationCanceledException) when (stop.Abandon.IsCancellationRequested)
        {
            change = stored => stored;
        }
        catch (Exception error)
        {
            change = Fail(run, life, error);
        }

        Close(life);
        run.EndLife();
        Settle(run, change);
    }

    private Func<StoredState, StoredState> Fail(RunHandle run, RunLife? life, Exception error)
    {
        var (reason, fault) = RunFailures.Of(error, run.Info().Step);
        try
        {
            life?.NoteFailure(reason, fault);
        }
        catch (VsgGymException)
        {
            // The log is what failed; the run's state says why.
        }

        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return stored => stored with { State = RunState.Failed, Faults = [.. fault.Faults], EndedUnixMs = now };
    }

    private static void Close(RunLife? life)
    {
        try
        {
            life?.Dispose();
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // The learner is gone either way, and its run has its state.
        }
    }

    // A state that cannot be written still holds in memory, and the next start finds the run as it was before.
    private static void Settle(RunHandle run, Func<StoredState, StoredState> change)
    {
        try
        {
            run.Update(change);
        }
        catch (VsgGymException error)
        {
            run.UpdateMemory(stored => stored.State == RunState.Failed ? stored : stored with { State = RunState.Failed, Faults = [.. error.Faults] });
        }
    }
}
