namespace VsgGym.Runs;

/// <summary>Files that are there in full or not at all, whenever the process ends.</summary>
internal static class DurableFile
{
    /// <summary>How the name of a file ends that is not yet whole.</summary>
    public const string Unfinished = ".new";

    /// <summary>Replaces a file's content: written beside it, flushed to the disk, then renamed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its new content.</param>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string beside = path + Unfinished;
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }
}
