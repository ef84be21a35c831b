using VsgGym.Core;
using VsgGym.Runs;
using VsgGym.Server.Sessions;

namespace VsgGym.Server.Models;

/// <summary>The models in a directory of runs, read from its files, so that it does not matter who trains there.</summary>
/// <param name="directory">The directory; it need not exist.</param>
internal sealed class ArchivedRunModels(string directory) : IRunModels
{
    private readonly RunArchive _archive = new(directory);

    /// <inheritdoc/>
    public IReadOnlyList<StoredModel> All() => Directory.Exists(directory) ? [.. _archive.List().SelectMany(ModelsOf)] : [];

    /// <inheritdoc/>
    public IReadOnlyList<StoredModel> ModelsOf(string runId)
    {
        try
        {
            return Directory.Exists(directory) ? [.. ModelsOf(_archive.Get(runId))] : [];
        }
        catch (VsgGymException error) when (error.Kind == ErrorKind.NotFound)
        {
            return [];
        }
    }

    private IEnumerable<StoredModel> ModelsOf(RunInfo run)
    {
        if (run.Models.IsEmpty) return [];
        var paths = _archive.Files(run.Id).ToDictionary(file => file.Name, file => file.Path, StringComparer.Ordinal);
        return run.Models.Select(model => new StoredModel(RunWriter.Write(model, run.Id, run.Spec), paths[model.File]));
    }
}
