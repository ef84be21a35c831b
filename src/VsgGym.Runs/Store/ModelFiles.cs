using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>The files a run exports: all of them or none.</summary>
internal static class ModelFiles
{
    /// <summary>Exports beside the place where the files belong, then moves them there.</summary>
    /// <exception cref="VsgGymException">The directory cannot be written.</exception>
    public static ImmutableArray<ExportedModel> Export(IRunExporter exporter, RunExportContext context, IReadOnlyList<IPlayerModel> models, RunDirectory run)
    {
        string draft = run.Models + DurableFile.Unfinished;
        return FileFaults.Guard(run.Models, "cannot be written", () =>
        {
            if (Directory.Exists(draft)) Directory.Delete(draft, recursive: true);
            Directory.CreateDirectory(draft);
            ImmutableArray<ExportedModel> files = [.. exporter.Export(context, models, draft)];
            if (Directory.Exists(run.Models)) Directory.Delete(run.Models, recursive: true);
            Directory.Move(draft, run.Models);
            return files;
        });
    }
}
