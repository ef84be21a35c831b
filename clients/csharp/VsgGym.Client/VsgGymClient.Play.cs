using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <content>Playing.</content>
public sealed partial class VsgGymClient
{
    /// <summary>Makes copies of a game on the server.</summary>
    /// <param name="game">An id, a game with options, or a game given in full.</param>
    /// <param name="options">Copies, seats, seeds, autoreset; null: one copy, every seat.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NotFoundException">No such game.</exception>
    /// <exception cref="InvalidArgumentException">Something of the request is wrong; every fault is listed.</exception>
    /// <exception cref="ResourceExhaustedException">A batch, message or number of environments above the limits.</exception>
    /// <example>
    /// <code>
    /// await using var env = await client.MakeAsync("pursuit-v0", new() { NumEnvs = 64, Seed = 0, Seats = ["hunter"] });
    /// </code>
    /// </example>
    public async Task<BatchEnvironment> MakeAsync(GameSource game, MakeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(game);
        options ??= new MakeOptions();
        var request = options.ToWire(game, _caller.Options.MaxMessageBytes);
        IEnvironmentCalls calls = (options.Transport ?? _caller.Options.Transport) == EnvironmentTransport.Stream
            ? new StreamCalls(_environments, _caller)
            : new UnaryCalls(_environments, _caller);
        return await BatchEnvironment.MakeAsync(calls, request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Plays one episode on the server and draws every step of it.</summary>
    /// <param name="game">An id, a game with options, or a game given in full.</param>
    /// <param name="settings">Who plays, seed, length, pace; null: uniform play, the server's seed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="NotFoundException">No such game or model.</exception>
    /// <exception cref="InvalidArgumentException">Something of the request is wrong; every fault is listed.</exception>
    /// <exception cref="ResourceExhaustedException">The picture is larger than the largest message.</exception>
    /// <example>
    /// <code>
    /// var recording = await client.RecordAsync("pursuit-v0", new() { Seed = 0, Players = { ["hunter"] = Occupant.FromModel("run-1-hunter") } });
    /// await File.WriteAllTextAsync("pursuit.svg", recording.Svg);
    /// </code>
    /// </example>
    public async Task<EpisodeRecording> RecordAsync(GameSource game, RecordSettings? settings = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(game);
        var request = (settings ?? new RecordSettings()).ToWire(game);
        var wire = await _caller.UnaryAsync<Wire.RecordRequest, Wire.RecordResponse>("record", _environments.RecordAsync, request, cancellationToken).ConfigureAwait(false);
        return new EpisodeRecording(wire.Svg, wire.Steps, [.. wire.Returns], wire.Seed, wire.Ended);
    }
}
