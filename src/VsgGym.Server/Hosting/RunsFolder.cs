namespace VsgGym.Server.Hosting;

/// <summary>Where the server keeps runs and models: the directory it was told, or a temporary one that goes with the server.</summary>
internal sealed class RunsFolder : IDisposable
{
    private const string ModelsName = "models";

    private readonly bool _isTemporary;

    /// <summary>Takes the directory; it is made when something is kept.</summary>
    /// <param name="directory">The directory, or null for a temporary one.</param>
    public RunsFolder(string? directory)
    {
        _isTemporary = directory is null;
        Directory = Path.GetFullPath(directory ?? Path.Combine(Path.GetTempPath(), $"vsggym-runs-{Path.GetRandomFileName()}"));
    }

    /// <summary>The directory.</summary>
    public string Directory { get; }

    /// <summary>The directory of uploaded models inside it.</summary>
    public string Models => ModelsOf(Directory);

    /// <summary>The directory of uploaded models of a directory of runs.</summary>
    public static string ModelsOf(string directory) => Path.Combine(directory, ModelsName);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isTemporary && System.IO.Directory.Exists(Directory)) System.IO.Directory.Delete(Directory, recursive: true);
    }
}
