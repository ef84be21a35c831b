using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>The directory of all runs: one directory below it for each, and a lock.</summary>
internal sealed class RunStore : IDisposable
{
    private const string IdPattern = "run-*";
    private const string Making = ".making-";
    private const string Removing = ".removing-";

    private readonly string _root;
    private readonly DirectoryLock _lock;

    private RunStore(string root, DirectoryLock taken) => (_root, _lock) = (root, taken);

    /// <summary>Takes a directory, which is made where it is not there, and clears away what a crash left half made or half removed.</summary>
    /// <exception cref="VsgGymException">It cannot be written, or another process holds it.</exception>
    public static RunStore Open(string root)
    {
        root = Path.GetFullPath(root);
        FileFaults.Guard(root, "the directory of runs cannot be made", () => Directory.CreateDirectory(root));
        var store = new RunStore(root, DirectoryLock.Take(root));
        try
        {
            foreach (string left in Directory.EnumerateDirectories(root, Making + "*").Concat(Directory.EnumerateDirectories(root, Removing + "*")).ToList())
                FileFaults.Guard(left, "cannot be removed", () => Directory.Delete(left, recursive: true));
        }
        catch
        {
            store.Dispose();
            throw;
        }

        return store;
    }

    /// <summary>The runs of a directory, whoever holds it.</summary>
    /// <exception cref="VsgGymException">It cannot be read.</exception>
    public static IReadOnlyList<RunDirectory> List(string root) => FileFaults.Guard(root, "the directory of runs cannot be read", () =>
        Directory.EnumerateDirectories(root, IdPattern).Order(StringComparer.Ordinal).Select(path => new RunDirectory(path)).ToList());

    /// <summary>The runs that are there.</summary>
    public IReadOnlyList<RunDirectory> List() => List(_root);

    /// <summary>Makes a run's directory; it is there in full or not at all.</summary>
    public RunDirectory Create(string id, RunSpec spec, StoredState state)
    {
        var made = new RunDirectory(Path.Combine(_root, id));
        string unfinished = Path.Combine(_root, Making + id);
        FileFaults.Guard(made.Root, "the run's directory cannot be made", () =>
        {
            var draft = new RunDirectory(unfinished);
            Directory.CreateDirectory(draft.Checkpoints);
            DurableFile.Write(draft.Spec, SpecFile.ToBytes(spec));
            state.Write(draft.State);
            File.WriteAllBytes(draft.Events, []);
            Directory.Move(unfinished, made.Root);
        });
        return made;
    }

    /// <summary>Removes a run with everything it has.</summary>
    public void Remove(RunDirectory directory)
    {
        string doomed = Path.Combine(_root, Removing + directory.Id);
        FileFaults.Guard(directory.Root, "cannot be removed", () =>
        {
            if (Directory.Exists(directory.Root)) Directory.Move(directory.Root, doomed);
            if (Directory.Exists(doomed)) Directory.Delete(doomed, recursive: true);
        });
    }

    /// <summary>The bytes of all runs.</summary>
    public long Bytes() => FileFaults.Guard(_root, "cannot be read", () =>
        new DirectoryInfo(_root).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = 0 }).Sum(Length));

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    // A file may vanish between being listed and being measured.
    private static long Length(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }
}
