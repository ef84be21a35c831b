namespace VsgGym.Client;

/// <summary>A run that was waited for has failed; the faults say why, and it may be resumed from its last good checkpoint.</summary>
public sealed class RunFailedException : VsgGymException
{
    /// <summary>gRPC's number of the status of the same meaning (ABORTED).</summary>
    public const int StatusCode = 10;

    /// <summary>Builds the error from the run.</summary>
    /// <param name="run">The failed run.</param>
    public RunFailedException(RunInfo run)
        : base(StatusCode, Describe(run), run.Faults.Count > 0 ? run.Faults : [new Fault("run", run.Id, "failed without a reason", "unspecified")]) => Run = run;

    /// <summary>The failed run.</summary>
    public RunInfo Run { get; }

    private static string Describe(RunInfo run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return $"run {run.Id} failed at step {run.Step}: {string.Join("; ", run.Faults)}";
    }
}
