using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>Writes what a run has learned as files that stand alone. Thread-safe.</summary>
public interface IRunExporter
{
    /// <summary>Writes the files of every player.</summary>
    /// <param name="context">What was trained.</param>
    /// <param name="models">[N], what each player has learned.</param>
    /// <param name="directory">An empty directory that exists.</param>
    /// <returns>The files written, in the players' order. The bytes must follow from the models, the run's hash and its id alone.</returns>
    IReadOnlyList<ExportedModel> Export(RunExportContext context, IReadOnlyList<IPlayerModel> models, string directory);
}
