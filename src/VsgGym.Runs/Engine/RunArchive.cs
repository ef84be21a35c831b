using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>Reads a directory of runs as it was last written, whoever holds it; changes nothing.</summary>
/// <param name="directory">The directory of runs.</param>
public sealed class RunArchive(string directory)
{
    /// <summary>Every run, oldest first.</summary>
    /// <exception cref="VsgGymException">The directory cannot be read.</exception>
    public IReadOnlyList<RunInfo> List() => [.. Load().Select(run => run.Info())];

    /// <summary>One run.</summary>
    /// <exception cref="VsgGymException">NOT_FOUND: no such run.</exception>
    public RunInfo Get(string id) => Find(id).Info();

    /// <summary>A run's events.</summary>
    /// <param name="id">The run.</param>
    /// <param name="fromSequence">The first one wanted; 0 and 1: all.</param>
    /// <exception cref="VsgGymException">No such run, or its log is damaged.</exception>
    public IEnumerable<RunEvent> Events(string id, long fromSequence = 0)
    {
        using var reader = new EventReader(Find(id).Directory.Events, fromSequence);
        for (var events = reader.Read(); events.Count > 0; events = reader.Read())
            foreach (var happened in events) yield return happened;
    }

    /// <summary>A run's exported files, its events and its specification.</summary>
    /// <param name="id">The run.</param>
    /// <param name="names">The files wanted; none: all.</param>
    /// <exception cref="VsgGymException">NOT_FOUND: no such run or file.</exception>
    public IReadOnlyList<RunFile> Files(string id, params IReadOnlyCollection<string> names)
    {
        var run = Find(id);
        return RunFiles.Find(run.Directory, run.Stored.Models, names);
    }

    private IEnumerable<RunHandle> Load() =>
        RunStore.List(directory).Select(run => RunLoader.Load(run, TimeProvider.System)).OrderBy(run => run.Stored.Number);

    private RunHandle Find(string id) => RunStore.List(directory).FirstOrDefault(run => run.Id == id) is { } found
        ? RunLoader.Load(found, TimeProvider.System)
        : throw RunErrors.Unknown(id);
}
