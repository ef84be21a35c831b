using Grpc.Core;
using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <content>Models.</content>
public sealed partial class VsgGymClient
{
    /// <summary>The models the server keeps.</summary>
    /// <param name="runId">Those of this run; null: all.</param>
    /// <param name="gameId">Those of this game; null: all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="VsgGymException">The call failed.</exception>
    public async Task<IReadOnlyList<ModelInfo>> ModelsAsync(string? runId = null, string? gameId = null, CancellationToken cancellationToken = default)
    {
        var request = new Wire.ListModelsRequest { RunId = runId ?? string.Empty, GameId = gameId ?? string.Empty };
        var response = await _caller.UnaryAsync<Wire.ListModelsRequest, Wire.ListModelsResponse>("list", _models.ListAsync, request, cancellationToken).ConfigureAwait(false);
        return [.. response.Models.Select(RunReader.Model)];
    }

    /// <summary>One model.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NotFoundException">No such model.</exception>
    public async Task<ModelInfo> ModelAsync(string id, CancellationToken cancellationToken = default) => RunReader.Model(
        await _caller.UnaryAsync<Wire.ModelRequest, Wire.Model>("get", _models.GetAsync, new Wire.ModelRequest { ModelId = id }, cancellationToken).ConfigureAwait(false));

    /// <summary>Keeps an ONNX file on the server, where it may fill a seat.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Gives up the upload.</param>
    /// <exception cref="InvalidArgumentException">The file is no model that can fill a seat; every fault is listed.</exception>
    /// <exception cref="ResourceExhaustedException">It is too large, or the server keeps too many already.</exception>
    public async Task<ModelInfo> UploadModelAsync(string path, CancellationToken cancellationToken = default) =>
        await UploadModelAsync(Path.GetFileName(path), await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>Keeps an ONNX file on the server, where it may fill a seat.</summary>
    /// <param name="name">A name for the file.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="cancellationToken">Gives up the upload.</param>
    /// <exception cref="InvalidArgumentException">The file is no model that can fill a seat; every fault is listed.</exception>
    /// <exception cref="ResourceExhaustedException">It is too large, or the server keeps too many already.</exception>
    public async Task<ModelInfo> UploadModelAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        using var call = _models.Upload(_caller.For(_caller.Options.Timeout, cancellationToken));
        try
        {
            try
            {
                await FileSender.SendAsync(call.RequestStream, name, content, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (error is RpcException or InvalidOperationException)
            {
                // The server refused before it had read everything: the answer says why.
            }

            return RunReader.Model(await call.ResponseAsync.ConfigureAwait(false));
        }
        catch (RpcException e)
        {
            throw ErrorDecoder.Decode(e, "upload", cancellationToken);
        }
    }

    /// <summary>Brings a model's ONNX file.</summary>
    /// <param name="id">The model's id.</param>
    /// <param name="path">Where to write it; it appears there when it is whole and its SHA-256 is right.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <exception cref="NotFoundException">No such model.</exception>
    /// <exception cref="InvalidDataException">The file arrived broken.</exception>
    public async Task DownloadModelAsync(string id, string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var call = _models.Download(new Wire.ModelRequest { ModelId = id }, _caller.For(null, cancellationToken));
        await FileReceiver.ReceiveAsync(call.ResponseStream, _ => path, "download", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes an uploaded model.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NotFoundException">No such model.</exception>
    /// <exception cref="FailedPreconditionException">It belongs to a run: it goes with the run.</exception>
    public Task DeleteModelAsync(string id, CancellationToken cancellationToken = default) =>
        _caller.UnaryAsync<Wire.ModelRequest, Wire.DeleteModelResponse>("delete", _models.DeleteAsync, new Wire.ModelRequest { ModelId = id }, cancellationToken);

    /// <summary>Plays whole episodes on the server with a policy in every seat.</summary>
    /// <param name="game">An id, a game with options, or a game given in full.</param>
    /// <param name="policies">By player; seats not named play uniformly.</param>
    /// <param name="settings">Episodes, seed, provider; null for the defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="NotFoundException">No such game or model.</exception>
    /// <exception cref="InvalidArgumentException">A policy does not fit its seat, or the provider is not there; every fault is listed.</exception>
    /// <example>
    /// <code>
    /// var result = await client.EvaluateAsync("differential-v0", new Dictionary&lt;string, Occupant&gt;
    /// {
    ///     ["player_0"] = Occupant.FromModel(run.Info.Models[0], greedy: true),
    /// });
    /// </code>
    /// </example>
    public async Task<Evaluation> EvaluateAsync(
        GameSource game, IReadOnlyDictionary<string, Occupant> policies, EvaluateSettings? settings = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(policies);
        settings ??= new EvaluateSettings();
        settings.Check();
        var request = new Wire.EvaluateRequest
        {
            Game = game.ToWire(),
            Episodes = settings.Episodes,
            Seed = settings.Seed,
            NumEnvs = settings.NumEnvs ?? 0,
            Provider = settings.Provider,
            TimeLimit = settings.TimeLimit ?? 0,
        };
        request.Policies.AddRange(policies.Select(policy => policy.Value.ToWire(policy.Key)));
        var wire = await _caller.UnaryAsync<Wire.EvaluateRequest, Wire.EvaluateResponse>("evaluate", _models.EvaluateAsync, request, cancellationToken).ConfigureAwait(false);
        var players = wire.Players.ToDictionary(p => p.Player, p => new PlayerResult(p.MeanReturn, p.StdError, p.Lowest, p.Highest), StringComparer.Ordinal);
        return new Evaluation(wire.Episodes, wire.MeanLength, players, TimeSpan.FromSeconds(wire.ElapsedSeconds));
    }
}
