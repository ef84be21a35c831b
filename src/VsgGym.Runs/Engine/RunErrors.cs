using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>The errors of calls about runs.</summary>
internal static class RunErrors
{
    public static VsgGymException Unknown(string id) =>
        VsgGymException.NotFound("run_id", id, "no run has this id; List gives those there are", "unknown_run");

    public static VsgGymException WrongState(RunInfo run, string rule) =>
        VsgGymException.OutOfOrder("run_id", run.Id, $"the run is {run.State.ToString().ToLowerInvariant()}: {rule}", "wrong_state");

    public static VsgGymException Stopping() =>
        VsgGymException.OutOfOrder("server", null, "is about to end; its runs go on when it is started again", "stopping");

    public static VsgGymException QueueFull(RunLimits limits) => VsgGymException.OverLimit(
        "runs", limits.MaxQueued, $"{limits.MaxActive} runs are active and {limits.MaxQueued} wait, more may not (--max-queued-runs): try again later, or cancel or pause one", "queue_full");

    public static VsgGymException StoreFull(RunLimits limits) => VsgGymException.OverLimit(
        "runs", limits.MaxStored, $"at most {limits.MaxStored} runs are kept: delete ended ones first", "runs_full");

    public static VsgGymException BytesFull(long bytes, RunLimits limits) => VsgGymException.OverLimit(
        "runs", $"{bytes} bytes", $"the kept runs may have at most {limits.MaxBytes} bytes before another one starts: delete ended ones first", "bytes_full");
}
