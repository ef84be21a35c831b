namespace VsgGym.Client;

/// <summary>What the server allows, as told in the handshake.</summary>
/// <param name="MaxMessageBytes">Largest message the server takes or sends, in bytes.</param>
/// <param name="MaxNumEnvs">Most copies per environment.</param>
/// <param name="MaxEnvironments">Most open environments.</param>
/// <param name="MaxSolves">Most solves at once.</param>
/// <param name="MaxUploads">Most uploaded games kept.</param>
/// <param name="IdleTime">An environment unused for this long is closed.</param>
/// <param name="OrphanTime">An environment whose connection closed is closed after this long.</param>
/// <param name="MaxRuns">Training runs at once; further ones wait.</param>
/// <param name="MaxQueuedRuns">Runs that may wait.</param>
/// <param name="MaxModels">Most models kept.</param>
/// <param name="MaxModelBytes">Largest model file.</param>
/// <param name="MaxSolveBytes">Memory that the tables of one solve may take; 0 where an older server does not say.</param>
public sealed record ServerLimits(
    long MaxMessageBytes,
    int MaxNumEnvs,
    int MaxEnvironments,
    int MaxSolves,
    int MaxUploads,
    TimeSpan IdleTime,
    TimeSpan OrphanTime,
    int MaxRuns,
    int MaxQueuedRuns,
    int MaxModels,
    long MaxModelBytes,
    long MaxSolveBytes);
