using VsgGym.Core;
using VsgGym.Runs;
using VsgGym.Server.Sessions;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Verbs.Training;

/// <summary>One run trained in this process; the directory's other runs are left as they are.</summary>
internal sealed class TrainJob : IAsyncDisposable
{
    private readonly RunEngine _engine;
    private readonly GameResolver _games;

    /// <summary>Opens the directory.</summary>
    /// <param name="catalog">Games and learners.</param>
    /// <param name="exporter">Writes what is learned, or null.</param>
    /// <param name="directory">The directory of runs.</param>
    /// <exception cref="VsgGymException">The directory cannot be used, or a server holds it.</exception>
    public TrainJob(Catalog catalog, IRunExporter? exporter, string directory)
    {
        _games = new GameResolver(catalog, new UploadStore(1, 1));
        _engine = RunEngine.Open(directory, new RunFactory(catalog), exporter, new RunLimits { MaxActive = 1 }, TimeProvider.System, goOn: false);
    }

    /// <summary>Starts a run.</summary>
    /// <exception cref="VsgGymException">The request is at fault.</exception>
    public Proto.Run Start(Proto.StartRunRequest request) => RunWriter.Write(_engine.Start(RunReader.Read(request, _games)));

    /// <summary>Goes on with a run that is paused, has failed, or was left by a server that is gone.</summary>
    /// <exception cref="VsgGymException">There is no such run, or it is done.</exception>
    public async Task<Proto.Run> ResumeAsync(string id)
    {
        if (_engine.Get(id).State == RunState.Queued) await _engine.PauseAsync(id).ConfigureAwait(false);
        return RunWriter.Write(_engine.Resume(id));
    }

    /// <summary>Trains until the run has ended or paused.</summary>
    /// <param name="run">The run as it was started.</param>
    /// <param name="view">Shows it.</param>
    /// <param name="pause">Completes when the run is to pause.</param>
    /// <param name="abandon">The run is to leave at once.</param>
    /// <returns>The run, and the newest evaluation of this life or null.</returns>
    public async Task<(Proto.Run Run, Proto.RunEvaluation? Evaluation)> TrainAsync(Proto.Run run, TrainView view, Task pause, CancellationToken abandon)
    {
        Proto.RunEvaluation? newest = null;
        using var hurry = abandon.Register(() => _ = _engine.StopAsync(new CancellationToken(canceled: true)));
        _ = pause.ContinueWith(_ => PauseAsync(run.RunId), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        await view.ShowAsync($"{run.GameId} by {run.Learner}", () => RunWriter.Write(_engine.Get(run.RunId)), async tell =>
        {
            await foreach (var update in _engine.WatchAsync(run.RunId, run.LastSequence + 1, follow: true, abandon).ConfigureAwait(false))
            {
                var wire = RunWriter.Write(update, run.RunId, _engine.Get(run.RunId).Spec);
                newest = wire.Event?.Evaluation ?? newest;
                tell(wire);
                if (update.Run?.State == RunState.Paused) break;
            }
        }).ConfigureAwait(false);
        return (RunWriter.Write(_engine.Get(run.RunId)), newest);
    }

    /// <summary>Copies a run's files into a directory.</summary>
    public IReadOnlyList<string> CopyFiles(string id, string directory) => DirectoryRuns.Copy(_engine.Files(id), directory);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private async Task PauseAsync(string id)
    {
        try
        {
            await _engine.PauseAsync(id).ConfigureAwait(false);
        }
        catch (Exception error) when (error is VsgGymException or OperationCanceledException)
        {
            // It has ended in the meantime, which is as good.
        }
    }
}
