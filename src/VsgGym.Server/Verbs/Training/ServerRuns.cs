using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Grpc.Core;
using Grpc.Net.Client;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Verbs.Training;

/// <summary>Runs of a server.</summary>
/// <param name="channel">The channel to it, closed with this.</param>
/// <param name="metadata">What every call brings.</param>
/// <param name="address">For messages.</param>
internal sealed class ServerRuns(GrpcChannel channel, Metadata metadata, string address) : IRunSource
{
    private readonly Proto.RunService.RunServiceClient _runs = new(channel);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Proto.Run>> ListAsync(CancellationToken cancellationToken) =>
        (await CallAsync(() => _runs.ListAsync(new Proto.ListRunsRequest(), Options(cancellationToken))).ConfigureAwait(false)).Runs;

    /// <inheritdoc/>
    public Task<Proto.Run> GetAsync(string id, CancellationToken cancellationToken) =>
        CallAsync(() => _runs.GetAsync(Of(id), Options(cancellationToken)));

    /// <summary>Pauses a run; comes back when it has.</summary>
    public Task<Proto.Run> PauseAsync(string id, CancellationToken cancellationToken) =>
        CallAsync(() => _runs.PauseAsync(Of(id), Options(cancellationToken)));

    /// <summary>Resumes a run.</summary>
    public Task<Proto.Run> ResumeAsync(string id, CancellationToken cancellationToken) =>
        CallAsync(() => _runs.ResumeAsync(Of(id), Options(cancellationToken)));

    /// <summary>Cancels a run; comes back when it has ended.</summary>
    public Task<Proto.Run> CancelAsync(string id, CancellationToken cancellationToken) =>
        CallAsync(() => _runs.CancelAsync(Of(id), Options(cancellationToken)));

    /// <summary>Deletes a run.</summary>
    public async Task DeleteAsync(string id, CancellationToken cancellationToken) =>
        await CallAsync(() => _runs.DeleteAsync(Of(id), Options(cancellationToken))).ConfigureAwait(false);

    /// <inheritdoc/>
    public async IAsyncEnumerable<Proto.RunUpdate> WatchAsync(string id, long from, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new Proto.WatchRunRequest { RunId = id, FromSequence = from, Follow = follow };
        using var call = _runs.Watch(request, Options(cancellationToken));
        while (await NextAsync(call.ResponseStream, cancellationToken).ConfigureAwait(false)) yield return call.ResponseStream.Current;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> DownloadAsync(string id, IReadOnlyList<string> files, string directory, CancellationToken cancellationToken)
    {
        using var call = _runs.Download(new Proto.DownloadRunRequest { RunId = id, Files = { files } }, Options(cancellationToken));
        var written = new List<string>();
        while (await NextAsync(call.ResponseStream, cancellationToken).ConfigureAwait(false))
        {
            Directory.CreateDirectory(directory);
            string path = Path.Combine(directory, Path.GetFileName(call.ResponseStream.Current.Name));
            await ReceiveAsync(call.ResponseStream, path, cancellationToken).ConfigureAwait(false);
            written.Add(path);
        }

        return written;
    }

    /// <inheritdoc/>
    public void Dispose() => channel.Dispose();

    private static Proto.RunRequest Of(string id) => new() { RunId = id };

    private async Task ReceiveAsync(IAsyncStreamReader<Proto.FileChunk> chunks, string path, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = File.Create(path);
        while (true)
        {
            var chunk = chunks.Current;
            hash.AppendData(chunk.Data.Span);
            await file.WriteAsync(chunk.Data.Memory, cancellationToken).ConfigureAwait(false);
            if (chunk.Sha256.Length > 0)
            {
                if (Convert.ToHexStringLower(hash.GetHashAndReset()) == chunk.Sha256) return;
                throw new IOException($"{path}: the file arrived damaged, its SHA-256 is not {chunk.Sha256}");
            }

            if (!await NextAsync(chunks, cancellationToken).ConfigureAwait(false)) throw new IOException($"{path}: the file has not arrived in full");
        }
    }

    private CallOptions Options(CancellationToken cancellationToken) => new(metadata, cancellationToken: cancellationToken);

    private async Task<T> CallAsync<T>(Func<AsyncUnaryCall<T>> call)
    {
        try
        {
            using var running = call();
            return await running.ResponseAsync.ConfigureAwait(false);
        }
        catch (RpcException error)
        {
            throw CallErrors.Read(error, address);
        }
    }

    private async Task<bool> NextAsync<T>(IAsyncStreamReader<T> stream, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.MoveNext(cancellationToken).ConfigureAwait(false);
        }
        catch (RpcException error)
        {
            throw CallErrors.Read(error, address);
        }
    }
}
