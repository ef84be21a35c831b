using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Verbs.Training;

/// <summary>Where the verb `runs` reads runs from.</summary>
internal interface IRunSource : IDisposable
{
    /// <summary>Every run, oldest first.</summary>
    Task<IReadOnlyList<Proto.Run>> ListAsync(CancellationToken cancellationToken);

    /// <summary>One run.</summary>
    Task<Proto.Run> GetAsync(string id, CancellationToken cancellationToken);

    /// <summary>The run and its events.</summary>
    IAsyncEnumerable<Proto.RunUpdate> WatchAsync(string id, long from, bool follow, CancellationToken cancellationToken);

    /// <summary>Writes a run's files into a directory.</summary>
    /// <returns>The paths written.</returns>
    Task<IReadOnlyList<string>> DownloadAsync(string id, IReadOnlyList<string> files, string directory, CancellationToken cancellationToken);
}
