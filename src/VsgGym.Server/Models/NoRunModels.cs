namespace VsgGym.Server.Models;

/// <summary>A server without runs.</summary>
internal sealed class NoRunModels : IRunModels
{
    /// <inheritdoc/>
    public IReadOnlyList<StoredModel> All() => [];

    /// <inheritdoc/>
    public IReadOnlyList<StoredModel> ModelsOf(string runId) => [];
}
