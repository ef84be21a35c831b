using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <content>Training.</content>
public sealed partial class VsgGymClient
{
    /// <summary>Every learner of the server, by id.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="VsgGymException">The call failed.</exception>
    public Task<IReadOnlyList<CatalogEntry>> LearnersAsync(CancellationToken cancellationToken = default) => ListAsync(EntryKind.Learner, cancellationToken);

    /// <summary>Starts a training run; it goes on whether or not this client does.</summary>
    /// <param name="game">An id, a game with options, or a game given in full.</param>
    /// <param name="learner">The learner's id.</param>
    /// <param name="options">The learner's options; null for the defaults.</param>
    /// <param name="settings">Seed, name, evaluations, checkpoints; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the wait for the start.</param>
    /// <exception cref="NotFoundException">No such game or learner.</exception>
    /// <exception cref="InvalidArgumentException">An option is wrong, or the learner cannot learn this game; every fault is listed.</exception>
    /// <exception cref="ResourceExhaustedException">Too many runs wait or are kept.</exception>
    /// <example>
    /// <code>
    /// var run = await client.TrainAsync("differential-v0", "rommeo_ac", settings: new() { Seed = 1 });
    /// await foreach (var update in run.WatchAsync()) Console.WriteLine(update);
    /// await run.DownloadAsync("out");
    /// </code>
    /// </example>
    public async Task<TrainingRun> TrainAsync(
        GameSource game, string learner, Options? options = null, TrainSettings? settings = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(game);
        var request = (settings ?? new TrainSettings()).ToWire(game, learner, options);
        return Handle(await _caller.UnaryAsync<Wire.StartRunRequest, Wire.Run>("train", _runs.StartAsync, request, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>A run of the server.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NotFoundException">No such run.</exception>
    public async Task<TrainingRun> RunAsync(string id, CancellationToken cancellationToken = default) =>
        Handle(await _caller.UnaryAsync<Wire.RunRequest, Wire.Run>("get", _runs.GetAsync, new Wire.RunRequest { RunId = id }, cancellationToken).ConfigureAwait(false));

    /// <summary>The runs of the server, oldest first.</summary>
    /// <param name="states">Those in one of these states; null or none: all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="VsgGymException">The call failed.</exception>
    public async Task<IReadOnlyList<TrainingRun>> RunsAsync(IEnumerable<RunState>? states = null, CancellationToken cancellationToken = default)
    {
        var request = new Wire.ListRunsRequest();
        request.States.AddRange((states ?? []).Select(state => (Wire.RunState)state));
        var response = await _caller.UnaryAsync<Wire.ListRunsRequest, Wire.ListRunsResponse>("list", _runs.ListAsync, request, cancellationToken).ConfigureAwait(false);
        return [.. response.Runs.Select(Handle)];
    }

    private TrainingRun Handle(Wire.Run run) => new(_runs, _caller, run);
}
