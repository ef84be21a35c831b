using Google.Protobuf;
using Grpc.Core;
using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>B copies of a game on the server: reset, write actions, step, read.</summary>
/// <remarks>
/// One call at a time. An error of the caller's leaves the worlds as they were. Over a stream, cancelling a call in flight ends the
/// stream and with it the environment. Disposing closes the environment on the server.
/// </remarks>
/// <example>
/// <code>
/// await using var env = await client.MakeAsync("pursuit-v0", new() { NumEnvs = 64, Seed = 0 });
/// BatchStep step = await env.ResetAsync();
/// env.Actions("hunter").Fill(0);
/// env.Actions("prey").Fill(0);
/// step = await env.StepAsync();
/// Console.WriteLine(step.Rewards("hunter")[0]);
/// </code>
/// </example>
public sealed class BatchEnvironment : IAsyncDisposable
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    private readonly IEnvironmentCalls _calls;
    private readonly StepFields _fields;
    private readonly ActionBuffer _actions;
    private readonly Wire.StepRequest _ownActions;
    private int _busy;
    private bool _closed;

    private BatchEnvironment(IEnvironmentCalls calls, Wire.MakeResponse made, int copies)
    {
        _calls = calls;
        Id = made.EnvironmentId;
        GameId = made.GameId;
        NumEnvs = copies;
        Players = [.. made.Players.Select(p => new PlayerInfo(p.Name, CatalogReader.Space(p.Observation), CatalogReader.Space(p.Action)))];
        AllPlayers = [.. made.AllPlayers];
        Seeds = [.. made.Seeds];
        Autoreset = (AutoresetMode)made.Autoreset;
        Horizon = made.HasHorizon ? made.Horizon : null;
        (Discount, LowestReward, HighestReward) = (made.Discount, made.LowestReward, made.HighestReward);
        var seats = new SeatTable(Players);
        _fields = new StepFields(made, seats);
        _actions = new ActionBuffer(seats, copies);
        _ownActions = new Wire.StepRequest { EnvironmentId = Id, Actions = UnsafeByteOperations.UnsafeWrap(_actions.Bytes) };
    }

    /// <summary>The server's name for this environment.</summary>
    public string Id { get; }

    /// <summary>Id of the game played.</summary>
    public string GameId { get; }

    /// <summary>Number of copies B.</summary>
    public int NumEnvs { get; }

    /// <summary>The caller's seats, in the order asked for.</summary>
    public IReadOnlyList<PlayerInfo> Players { get; }

    /// <summary>Every seat of the game.</summary>
    public IReadOnlyList<string> AllPlayers { get; }

    /// <summary>Effective seed of each copy, [B].</summary>
    public IReadOnlyList<ulong> Seeds { get; private set; }

    /// <summary>What happens to a copy whose episode has ended, as the server understood it.</summary>
    public AutoresetMode Autoreset { get; }

    /// <summary>Decisions of an episode; null without a horizon.</summary>
    public int? Horizon { get; }

    /// <summary>In (0, 1]; 1 with a horizon.</summary>
    public double Discount { get; }

    /// <summary>Bytes that a step sends.</summary>
    public int ActionBytes => _actions.Bytes.Length;

    /// <summary>Bytes that a step brings back.</summary>
    public int StepBytes => _fields.Bytes;

    /// <summary>Least reward of a step.</summary>
    public double LowestReward { get; }

    /// <summary>Largest reward of a step.</summary>
    public double HighestReward { get; }

    /// <summary>The discrete actions of a seat to send with the next step, [B]; keeps what was written before.</summary>
    /// <param name="player">Name or place of a seat.</param>
    /// <exception cref="InvalidArgumentException">No such seat, or it acts in a box.</exception>
    public Span<int> Actions(Seat player) => _actions.Discrete(player);

    /// <summary>The box actions of a seat to send with the next step, [B * length], copy after copy; keeps what was written before.</summary>
    /// <param name="player">Name or place of a seat.</param>
    /// <exception cref="InvalidArgumentException">No such seat, or it acts by whole numbers.</exception>
    public Span<float> BoxActions(Seat player) => _actions.Box(player);

    /// <summary>Copies the discrete actions of a seat in.</summary>
    /// <param name="player">Name or place of a seat.</param>
    /// <param name="actions">[B].</param>
    /// <exception cref="InvalidArgumentException">No such seat, another kind of action, or a wrong number of them.</exception>
    public void SetActions(Seat player, ReadOnlySpan<int> actions) => _actions.Set(player, actions, _actions.Discrete(player));

    /// <summary>Copies the box actions of a seat in.</summary>
    /// <param name="player">Name or place of a seat.</param>
    /// <param name="actions">[B * length].</param>
    /// <exception cref="InvalidArgumentException">No such seat, another kind of action, or a wrong number of them.</exception>
    public void SetActions(Seat player, ReadOnlySpan<float> actions) => _actions.Set(player, actions, _actions.Box(player));

    /// <summary>Starts new episodes.</summary>
    /// <param name="seed">Copy k gets seed + k; null: the copies go on with their streams.</param>
    /// <param name="seeds">One seed per copy, instead of <paramref name="seed"/>.</param>
    /// <param name="mask">[B] which copies to reset; null: all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidArgumentException">A shape is wrong, or the mask marks nothing.</exception>
    public async ValueTask<BatchStep> ResetAsync(
        ulong? seed = null, IReadOnlyList<ulong>? seeds = null, IReadOnlyList<bool>? mask = null, CancellationToken cancellationToken = default)
    {
        if (seed is not null && seeds is not null)
            throw ErrorDecoder.Invalid("seeds", "seed and seeds", "give one seed, or one per copy, not both", "conflict");
        if (mask is { Count: 0 })
            throw ErrorDecoder.Invalid("reset_mask", "shape [0]", $"must have shape [{NumEnvs}], or be null for all copies", "wrong_shape");
        var request = new Wire.ResetRequest { EnvironmentId = Id };
        if (seed is { } first) request.Seeds.Add(first);
        request.Seeds.AddRange(seeds ?? []);
        if (mask is not null) request.Mask = UnsafeByteOperations.UnsafeWrap(mask.Select(marked => marked ? (byte)1 : (byte)0).ToArray());
        Enter("reset");
        try
        {
            var response = await _calls.ResetAsync(request, cancellationToken).ConfigureAwait(false);
            if (response.Seeds.Count > 0) Seeds = [.. response.Seeds];
            return View(response);
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    /// <summary>Takes one step of the whole batch with the actions written into <see cref="Actions"/> and <see cref="BoxActions"/>.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidArgumentException">An action is out of range or illegal; nothing has changed then.</exception>
    /// <exception cref="FailedPreconditionException">Before the first reset, after the close, or a copy has ended and autoreset is disabled.</exception>
    public ValueTask<BatchStep> StepAsync(CancellationToken cancellationToken = default) => StepAsync(_ownActions, cancellationToken);

    /// <summary>Takes one step of the whole batch with actions given as bytes.</summary>
    /// <param name="actions">Seat after seat, in the order of <see cref="Players"/>: int32 [B] or float32 [B, length], little-endian.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidArgumentException">Wrong length, or an action is out of range or illegal; nothing has changed then.</exception>
    /// <exception cref="FailedPreconditionException">Before the first reset, after the close, or a copy has ended and autoreset is disabled.</exception>
    public ValueTask<BatchStep> StepAsync(ReadOnlyMemory<byte> actions, CancellationToken cancellationToken = default) =>
        StepAsync(new Wire.StepRequest { EnvironmentId = Id, Actions = UnsafeByteOperations.UnsafeWrap(actions) }, cancellationToken);

    /// <summary>A picture of one copy.</summary>
    /// <param name="copy">In [0, B).</param>
    /// <param name="format">Text or SVG.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidArgumentException">No such copy.</exception>
    public async Task<string> RenderAsync(int copy = 0, RenderFormat format = RenderFormat.Text, CancellationToken cancellationToken = default) =>
        (await DrawAsync(copy, (Wire.RenderFormat)format, cancellationToken).ConfigureAwait(false)).Picture;

    /// <summary>Draws one copy in pixels: what its SVG shows on a light page.</summary>
    /// <param name="copy">Which copy, from 0.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidArgumentException">No such copy.</exception>
    /// <exception cref="FailedPreconditionException">Closed or never reset.</exception>
    /// <exception cref="ResourceExhaustedException">The picture is larger than the largest message.</exception>
    public async Task<RgbPicture> RenderRgbAsync(int copy = 0, CancellationToken cancellationToken = default)
    {
        var response = await DrawAsync(copy, Wire.RenderFormat.Rgb, cancellationToken).ConfigureAwait(false);
        return new RgbPicture(response.Pixels.Memory, response.Width, response.Height);
    }

    private async Task<Wire.RenderResponse> DrawAsync(int copy, Wire.RenderFormat format, CancellationToken cancellationToken)
    {
        Enter("render");
        try
        {
            var request = new Wire.RenderRequest { EnvironmentId = Id, Copy = copy, Format = format };
            return await _calls.RenderAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    /// <summary>Closes the environment on the server; what the server no longer has is closed too.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_closed) return;
        _closed = true;
        using var stop = new CancellationTokenSource(CloseTimeout);
        try
        {
            // A call still in flight owns a stream: ending the stream closes the environment as well. A unary call owns nothing.
            bool idle = Interlocked.Exchange(ref _busy, 1) == 0;
            if (idle || !_calls.EndsWithItsTransport)
                await _calls.CloseAsync(new Wire.CloseRequest { EnvironmentId = Id }, stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is VsgGymException or OperationCanceledException or RpcException or InvalidOperationException)
        {
            // The server is gone, or has closed it already: nothing is left to close.
        }

        await _calls.DisposeAsync().ConfigureAwait(false);
    }

    internal static async Task<BatchEnvironment> MakeAsync(IEnvironmentCalls calls, Wire.MakeRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return new BatchEnvironment(calls, await calls.MakeAsync(request, cancellationToken).ConfigureAwait(false), request.NumEnvs);
        }
        catch
        {
            await calls.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<BatchStep> StepAsync(Wire.StepRequest request, CancellationToken cancellationToken)
    {
        Enter("step");
        try
        {
            return View(await _calls.StepAsync(request, cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    private void Enter(string call)
    {
        if (_closed) throw ErrorDecoder.OutOfOrder(call, string.Empty, $"{call} after close (it was closed): make a new environment", "after_close"); // as the server says it
        if (Interlocked.Exchange(ref _busy, 1) != 0)
            throw ErrorDecoder.OutOfOrder(call, string.Empty, $"{call} while another call runs: await one call before the next", "busy");
    }

    private BatchStep View(Wire.StepResponse response) => response.Data.Length == _fields.Bytes
        ? new BatchStep(response.Data.Memory, _fields)
        : throw new InternalException(
            "the server sent a step of another length than it announced",
            [new Fault("data", $"{response.Data.Length} bytes", $"must have {_fields.Bytes} bytes", "wrong_length")]);
}
