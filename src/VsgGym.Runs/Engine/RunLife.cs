using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Runs;

/// <summary>One life of a run on its own thread: from its newest good checkpoint until it ends, pauses or has to leave.</summary>
internal sealed class RunLife : IDisposable
{
    private readonly RunHandle _run;
    private readonly RunSpec _spec;
    private readonly IRunFactory _factory;
    private readonly IRunExporter? _exporter;
    private readonly StopSignals _stop;
    private readonly TimeProvider _clock;
    private readonly CheckpointShelf _shelf;
    private readonly Game _game;
    private readonly IMetric? _metric;
    private readonly EventLog _log = null!; // only while the constructor fails
    private readonly double[] _metrics;
    private ILearner _learner;
    private string? _done;

    /// <summary>Finds out where the run stands.</summary>
    /// <exception cref="VsgGymException">A file, the game or the learner is at fault.</exception>
    public RunLife(RunHandle run, IRunFactory factory, IRunExporter? exporter, StopSignals stop, TimeProvider clock)
    {
        (_run, _factory, _exporter, _stop, _clock) = (run, factory, exporter, stop, clock);
        _spec = SpecFile.Read(run.Directory.Spec);
        _shelf = new CheckpointShelf(run.Directory);
        _game = factory.CreateGame(_spec.Game);
        _metric = _game.Table is { } table ? factory.CreateMetric(table) : null;
        _metrics = new double[_spec.MetricNames.Length];
        FileFaults.Guard(run.Directory.Checkpoints, "cannot be made", () => Directory.CreateDirectory(run.Directory.Checkpoints));
        _learner = NewLearner();
        try
        {
            _log = EventLog.Open(run.Directory.Events);
            Restore();
        }
        catch
        {
            Dispose();
            throw;
        }

        run.BeginLife(_learner.StepsTaken);
    }

    /// <summary>Trains until the run ends, pauses or has to leave.</summary>
    /// <returns>How the state changes by it.</returns>
    /// <exception cref="OperationCanceledException">The process could not wait for the end of a step.</exception>
    /// <exception cref="VsgGymException">The learner diverged, or a file is at fault.</exception>
    public Func<StoredState, StoredState> Run()
    {
        while (true)
        {
            _stop.Abandon.ThrowIfCancellationRequested();
            if (_stop.Leave.IsCancellationRequested)
            {
                KeepStep();
                return stored => stored; // running still, for the next start to go on with
            }

            if (_done is { } reason) return End(RunState.Completed, reason);
            if (_run.Stored.CancelRequested) return Cancel();
            if (_run.PauseRequested)
            {
                KeepStep();
                return stored => stored with { State = RunState.Paused };
            }

            Advance();
        }
    }

    /// <summary>Notes in the log that the run has failed; the log may be what failed.</summary>
    public void NoteFailure(string reason, VsgGymException error) =>
        Append((sequence, step) => new EndEvent(sequence, step, RunState.Failed, reason, [.. error.Faults]));

    /// <inheritdoc/>
    public void Dispose()
    {
        _learner.Dispose();
        _log?.Dispose();
    }

    private ILearner NewLearner() =>
        _factory.CreateLearner(_spec.Learner, _game.CreateEnvironment(), _spec.OptionsJson, RandomStream.Create(_spec.Seed));

    private void Restore()
    {
        foreach (long step in _shelf.Steps())
        {
            if (TryRestore(step)) return;
            _shelf.Remove(step); // it is damaged, or says more than the log has: the steps after an older one come again alike
        }

        Cut(0);
        _run.Update(stored => stored with { CheckpointStep = 0 });
    }

    private bool TryRestore(long step)
    {
        if (_shelf.Open(step) is not { } checkpoint) return false;
        using var content = checkpoint.Content;
        var header = checkpoint.Header;
        if (header.Hash != _spec.Hash || header.Step != step || header.Sequence > _log.Last || !TryLoad(content)) return false;
        _done = header.Done;
        Cut(header.Sequence);
        if (header.Scheduled) Append((sequence, _) => new CheckpointEvent(sequence, step, checkpoint.Sha256, content.Length));
        _run.Update(stored => stored with { CheckpointStep = step });
        return true;
    }

    private bool TryLoad(Stream content)
    {
        try
        {
            _learner.Load(content);
            return true;
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            _learner.Dispose(); // half of it may have been read
            _learner = NewLearner();
            return false;
        }
    }

    private void Cut(long sequence)
    {
        _log.Cut(sequence);
        _run.NoteCut(sequence);
    }

    private void Advance()
    {
        var report = _learner.Step(_stop.Abandon);
        long step = _learner.StepsTaken;
        if (report.State == IterationState.Diverged)
            throw new VsgGymException(ErrorKind.Numerical, new Fault("residual", VsgGymException.Show(report.Residual), "left the finite range", "diverged"));
        _done = report.State == IterationState.Converged ? "converged" : step >= _spec.MaxSteps ? "steps" : null;
        if (IsDue(_spec.MetricsEvery, step)) AppendMetrics();
        if (IsDue(_spec.EvaluateEvery, step)) Evaluate();
        if (IsDue(_spec.CheckpointEvery, step)) WriteCheckpoint(scheduled: true);
        _run.NoteStep(step);
    }

    private bool IsDue(long every, long step) => _done is not null || (every > 0 && step % every == 0);

    /// <summary>Writes a checkpoint where the step has none, so that the run may go on from it.</summary>
    private void KeepStep()
    {
        long step = _learner.StepsTaken;
        if (step > 0 && _run.Stored.CheckpointStep != step) WriteCheckpoint(scheduled: false);
    }

    private Func<StoredState, StoredState> Cancel()
    {
        KeepStep();
        long step = _learner.StepsTaken;
        if (step > 0 && !IsDue(_spec.MetricsEvery, step)) AppendMetrics();
        if (step > 0 && !IsDue(_spec.EvaluateEvery, step)) Evaluate();
        return End(RunState.Cancelled, "cancelled");
    }

    private Func<StoredState, StoredState> End(RunState state, string reason)
    {
        var models = _learner.StepsTaken > 0 && _exporter is not null ? ModelFiles.Export(_exporter, Context(), _learner.TakeModels(), _run.Directory) : [];
        if (models.Length > 0) Append((sequence, step) => new ExportEvent(sequence, step, models));
        Append((sequence, step) => new EndEvent(sequence, step, state, reason, []));
        _log.Sync();
        long now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        return stored => stored with { State = state, CancelRequested = false, Models = models, EndedUnixMs = now };
    }

    private RunExportContext Context() => new(_run.Id, _spec, _game, _learner.StepsTaken);

    private void AppendMetrics()
    {
        _learner.ReadMetrics(_metrics);
        Append((sequence, step) => new MetricsEvent(sequence, step, [.. _metrics]));
    }

    private void Evaluate()
    {
        var evaluation = RunEvaluator.Measure(_spec, _game, _metric, _learner.TakeModels(), _learner.StepsTaken, _stop.Abandon);
        Append((sequence, step) => new EvaluationEvent(sequence, step, evaluation));
    }

    private void WriteCheckpoint(bool scheduled)
    {
        _log.Sync(); // a checkpoint never speaks of events that are not on the disk
        long step = _learner.StepsTaken;
        var (sha256, bytes) = _shelf.Write(new CheckpointHeader(RunSpec.Version, _spec.Hash, step, _log.Last, scheduled, _done), _learner.Save);
        if (scheduled) Append((sequence, _) => new CheckpointEvent(sequence, step, sha256, bytes));
        _run.NoteStep(step);
        _run.Update(stored => stored with { CheckpointStep = step });
    }

    private void Append(Func<long, long, RunEvent> create)
    {
        _log.Append(sequence => create(sequence, _learner.StepsTaken));
        _run.NoteEvent(_log.Last);
    }
}
