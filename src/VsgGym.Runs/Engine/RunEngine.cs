using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>Trains the runs of one directory: a thread for each active one, a queue for the others. Thread-safe.</summary>
/// <remarks>
/// Every run lives in a directory of its own and outlasts the process: the next engine on the directory takes up what was running or
/// queued, in order, from the newest checkpoint whose hash is right, and its log goes on with the same bits as if nothing had happened.
/// </remarks>
public sealed class RunEngine : IAsyncDisposable
{
    private readonly RunStore _store;
    private readonly IRunFactory _factory;
    private readonly RunLimits _limits;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RunHandle> _runs = new(StringComparer.Ordinal);
    private readonly RunQueue _queue;
    private readonly CancellationTokenSource _closed = new();
    private long _number;
    private Task? _stopped;

    private RunEngine(RunStore store, IRunFactory factory, IRunExporter? exporter, RunLimits limits, TimeProvider clock)
    {
        (_store, _factory, _limits, _clock) = (store, factory, limits, clock);
        _queue = new RunQueue(limits, stop => new RunWorker(factory, exporter, stop, clock));
    }

    /// <summary>Opens a directory, which is made where it is not there, and goes on with its runs.</summary>
    /// <param name="directory">The directory of runs.</param>
    /// <param name="factory">Builds games and learners.</param>
    /// <param name="exporter">Writes what was learned, or null to write nothing.</param>
    /// <param name="limits">What is taken at most.</param>
    /// <param name="clock">The clock of everything but the events.</param>
    /// <param name="goOn">Whether runs that were running or queued go on; if not, they wait for an engine that lets them. Default true.</param>
    /// <exception cref="VsgGymException">FAILED_PRECONDITION: the directory cannot be written, or another process holds it.</exception>
    public static RunEngine Open(string directory, IRunFactory factory, IRunExporter? exporter, RunLimits limits, TimeProvider clock, bool goOn = true)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var store = RunStore.Open(directory);
        try
        {
            var engine = new RunEngine(store, factory, exporter, limits, clock);
            engine.Load(goOn);
            return engine;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Starts a run, or finds the one that was started with the same request id.</summary>
    /// <param name="request">What to train.</param>
    /// <returns>The run as it stands.</returns>
    /// <exception cref="VsgGymException">The request is at fault, a limit is reached, or a file cannot be written.</exception>
    public RunInfo Start(RunRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var spec = RunSpecBuilder.Build(request, _factory);
        lock (_gate)
        {
            if (FindRequest(request.RequestId) is { } known) return Same(known, spec);
            CheckRoom();
            var state = new StoredState
            {
                State = RunState.Queued,
                Name = request.Name,
                RequestId = request.RequestId,
                Number = _number + 1,
                Ticket = _queue.NextTicket(),
                CreatedUnixMs = _clock.GetUtcNow().ToUnixTimeMilliseconds(),
            };
            string id = "run-" + RandomNumberGenerator.GetHexString(12, lowercase: true);
            var run = new RunHandle(_store.Create(id, spec, state), spec, state, 0, _clock);
            _number++;
            _runs.Add(id, run);
            _queue.Add(run);
            return run.Info();
        }
    }

    /// <summary>One run as it stands.</summary>
    /// <exception cref="VsgGymException">NOT_FOUND: no such run.</exception>
    public RunInfo Get(string id) => Find(id).Info();

    /// <summary>Every run, oldest first.</summary>
    public IReadOnlyList<RunInfo> List()
    {
        lock (_gate) return [.. _runs.Values.OrderBy(run => run.Stored.Number).Select(run => run.Info())];
    }

    /// <summary>The run as it stands, its events from one on, and with <paramref name="follow"/> what happens until it has ended.</summary>
    /// <remarks>The log on disk is the only source: a slow watcher neither holds up the run nor misses an event.</remarks>
    /// <param name="id">The run.</param>
    /// <param name="fromSequence">The first event wanted; 0 and 1: all.</param>
    /// <param name="follow">Whether to go on.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <exception cref="VsgGymException">NOT_FOUND: no such run; or its log is damaged.</exception>
    /// <exception cref="OperationCanceledException">The watch, or the engine, was ended.</exception>
    public async IAsyncEnumerable<RunUpdate> WatchAsync(
        string id, long fromSequence, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var run = Find(id);
        using var reader = new EventReader(run.Directory.Events, fromSequence);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
        RunState? shown = null;
        for (int cuts = 0; ;)
        {
            var changed = run.Changed; // taken before looking
            var info = run.Info();
            if (shown is null) yield return new RunUpdate(info, null);
            shown ??= info.State;
            if (cuts != run.Cuts) reader.Restart();
            cuts = run.Cuts;
            for (var events = reader.Read(); events.Count > 0; events = reader.Read())
                foreach (var happened in events) yield return new RunUpdate(null, happened);
            if (shown != info.State) yield return new RunUpdate(info, null);
            shown = info.State;
            if (!follow || info.State.HasEnded()) yield break;
            await changed.WaitAsync(ended.Token).ConfigureAwait(false);
        }
    }

    /// <summary>Pauses a run between two steps, with a checkpoint; a queued one leaves the queue.</summary>
    /// <param name="id">The run.</param>
    /// <param name="cancellationToken">Stops waiting; the run pauses all the same.</param>
    /// <returns>The run, paused, or ended where it was faster.</returns>
    /// <exception cref="VsgGymException">No such run, or it is neither queued nor running.</exception>
    public Task<RunInfo> PauseAsync(string id, CancellationToken cancellationToken = default)
    {
        var run = Find(id);
        lock (_gate)
        {
            if (run.State is not (RunState.Queued or RunState.Running) || run.Stored.CancelRequested) throw RunErrors.WrongState(run.Info(), "only a queued or a running run can be paused");
            if (_queue.Remove(run) || run.State == RunState.Queued) run.Update(stored => stored with { State = RunState.Paused });
            else run.PauseRequested = true;
        }

        return UntilAsync(run, state => state is not RunState.Running, cancellationToken);
    }

    /// <summary>Puts a paused or failed run at the end of the queue; it goes on from its newest good checkpoint.</summary>
    /// <exception cref="VsgGymException">No such run, it is neither paused nor failed, its specification is damaged, or the queue is full.</exception>
    public RunInfo Resume(string id)
    {
        var run = Find(id);
        lock (_gate)
        {
            if (run.State is not (RunState.Paused or RunState.Failed)) throw RunErrors.WrongState(run.Info(), "only a paused or a failed run can be resumed");
            if (run.Spec is null) throw new VsgGymException(ErrorKind.FailedPrecondition, run.Stored.Faults);
            _queue.CheckRoom();
            long ticket = _queue.NextTicket();
            run.Update(stored => stored with { State = RunState.Queued, Ticket = ticket, Faults = [], EndedUnixMs = 0 });
            _queue.Add(run);
            return run.Info();
        }
    }

    /// <summary>Ends a run with what it has: it evaluates, exports, and its files stay.</summary>
    /// <param name="id">The run.</param>
    /// <param name="cancellationToken">Stops waiting; the run ends all the same.</param>
    /// <returns>The run, ended.</returns>
    /// <exception cref="VsgGymException">No such run, or it has ended.</exception>
    public Task<RunInfo> CancelAsync(string id, CancellationToken cancellationToken = default)
    {
        var run = Find(id);
        lock (_gate)
        {
            if (run.State.HasEnded()) throw RunErrors.WrongState(run.Info(), "it has ended");
            if (run.State == RunState.Paused || _queue.Remove(run)) CancelWaiting(run);
            else run.Update(stored => stored.State.HasEnded() ? stored : stored with { CancelRequested = true });
        }

        return UntilAsync(run, RunStates.HasEnded, cancellationToken);
    }

    /// <summary>Removes an ended run with its directory.</summary>
    /// <exception cref="VsgGymException">No such run, it has not ended, or its directory cannot be removed.</exception>
    public void Delete(string id)
    {
        var run = Find(id);
        lock (_gate)
        {
            if (!run.State.HasEnded()) throw RunErrors.WrongState(run.Info(), "only an ended run can be deleted: cancel it first");
            _store.Remove(run.Directory);
            _runs.Remove(id);
        }
    }

    /// <summary>A run's exported files, its events and its specification.</summary>
    /// <param name="id">The run.</param>
    /// <param name="names">The files wanted; none: all.</param>
    /// <exception cref="VsgGymException">NOT_FOUND: no such run or file.</exception>
    public IReadOnlyList<RunFile> Files(string id, params IReadOnlyCollection<string> names)
    {
        var run = Find(id);
        return RunFiles.Find(run.Directory, run.Stored.Models, names);
    }

    /// <summary>Ends the engine: active runs leave between two steps with a checkpoint, and go on when the directory is opened again.</summary>
    /// <param name="abandon">Waits no longer for steps to end; those runs go on from the checkpoint they have.</param>
    public Task StopAsync(CancellationToken abandon = default)
    {
        lock (_gate) return _stopped ??= CloseAsync(abandon);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private async Task CloseAsync(CancellationToken abandon)
    {
        bool idle = await _queue.StopAsync(abandon).ConfigureAwait(false);
        await _closed.CancelAsync().ConfigureAwait(false);
        if (!idle) return; // a thread may still write: the lock goes with the process
        _queue.Dispose();
        _store.Dispose();
    }

    private void Load(bool goOn)
    {
        foreach (var directory in _store.List()) _runs.Add(directory.Id, RunLoader.Load(directory, _clock));
        _number = _runs.Values.Select(run => run.Stored.Number).DefaultIfEmpty().Max();
        _queue.StartTickets(_runs.Values.Select(run => run.Stored.Ticket).DefaultIfEmpty().Max());
        lock (_gate)
        {
            foreach (var run in _runs.Values.Where(run => run.State is RunState.Running or RunState.Queued).OrderBy(run => run.Stored.Ticket).ToList())
            {
                run.UpdateMemory(stored => stored with { State = RunState.Queued });
                if (goOn) _queue.Add(run);
            }
        }
    }

    private RunHandle Find(string id)
    {
        lock (_gate) return _runs.GetValueOrDefault(id) ?? throw RunErrors.Unknown(id);
    }

    private RunHandle? FindRequest(string requestId) =>
        requestId.Length == 0 ? null : _runs.Values.FirstOrDefault(run => run.Stored.RequestId == requestId);

    private static RunInfo Same(RunHandle known, RunSpec spec) => known.Spec?.Hash == spec.Hash
        ? known.Info()
        : throw VsgGymException.Invalid("request_id", known.Stored.RequestId, $"belongs to {known.Id}, which trains something else: give this request another id", "request_id_taken");

    private void CheckRoom()
    {
        _queue.CheckRoom();
        if (_runs.Count >= _limits.MaxStored) throw RunErrors.StoreFull(_limits);
        long bytes = _store.Bytes();
        if (bytes >= _limits.MaxBytes) throw RunErrors.BytesFull(bytes, _limits);
    }

    private void CancelWaiting(RunHandle run)
    {
        var info = run.Info();
        if (info is { LastSequence: 0, CheckpointStep: 0 })
        {
            using (var log = EventLog.Open(run.Directory.Events)) log.Append(sequence => new EndEvent(sequence, 0, RunState.Cancelled, "cancelled", []));
            run.NoteEvent(1);
            run.Update(stored => stored with { State = RunState.Cancelled, EndedUnixMs = _clock.GetUtcNow().ToUnixTimeMilliseconds() });
            return;
        }

        run.Update(stored => stored with { State = RunState.Queued, CancelRequested = true });
        _queue.Launch(run); // ending takes a moment, so it does not wait for a place
    }

    private async Task<RunInfo> UntilAsync(RunHandle run, Func<RunState, bool> holds, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
        while (true)
        {
            var changed = run.Changed;
            var info = run.Info();
            if (holds(info.State)) return info;
            await changed.WaitAsync(ended.Token).ConfigureAwait(false);
        }
    }
}
