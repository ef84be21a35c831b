namespace VsgGym.Server.Models;

/// <summary>How much work with models goes on at once.</summary>
/// <param name="evaluations">Evaluations at once, at least 1.</param>
internal sealed class ModelWork(int evaluations)
{
    private const int MostUploads = 8; // each may hold the largest model in memory

    /// <summary>Evaluations.</summary>
    public WorkSlots Evaluations { get; } = new("evaluations", evaluations, "--max-evaluations");

    /// <summary>Uploads.</summary>
    public WorkSlots Uploads { get; } = new("uploads", MostUploads);
}
