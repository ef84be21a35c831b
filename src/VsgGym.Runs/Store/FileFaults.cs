using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>Turns what goes wrong with files into faults that name the file.</summary>
internal static class FileFaults
{
    /// <summary>Runs something that touches a file.</summary>
    /// <param name="path">The file or directory.</param>
    /// <param name="what">"cannot be written".</param>
    /// <param name="work">What to do.</param>
    /// <exception cref="VsgGymException">FAILED_PRECONDITION: the disk is full, the file is not there or not ours.</exception>
    public static T Guard<T>(string path, string what, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Of(path, $"{what}: {error.Message}", error is FileNotFoundException or DirectoryNotFoundException ? "missing_file" : "file_error");
        }
    }

    /// <inheritdoc cref="Guard{T}"/>
    public static void Guard(string path, string what, Action work) => Guard(path, what, () =>
    {
        work();
        return true;
    });

    /// <summary>The error about a file.</summary>
    public static VsgGymException Of(string path, string rule, string reason) =>
        new(ErrorKind.FailedPrecondition, new Fault(path, string.Empty, rule, reason));
}
