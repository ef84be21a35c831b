using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Google.Protobuf;
using VsgGym.Core;
using VsgGym.Server.Hosting;
using VsgGym.Server.Models;
using VsgGym.Server.Pictures;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>One caller's batch of worlds behind the protocol's messages; plain and synchronous, without gRPC.</summary>
/// <remarks>
/// Calls are taken one at a time: a call that comes while another runs waits for it. Every refused call leaves the worlds as
/// they were. The two forms of Reset and Step differ in who owns the answer's bytes: the plain ones copy, so the answer stays
/// as it is; the ones in place wrap the batch's own buffer and reuse one message, so the answer must be serialized before the
/// session's next call (a stream does that: it reads the next request only after the last answer is written).
/// </remarks>
internal sealed class EnvironmentSession
{
    private readonly Lock _gate = new();
    private readonly Game _game;
    private readonly VectorEnvironment _batch;
    private readonly Proto.StepResponse _inPlace;
    private readonly long _pictureLimit;
    private readonly OpenModels _models;
    private bool _started;
    private string? _closedBecause;

    private EnvironmentSession(string id, ResolvedGame game, VectorEnvironment batch, Proto.MakeResponse made, OpenModels models, long pictureLimit)
    {
        Id = id;
        _game = game.Game;
        _batch = batch;
        Made = made;
        _models = models;
        _pictureLimit = pictureLimit;
        _inPlace = new Proto.StepResponse { Data = UnsafeByteOperations.UnsafeWrap(batch.Worlds.Wire) };
    }

    /// <summary>The environment's id.</summary>
    public string Id { get; }

    /// <summary>The answer to Make.</summary>
    public Proto.MakeResponse Made { get; }

    /// <summary>Makes the batch a request asks for; limits are checked before anything is allocated.</summary>
    /// <param name="id">The id it is to have.</param>
    /// <param name="request">The request.</param>
    /// <param name="games">Finds or builds the game.</param>
    /// <param name="occupants">Finds and opens the policies of the seats that the caller leaves.</param>
    /// <param name="limits">What an environment may need.</param>
    /// <exception cref="VsgGymException">The request is at fault, or beyond a limit of the server or the client.</exception>
    public static EnvironmentSession Make(string id, Proto.MakeRequest request, GameResolver games, OccupantReader occupants, ServerLimits limits)
    {
        var models = new OpenModels();
        try
        {
            return Make(id, request, games, occupants, models, limits);
        }
        catch
        {
            models.Dispose();
            throw;
        }
    }

    /// <summary>Starts new episodes; the answer is the caller's to keep.</summary>
    /// <exception cref="VsgGymException">Closed, or seeds or mask are at fault.</exception>
    public Proto.StepResponse Reset(Proto.ResetRequest request)
    {
        lock (_gate)
        {
            StartEpisodes(request);
            return Copy(request.Seeds.Count > 0);
        }
    }

    /// <summary>Takes one step of the whole batch; the answer is the caller's to keep.</summary>
    /// <exception cref="VsgGymException">Closed, out of order, or an action is at fault.</exception>
    public Proto.StepResponse Step(Proto.StepRequest request)
    {
        lock (_gate)
        {
            ThrowIfClosed("step");
            _batch.Step(request.Actions.Span);
            return Copy(withSeeds: false);
        }
    }

    /// <summary>As <see cref="Reset"/>, but the answer is valid until the next call only.</summary>
    public Proto.StepResponse ResetInPlace(Proto.ResetRequest request)
    {
        lock (_gate)
        {
            StartEpisodes(request);
            _inPlace.Seeds.Clear();
            if (request.Seeds.Count > 0) AddSeeds(_inPlace);
            return _inPlace;
        }
    }

    /// <summary>As <see cref="Step"/>, but the answer is valid until the next call only; allocates nothing.</summary>
    public Proto.StepResponse StepInPlace(Proto.StepRequest request)
    {
        lock (_gate)
        {
            ThrowIfClosed("step");
            _batch.Step(request.Actions.Span);
            _inPlace.Seeds.Clear();
            return _inPlace;
        }
    }

    /// <summary>Draws one copy.</summary>
    /// <exception cref="VsgGymException">Closed, never reset, no such copy or format, or the picture is too large.</exception>
    public Proto.RenderResponse Render(Proto.RenderRequest request)
    {
        lock (_gate)
        {
            ThrowIfClosed("render");
            if (!_started) throw VsgGymException.OutOfOrder("render", null, "reset the environment before the first picture", "render_before_reset");
            if (request.Copy < 0 || request.Copy >= _batch.Copies)
                throw VsgGymException.Invalid("copy", request.Copy, $"must be in [0, {_batch.Copies - 1}]", "out_of_range");
            return RenderAnswer.Write(_game.Draw(new World(_batch.Worlds, request.Copy)), request.Format, _pictureLimit);
        }
    }

    /// <summary>Ends the environment; closing it again changes nothing.</summary>
    /// <param name="because">Why, for the error of a later call: "it was closed".</param>
    public void Close(string because = "it was closed")
    {
        lock (_gate)
        {
            _closedBecause ??= because;
            _models.Dispose();
        }
    }

    /// <summary>The error of a call that comes after the end.</summary>
    public static VsgGymException AfterClose(string call, string because) =>
        VsgGymException.OutOfOrder(call, null, $"{call} after close ({because}): make a new environment", "after_close");

    private static EnvironmentSession Make(string id, Proto.MakeRequest request, GameResolver games, OccupantReader occupants, OpenModels models, ServerLimits limits)
    {
        MakeReader.CheckCopies(request, limits);
        var game = games.Resolve(request.Game);
        var environment = game.Game.CreateEnvironment();
        var options = MakeReader.Read(request, environment.Spec, occupants, models);
        var sizes = new MessageSizes(environment.Spec, options);
        sizes.Check(request, game.Id, limits);
        var batch = new VectorEnvironment(environment, options, request.HasSeed ? request.Seed : DrawSeed());
        var made = MakeAnswer.Write(id, game, batch);
        sizes.Include(made);
        sizes.Check(request, game.Id, limits);
        made.MaxMessageBytes = sizes.Largest;
        return new EnvironmentSession(id, game, batch, made, models, Math.Min(MessageSizes.ClientLimit(request), limits.MaxMessageBytes));
    }

    /// <summary>A seed for a caller that gives none.</summary>
    public static ulong DrawSeed() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    private void StartEpisodes(Proto.ResetRequest request)
    {
        ThrowIfClosed("reset");
        int odd = request.Mask.Span.IndexOfAnyExceptInRange((byte)0, (byte)1);
        if (odd >= 0) throw VsgGymException.Invalid($"reset_mask[{odd}]", request.Mask[odd], "must be a bool: 0 or 1", "wrong_dtype");
        var seeds = new ulong[request.Seeds.Count];
        request.Seeds.CopyTo(seeds, 0);
        _batch.Reset(seeds, MemoryMarshal.Cast<byte, bool>(request.Mask.Span));
        _started = true;
    }

    private Proto.StepResponse Copy(bool withSeeds)
    {
        var wire = _batch.Worlds.Wire.Span;
        var data = GC.AllocateUninitializedArray<byte>(wire.Length);
        wire.CopyTo(data);
        var response = new Proto.StepResponse { Data = UnsafeByteOperations.UnsafeWrap(data) };
        if (withSeeds) AddSeeds(response);
        return response;
    }

    private void AddSeeds(Proto.StepResponse response)
    {
        response.Seeds.Capacity = _batch.Copies;
        for (int b = 0; b < _batch.Copies; b++) response.Seeds.Add(_batch.Worlds.SeedOf(b));
    }

    private void ThrowIfClosed(string call)
    {
        if (_closedBecause is { } because) throw AfterClose(call, because);
    }
}
