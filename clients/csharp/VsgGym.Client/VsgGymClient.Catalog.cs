using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <content>What the server has.</content>
public sealed partial class VsgGymClient
{
    /// <summary>Every game of the server, by id.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="VsgGymException">The call failed.</exception>
    /// <example>
    /// <code>
    /// foreach (var game in await client.GamesAsync()) Console.WriteLine($"{game.Id}: {game.Summary}");
    /// </code>
    /// </example>
    public Task<IReadOnlyList<CatalogEntry>> GamesAsync(CancellationToken cancellationToken = default) => ListAsync(EntryKind.Game, cancellationToken);

    /// <summary>Every solver of the server, by id.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="VsgGymException">The call failed.</exception>
    public Task<IReadOnlyList<CatalogEntry>> SolversAsync(CancellationToken cancellationToken = default) => ListAsync(EntryKind.Solver, cancellationToken);

    /// <summary>Every metric of the server, by id: the concepts that certificates measure.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="VsgGymException">The call failed.</exception>
    public Task<IReadOnlyList<CatalogEntry>> MetricsAsync(CancellationToken cancellationToken = default) => ListAsync(EntryKind.Metric, cancellationToken);

    /// <summary>One game, solver, learner or metric with its options.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NotFoundException">No such id.</exception>
    /// <example>
    /// <code>
    /// Console.WriteLine((await client.DescribeAsync("rommeo_q")).OptionsSchemaJson);
    /// </code>
    /// </example>
    public Task<Description> DescribeAsync(string id, CancellationToken cancellationToken = default) =>
        id is not null && (id.EndsWith(".nfg", StringComparison.Ordinal) || id.EndsWith(".efg", StringComparison.Ordinal))
            ? DescribeAsync((GameSource)id, cancellationToken)
            : DescribeAsync(new Wire.DescribeRequest { Id = id }, cancellationToken);

    /// <summary>A game with options, or one given in full: its players, spaces and size.</summary>
    /// <param name="game">The game.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NotFoundException">No such game.</exception>
    /// <exception cref="InvalidArgumentException">Its options or arrays are wrong; every fault is listed.</exception>
    public Task<Description> DescribeAsync(GameSource game, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(game);
        return DescribeAsync(new Wire.DescribeRequest { Game = game.ToWire() }, cancellationToken);
    }

    /// <summary>Keeps a game given in full on the server, under an id made of what it is: the same game in any form has one id.</summary>
    /// <param name="game">Any game but a <see cref="CatalogGame"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The id, usable wherever a game's id is.</returns>
    /// <exception cref="InvalidArgumentException">Its arrays are wrong; every fault is listed.</exception>
    /// <exception cref="ResourceExhaustedException">It is too large, or the server keeps too many already.</exception>
    public async Task<string> UploadGameAsync(GameSource game, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(game);
        var response = await _caller.UnaryAsync<Wire.UploadGameRequest, Wire.UploadGameResponse>(
            "upload", _catalog.UploadGameAsync, new Wire.UploadGameRequest { Game = game.ToWire() }, cancellationToken).ConfigureAwait(false);
        return response.Id;
    }

    /// <summary>The uploaded games that the server keeps, by id.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<UploadInfo>> UploadsAsync(CancellationToken cancellationToken = default)
    {
        var response = await _caller.UnaryAsync<Wire.ListUploadsRequest, Wire.ListUploadsResponse>(
            "list uploads", _catalog.ListUploadsAsync, new Wire.ListUploadsRequest(), cancellationToken).ConfigureAwait(false);
        return [.. response.Uploads.Select(upload => new UploadInfo(upload.Id, upload.Title, upload.Kind, upload.Bytes))];
    }

    /// <summary>Forgets an uploaded game; environments, solves and runs that have it keep it.</summary>
    /// <param name="id">The id that the upload returned.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NotFoundException">The server keeps no such upload.</exception>
    public Task DeleteUploadAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return _caller.UnaryAsync<Wire.DeleteUploadRequest, Wire.DeleteUploadResponse>(
            "delete upload", _catalog.DeleteUploadAsync, new Wire.DeleteUploadRequest { Id = id }, cancellationToken);
    }

    /// <summary>A game of the catalog or an uploaded one as arrays, which <see cref="UploadGameAsync"/> takes back.</summary>
    /// <param name="game">The game.</param>
    /// <param name="sparse">A table's rewards and transitions in coordinate form, which large games need.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidArgumentException">The game has no arrays.</exception>
    /// <exception cref="ResourceExhaustedException">They are larger than a message may be; both sizes are named.</exception>
    /// <example>
    /// <code>
    /// var exported = await client.ExportGameAsync("climbing-v0");
    /// File.WriteAllText("climbing.nfg", exported.Nfg);
    /// </code>
    /// </example>
    public async Task<ExportedGame> ExportGameAsync(GameSource game, bool sparse = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(game);
        var response = await _caller.UnaryAsync<Wire.ExportGameRequest, Wire.ExportGameResponse>(
            "export game", _catalog.ExportGameAsync, new Wire.ExportGameRequest { Game = game.ToWire(), Sparse = sparse }, cancellationToken).ConfigureAwait(false);
        return new ExportedGame(ExportedGame.Read(response.Game), response.Nfg.Length == 0 ? null : response.Nfg);
    }

    private async Task<IReadOnlyList<CatalogEntry>> ListAsync(EntryKind kind, CancellationToken cancellationToken)
    {
        var response = await _caller.UnaryAsync<Wire.ListRequest, Wire.ListResponse>(
            "list", _catalog.ListAsync, new Wire.ListRequest { Kind = (Wire.EntryKind)kind }, cancellationToken).ConfigureAwait(false);
        return [.. response.Entries.Select(CatalogReader.Entry)];
    }

    private async Task<Description> DescribeAsync(Wire.DescribeRequest request, CancellationToken cancellationToken) =>
        CatalogReader.Description(await _caller.UnaryAsync<Wire.DescribeRequest, Wire.DescribeResponse>(
            "describe", _catalog.DescribeAsync, request, cancellationToken).ConfigureAwait(false));
}
