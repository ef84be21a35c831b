namespace VsgGym.Client;

/// <summary>Where a training run stands.</summary>
public enum RunState
{
    /// <summary>Waits for its turn.</summary>
    Queued = 1,

    /// <summary>Trains.</summary>
    Running = 2,

    /// <summary>Waits to be resumed.</summary>
    Paused = 3,

    /// <summary>Took all its steps.</summary>
    Completed = 4,

    /// <summary>Was ended early with what it had.</summary>
    Cancelled = 5,

    /// <summary>Something went wrong; its faults say what. It may be resumed from its last good checkpoint.</summary>
    Failed = 6,
}
