namespace VsgGym.Server.Models;

/// <summary>How much work with models goes on at once.</summary>
/// <param name="evaluations">Evaluations at once, at least 1.</param>
internal sealed class ModelWork(int evaluations)
{
    private const int MostRecordings = 4;
    private const int MostUploads = 8; // each may hold the largest model in memory

    /// <summary>Evaluations.</summary>
    public WorkSlots Evaluations { get; } = new("evaluations", evaluations, "--max-evaluations");

    /// <summary>Recordings of episodes.</summary>
    public WorkSlots Recordings { get; } = new("recordings", MostRecordings);

    /// <summary>Uploads.</summary>
    public WorkSlots Uploads { get; } = new("uploads", MostUploads);
}
