using System.Globalization;

namespace VsgGym.Runs;

/// <summary>The checkpoints of one run; the two newest are kept.</summary>
/// <param name="directory">The run's directory.</param>
internal sealed class CheckpointShelf(RunDirectory directory)
{
    private const int Kept = 2;

    /// <summary>The steps that have a file, newest first.</summary>
    public IReadOnlyList<long> Steps() => FileFaults.Guard(directory.Checkpoints, "cannot be read", () =>
        Directory.EnumerateFiles(directory.Checkpoints, "*" + CheckpointFile.Ending)
            .Select(path => long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out long step) ? step : -1)
            .Where(step => step >= 0).OrderDescending().ToList());

    /// <summary>Writes a checkpoint and removes all but the newest ones.</summary>
    public (string Sha256, long Bytes) Write(CheckpointHeader header, Action<Stream> save)
    {
        string path = directory.Checkpoint(header.Step);
        var written = FileFaults.Guard(path, "cannot be written", () => CheckpointFile.Write(path, header, save));
        foreach (long step in Steps().Skip(Kept)) Remove(step);
        return written;
    }

    /// <summary>Opens a checkpoint where it is whole, else null.</summary>
    public (CheckpointHeader Header, string Sha256, FileStream Content)? Open(long step) =>
        FileFaults.Guard(directory.Checkpoint(step), "cannot be read", () => CheckpointFile.Open(directory.Checkpoint(step)));

    /// <summary>Removes a checkpoint.</summary>
    public void Remove(long step) =>
        FileFaults.Guard(directory.Checkpoint(step), "cannot be removed", () => File.Delete(directory.Checkpoint(step)));
}
