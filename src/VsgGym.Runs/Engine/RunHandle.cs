using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>One run in memory: what its directory says, how far its thread is, and what was asked of it. Thread-safe.</summary>
internal sealed class RunHandle
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly Pulse _pulse = new();
    private StoredState _stored;
    private volatile bool _pauseRequested;
    private int _cuts;
    private long _step;
    private long? _lifeStart; // timestamp, while the thread trains
    private long _lifeFirstStep;
    private double _secondsBefore; // of earlier lives

    /// <summary>Takes up a run.</summary>
    /// <param name="directory">Its files.</param>
    /// <param name="spec">What is trained, or null where it cannot be read.</param>
    /// <param name="stored">Where it stands.</param>
    /// <param name="lastSequence">Number of its newest event.</param>
    /// <param name="clock">Measures its time.</param>
    public RunHandle(RunDirectory directory, RunSpec? spec, StoredState stored, long lastSequence, TimeProvider clock)
    {
        (Directory, Spec, _stored, LastSequence, _clock) = (directory, spec, stored, lastSequence, clock);
        _step = stored.Step;
    }

    public RunDirectory Directory { get; }

    public RunSpec? Spec { get; }

    public string Id => Directory.Id;

    /// <summary>Completes at the next change.</summary>
    public Task Changed => _pulse.Next;

    /// <summary>How often the log was cut back.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    /// <summary>The run's thread is to pause between two steps.</summary>
    public bool PauseRequested
    {
        get => _pauseRequested;
        set => _pauseRequested = value;
    }

    /// <summary>From 1 while queued; kept by the queue.</summary>
    public int QueuePosition { get; set; }

    private long LastSequence { get; set; }

    public StoredState Stored
    {
        get
        {
            lock (_gate) return _stored;
        }
    }

    public RunState State => Stored.State;

    /// <summary>Changes the state in memory and on disk.</summary>
    /// <exception cref="VsgGymException">The file cannot be written; memory has the new state all the same.</exception>
    public void Update(Func<StoredState, StoredState> change)
    {
        lock (_gate)
        {
            _stored = change(_stored) with { Step = Volatile.Read(ref _step), ElapsedSeconds = Seconds() };
            try
            {
                _stored.Write(Directory.State);
            }
            finally
            {
                _pulse.Beat();
            }
        }
    }

    /// <summary>Changes the state in memory alone.</summary>
    public void UpdateMemory(Func<StoredState, StoredState> change)
    {
        lock (_gate) _stored = change(_stored);
        _pulse.Beat();
    }

    /// <summary>The thread begins to train.</summary>
    public void BeginLife(long step)
    {
        lock (_gate) (_step, _lifeFirstStep, _secondsBefore, _lifeStart) = (step, step, _stored.ElapsedSeconds, _clock.GetTimestamp());
        _pulse.Beat();
    }

    /// <summary>The thread has ended; time no longer counts.</summary>
    public void EndLife()
    {
        lock (_gate)
        {
            _stored = _stored with { ElapsedSeconds = Seconds() };
            _lifeStart = null;
        }
    }

    /// <summary>A step was taken.</summary>
    public void NoteStep(long step) => Volatile.Write(ref _step, step);

    /// <summary>An event was written.</summary>
    public void NoteEvent(long sequence)
    {
        lock (_gate) LastSequence = sequence;
        _pulse.Beat();
    }

    /// <summary>The log was cut back.</summary>
    public void NoteCut(long sequence)
    {
        lock (_gate)
        {
            LastSequence = sequence;
            _cuts++;
        }

        _pulse.Beat();
    }

    /// <summary>The run as it stands.</summary>
    public RunInfo Info()
    {
        lock (_gate)
        {
            double seconds = Seconds(), life = _lifeStart is null ? 0 : seconds - _secondsBefore;
            long step = Volatile.Read(ref _step);
            return new RunInfo
            {
                Id = Id,
                Name = _stored.Name,
                State = _stored.State,
                QueuePosition = _stored.State == RunState.Queued ? QueuePosition : 0,
                Step = step,
                LastSequence = LastSequence,
                CheckpointStep = _stored.CheckpointStep,
                Spec = Spec,
                Faults = _stored.Faults,
                CreatedUnixMs = _stored.CreatedUnixMs,
                EndedUnixMs = _stored.EndedUnixMs,
                Elapsed = TimeSpan.FromSeconds(seconds),
                StepsPerSecond = _stored.State == RunState.Running && life > 0 ? (step - _lifeFirstStep) / life : 0,
                Models = _stored.Models,
            };
        }
    }

    private double Seconds() => _lifeStart is { } start ? _secondsBefore + _clock.GetElapsedTime(start).TotalSeconds : _stored.ElapsedSeconds;
}
