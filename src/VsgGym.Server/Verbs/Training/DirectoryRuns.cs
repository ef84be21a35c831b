using System.Runtime.CompilerServices;
using VsgGym.Core;
using VsgGym.Runs;
using VsgGym.Server.Sessions;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Verbs.Training;

/// <summary>Runs as their directory has them, without a server; nothing is followed or changed.</summary>
/// <param name="directory">The directory of runs.</param>
internal sealed class DirectoryRuns(string directory) : IRunSource
{
    private readonly RunArchive _archive = new(directory);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Proto.Run>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Proto.Run>>([.. _archive.List().Select(RunWriter.Write)]);

    /// <inheritdoc/>
    public Task<Proto.Run> GetAsync(string id, CancellationToken cancellationToken) => Task.FromResult(RunWriter.Write(_archive.Get(id)));

    /// <inheritdoc/>
    public async IAsyncEnumerable<Proto.RunUpdate> WatchAsync(string id, long from, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var run = _archive.Get(id);
        if (follow && !run.State.HasEnded())
            throw VsgGymException.OutOfOrder("--runs", directory, "a directory shows what was written: --no-follow reads it, and a server (--address) follows the run", "needs_server");
        yield return new Proto.RunUpdate { Run = RunWriter.Write(run) };
        foreach (var happened in _archive.Events(id, from))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return RunWriter.Write(new RunUpdate(null, happened), id, run.Spec);
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> DownloadAsync(string id, IReadOnlyList<string> files, string directory, CancellationToken cancellationToken) =>
        Task.FromResult(Copy(_archive.Files(id, files), directory));

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>Copies files into a directory, which is made where it is not there.</summary>
    public static IReadOnlyList<string> Copy(IEnumerable<RunFile> files, string directory)
    {
        Directory.CreateDirectory(directory);
        var written = new List<string>();
        foreach (var file in files)
        {
            written.Add(Path.Combine(directory, file.Name));
            File.Copy(file.Path, written[^1], overwrite: true);
        }

        return written;
    }
}
