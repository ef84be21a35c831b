using System.Globalization;
using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>Keeps two processes off one directory; the operating system frees it when its holder ends, however that comes about.</summary>
internal sealed class DirectoryLock : IDisposable
{
    private const string LockName = ".lock";
    private const string HolderName = ".lock.pid"; // a locked file cannot be read everywhere

    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <param name="directory">An existing directory.</param>
    /// <exception cref="VsgGymException">FAILED_PRECONDITION: someone holds it, or nothing can be written there.</exception>
    public static DirectoryLock Take(string directory)
    {
        string holder = Path.Combine(directory, HolderName);
        FileStream file;
        try
        {
            file = new FileStream(Path.Combine(directory, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error is not (FileNotFoundException or DirectoryNotFoundException))
        {
            string by = ReadHolder(holder) is { } pid ? $"process {pid}" : "another process";
            throw FileFaults.Of(directory, $"these runs are held by {by}: ask that server, or name another directory with --runs ({error.Message})", "directory_locked");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw FileFaults.Of(directory, $"the directory of runs cannot be written: {error.Message}", "unwritable_directory");
        }

        FileFaults.Guard(holder, "cannot be written", () => File.WriteAllText(holder, System.Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        return new DirectoryLock(file);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static string? ReadHolder(string path)
    {
        try
        {
            return File.ReadAllText(path) is { Length: > 0 } pid ? pid : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
