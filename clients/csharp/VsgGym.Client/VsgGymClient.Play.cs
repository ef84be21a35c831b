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
}
