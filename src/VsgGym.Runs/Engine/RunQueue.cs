namespace VsgGym.Runs;

/// <summary>The places for active runs and the queue before them, first come, first served. Thread-safe.</summary>
internal sealed class RunQueue : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5); // for learners that look at their token

    private readonly RunLimits _limits;
    private readonly RunWorker _worker;
    private readonly CancellationTokenSource _leave = new();
    private readonly CancellationTokenSource _abandon = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly List<RunHandle> _waiting = [];
    private int _active;
    private long _ticket;

    /// <summary>Makes an empty queue.</summary>
    public RunQueue(RunLimits limits, Func<StopSignals, RunWorker> worker)
    {
        _limits = limits;
        _worker = worker(new StopSignals(_leave.Token, _abandon.Token));
    }

    /// <summary>Later tickets are above this one.</summary>
    public void StartTickets(long last) => _ticket = last;

    /// <summary>The next ticket: it orders the queue when it is made again.</summary>
    public long NextTicket() => Interlocked.Increment(ref _ticket);

    /// <summary>Refuses a run that would find neither a place nor room to wait.</summary>
    public void CheckRoom()
    {
        lock (_gate)
        {
            if (_leave.IsCancellationRequested) throw RunErrors.Stopping();
            if (_active >= _limits.MaxActive && _waiting.Count >= _limits.MaxQueued) throw RunErrors.QueueFull(_limits);
        }
    }

    /// <summary>Puts a run at the end.</summary>
    public void Add(RunHandle run)
    {
        lock (_gate)
        {
            _waiting.Add(run);
            Fill();
        }
    }

    /// <summary>Takes a run out; false where it does not wait.</summary>
    public bool Remove(RunHandle run)
    {
        lock (_gate)
        {
            bool waited = _waiting.Remove(run);
            Renumber();
            return waited;
        }
    }

    /// <summary>Gives a run a thread at once.</summary>
    public void Launch(RunHandle run)
    {
        lock (_gate)
        {
            if (!_leave.IsCancellationRequested) Begin(run);
        }
    }

    /// <summary>Asks every active run to leave, and waits for it.</summary>
    /// <param name="abandon">Asks them to leave at once.</param>
    /// <returns>Whether every thread has ended.</returns>
    public async Task<bool> StopAsync(CancellationToken abandon)
    {
        await _leave.CancelAsync().ConfigureAwait(false);
        lock (_gate)
        {
            if (_active == 0) _idle.TrySetResult();
        }

        await _idle.Task.WaitAsync(abandon).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_idle.Task.IsCompleted) return true;
        await _abandon.CancelAsync().ConfigureAwait(false);
        await Task.WhenAny(_idle.Task, Task.Delay(Patience, CancellationToken.None)).ConfigureAwait(false);
        return _idle.Task.IsCompleted;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _leave.Dispose();
        _abandon.Dispose();
    }

    private void Fill()
    {
        while (_active < _limits.MaxActive && _waiting.Count > 0 && !_leave.IsCancellationRequested)
        {
            var run = _waiting[0];
            _waiting.RemoveAt(0);
            Renumber();
            Begin(run);
        }

        Renumber();
    }

    private void Begin(RunHandle run)
    {
        _active++;
        run.PauseRequested = false;
        run.UpdateMemory(stored => stored with { State = RunState.Running });
        new Thread(() => Live(run)) { IsBackground = true, Name = run.Id }.Start();
    }

    private void Live(RunHandle run)
    {
        _worker.Live(run);
        lock (_gate)
        {
            _active--;
            Fill();
            if (_active == 0 && _leave.IsCancellationRequested) _idle.TrySetResult();
        }
    }

    private void Renumber()
    {
        for (int i = 0; i < _waiting.Count; i++) _waiting[i].QueuePosition = i + 1;
    }
}
