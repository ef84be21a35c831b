namespace VsgGym.Runs;

/// <summary>Where a run stands.</summary>
public enum RunState
{
    /// <summary>Waits for a place.</summary>
    Queued,

    /// <summary>Trains.</summary>
    Running,

    /// <summary>Stopped between two steps until someone resumes it.</summary>
    Paused,

    /// <summary>Took every step; its models are exported.</summary>
    Completed,

    /// <summary>Ended on request with what it had.</summary>
    Cancelled,

    /// <summary>Diverged, or could not go on; its faults say why.</summary>
    Failed,
}

/// <summary>What follows from a state.</summary>
public static class RunStates
{
    /// <summary>Whether nothing happens any more unless someone resumes the run.</summary>
    public static bool HasEnded(this RunState state) => state is RunState.Completed or RunState.Cancelled or RunState.Failed;
}
