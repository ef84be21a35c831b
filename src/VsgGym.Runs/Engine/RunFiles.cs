using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>The files of a run that may be handed out: what was exported, the events and the specification.</summary>
internal static class RunFiles
{
    /// <summary>Finds files by name.</summary>
    /// <param name="directory">The run's directory.</param>
    /// <param name="models">What it has exported.</param>
    /// <param name="names">None: all.</param>
    /// <exception cref="VsgGymException">NOT_FOUND: the run has no such file.</exception>
    public static IReadOnlyList<RunFile> Find(RunDirectory directory, IEnumerable<ExportedModel> models, IReadOnlyCollection<string> names)
    {
        List<RunFile> all = [.. models.Select(model => new RunFile(model.File, Path.Combine(directory.Models, model.File)))];
        all.Add(new RunFile(Path.GetFileName(directory.Events), directory.Events));
        all.Add(new RunFile(Path.GetFileName(directory.Spec), directory.Spec));
        if (names.Count == 0) return all;
        var faults = names.Where(name => !all.Exists(file => file.Name == name))
            .Select(name => new Fault("files", VsgGymException.Show(name), $"the run has no such file; it has {string.Join(", ", all.Select(file => file.Name))}", "unknown_file")).ToList();
        return faults.Count > 0 ? throw new VsgGymException(ErrorKind.NotFound, faults) : [.. names.Distinct().Select(name => all.Find(file => file.Name == name)!)];
    }
}
