using System.Runtime.CompilerServices;
using Grpc.Core;
using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>A training run on the server. It outlasts this object, this client and the server's own restarts.</summary>
public sealed class TrainingRun
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100), LongestWait = TimeSpan.FromSeconds(5);

    private readonly Wire.RunService.RunServiceClient _runs;
    private readonly Caller _caller;
    private RunInfo _info;

    internal TrainingRun(Wire.RunService.RunServiceClient runs, Caller caller, Wire.Run wire) => (_runs, _caller, _info) = (runs, caller, RunReader.Run(wire));

    /// <summary>The run's id.</summary>
    public string Id => _info.Id;

    /// <summary>The run as this object last heard of it; <see cref="RefreshAsync"/> asks again.</summary>
    public RunInfo Info => Volatile.Read(ref _info);

    /// <summary>How long a watch goes on trying to reach a server that has gone. Default 60 s.</summary>
    public TimeSpan ReconnectTime { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Asks how the run stands.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NotFoundException">It has been deleted.</exception>
    public Task<RunInfo> RefreshAsync(CancellationToken cancellationToken = default) => AskAsync("get", _runs.GetAsync, cancellationToken);

    /// <summary>Pauses the run between two steps, with a checkpoint; a queued run leaves the queue.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="FailedPreconditionException">It is neither running nor queued.</exception>
    public Task<RunInfo> PauseAsync(CancellationToken cancellationToken = default) => AskAsync("pause", _runs.PauseAsync, cancellationToken);

    /// <summary>Queues a paused run again, or a failed one from its last good checkpoint.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="FailedPreconditionException">It is neither paused nor failed.</exception>
    public Task<RunInfo> ResumeAsync(CancellationToken cancellationToken = default) => AskAsync("resume", _runs.ResumeAsync, cancellationToken);

    /// <summary>Ends the run with what it has; its files stay.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="FailedPreconditionException">It has ended already.</exception>
    public Task<RunInfo> CancelAsync(CancellationToken cancellationToken = default) => AskAsync("cancel", _runs.CancelAsync, cancellationToken);

    /// <summary>Removes an ended run with its files and models.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="FailedPreconditionException">It has not ended.</exception>
    public Task DeleteAsync(CancellationToken cancellationToken = default) =>
        _caller.UnaryAsync<Wire.RunRequest, Wire.DeleteRunResponse>("delete", _runs.DeleteAsync, Request(), cancellationToken);

    /// <summary>Everything that happened from an event on, then what happens until the run has ended; a broken connection is taken up again without losing or repeating an event.</summary>
    /// <param name="fromSequence">The first event wanted, at least 1.</param>
    /// <param name="follow">false: end with what there is now.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <exception cref="NotFoundException">The run has been deleted.</exception>
    /// <exception cref="UnavailableException">The server stayed away for longer than <see cref="ReconnectTime"/>.</exception>
    /// <example>
    /// <code>
    /// await foreach (var update in run.WatchAsync())
    ///     if (update is RunEvaluated evaluated) Console.WriteLine($"{evaluated.Step}: {evaluated.Greedy["player_0"].MeanReturn}");
    /// </code>
    /// </example>
    public async IAsyncEnumerable<RunUpdate> WatchAsync(long fromSequence = 1, bool follow = true, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (fromSequence < 1) throw ErrorDecoder.Invalid("from_sequence", $"{fromSequence}", "must be at least 1", "out_of_range");
        long next = fromSequence;
        var retry = new Retry(FirstWait, LongestWait);
        while (true)
        {
            using var call = _runs.Watch(new Wire.WatchRunRequest { RunId = Id, FromSequence = next, Follow = follow }, _caller.For(null, cancellationToken));
            while (true)
            {
                var (update, isEnd) = await NextAsync(call.ResponseStream, retry, cancellationToken).ConfigureAwait(false);
                if (isEnd) yield break;
                if (update is null) break; // the connection broke: dial again
                retry.Reset();
                if (update is RunEvent happened)
                {
                    if (happened.Sequence < next) continue;
                    next = happened.Sequence + 1;
                }

                if (update is RunChanged changed) Volatile.Write(ref _info, changed.Run);
                yield return update;
            }
        }
    }

    /// <summary>Waits until the run has ended.</summary>
    /// <param name="cancellationToken">Ends the wait; the run goes on.</param>
    /// <returns>The run, completed or cancelled.</returns>
    /// <exception cref="RunFailedException">It failed.</exception>
    public async Task<RunInfo> WaitAsync(CancellationToken cancellationToken = default)
    {
        await foreach (var update in WatchAsync(Math.Max(1, Info.LastSequence), follow: true, cancellationToken).ConfigureAwait(false))
            _ = update;
        var info = await RefreshAsync(cancellationToken).ConfigureAwait(false);
        return info.State == RunState.Failed ? throw new RunFailedException(info) : info;
    }

    /// <summary>Brings the run's files: the exported models, the events, the specification.</summary>
    /// <param name="folder">Where to; made if it does not exist. A file appears under its name when it is whole and its SHA-256 is right.</param>
    /// <param name="files">Which; null for all.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <returns>The files' paths.</returns>
    /// <exception cref="NotFoundException">The run or a file does not exist.</exception>
    /// <exception cref="InvalidDataException">A file arrived broken, or under a name that leads out of the folder.</exception>
    public async Task<IReadOnlyList<string>> DownloadAsync(string folder, IEnumerable<string>? files = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var request = new Wire.DownloadRunRequest { RunId = Id };
        request.Files.AddRange(files ?? []);
        using var call = _runs.Download(request, _caller.For(null, cancellationToken));
        return await FileReceiver.ReceiveAsync(call.ResponseStream, name => Path.Combine(folder, name), "download", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The run's id, state and steps.</summary>
    public override string ToString() => $"run {Id}: {Info.State}, step {Info.Step} of {Info.MaxSteps}";

    private Wire.RunRequest Request() => new() { RunId = Id };

    private async Task<RunInfo> AskAsync(string stage, Func<Wire.RunRequest, CallOptions, AsyncUnaryCall<Wire.Run>> call, CancellationToken cancellationToken)
    {
        var info = RunReader.Run(await _caller.UnaryAsync(stage, call, Request(), cancellationToken).ConfigureAwait(false));
        Volatile.Write(ref _info, info);
        return info;
    }

    /// <summary>The next update; neither an update nor the end after the wait for a server that has gone.</summary>
    private async Task<(RunUpdate? Update, bool IsEnd)> NextAsync(IAsyncStreamReader<Wire.RunUpdate> updates, Retry retry, CancellationToken cancellationToken)
    {
        try
        {
            while (await updates.MoveNext(cancellationToken).ConfigureAwait(false))
                if (RunReader.Update(updates.Current) is { } update) return (update, false);
            return (null, true);
        }
        catch (RpcException e)
        {
            var error = ErrorDecoder.Decode(e, "watch", cancellationToken);
            if (error is not UnavailableException || !await retry.WaitAsync(ReconnectTime, cancellationToken).ConfigureAwait(false)) throw error;
            return (null, false);
        }
    }
}
