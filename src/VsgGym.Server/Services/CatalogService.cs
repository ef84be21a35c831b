using Grpc.Core;
using Microsoft.Extensions.Logging;
using VsgGym.Core;
using VsgGym.Server.Hosting;
using VsgGym.Server.Sessions;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Services;

/// <summary>Tells what the server has and what it takes at most; keeps callers' games.</summary>
/// <param name="catalog">Games, solvers and metrics.</param>
/// <param name="games">Finds, builds and keeps games.</param>
/// <param name="limits">What the server takes at most.</param>
/// <param name="logger">Told of each client.</param>
internal sealed class CatalogService(Catalog catalog, GameResolver games, ServerLimits limits, ILogger<CatalogService> logger)
    : Proto.CatalogService.CatalogServiceBase
{
    private static readonly string[] Capabilities =
    [
        "unary", "stream", "next_step", "same_step", "disabled", "final_observation", "legal_actions", "partial_reset",
        "seats.uniform", "seats.table", "seats.model", "uploads", "uploads.sparse", "uploads.efg", "uploads.mean_field", "uploads.flow", "export_game", "render.text", "render.svg", "solve", "certify", "runs", "models",
    ];

    /// <inheritdoc/>
    public override Task<Proto.HandshakeResponse> Handshake(Proto.HandshakeRequest request, ServerCallContext context)
    {
        if (request.ProtocolMajor != ProtocolVersion.Major)
            throw VsgGymException.OutOfOrder(
                "protocol_major",
                request.ProtocolMajor,
                $"the server speaks protocol {ProtocolVersion.Text} and the client {request.ProtocolMajor}.{request.ProtocolMinor}: "
                + $"the first numbers must be equal, so use a client of version {ProtocolVersion.Major}.x or another server",
                "protocol_mismatch");
        Log.Handshake(logger, VsgGymException.Show(request.Client), request.ProtocolMajor, request.ProtocolMinor);
        var response = new Proto.HandshakeResponse
        {
            ProtocolMajor = ProtocolVersion.Major,
            ProtocolMinor = ProtocolVersion.Minor,
            Server = ProductVersion.Text,
            Limits = Write(limits),
        };
        response.Capabilities.AddRange(Capabilities);
        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override Task<Proto.ListResponse> List(Proto.ListRequest request, ServerCallContext context)
    {
        var response = new Proto.ListResponse();
        var entries = request.Kind switch
        {
            Proto.EntryKind.Unspecified => catalog.Games.Values.Concat(catalog.Solvers.Values).Concat(catalog.Metrics.Values).Concat(catalog.Learners.Values),
            Proto.EntryKind.Game => catalog.Games.Values,
            Proto.EntryKind.Solver => catalog.Solvers.Values,
            Proto.EntryKind.Metric => catalog.Metrics.Values,
            Proto.EntryKind.Learner => catalog.Learners.Values,
            _ => throw VsgGymException.Invalid("kind", (int)request.Kind, "must be 1 (game), 2 (solver), 3 (metric), 4 (learner) or 0 for all", "unknown_value"),
        };
        response.Entries.AddRange(entries.Select(EntryWriter.Write));
        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override Task<Proto.DescribeResponse> Describe(Proto.DescribeRequest request, ServerCallContext context) =>
        Task.FromResult(new EntryFinder(catalog, games).Describe(request));

    /// <inheritdoc/>
    public override Task<Proto.UploadGameResponse> UploadGame(Proto.UploadGameRequest request, ServerCallContext context) =>
        Task.FromResult(new Proto.UploadGameResponse { Id = games.Upload(request.Game) });

    /// <inheritdoc/>
    public override Task<Proto.ListUploadsResponse> ListUploads(Proto.ListUploadsRequest request, ServerCallContext context)
    {
        var response = new Proto.ListUploadsResponse();
        response.Uploads.AddRange(games.Uploads());
        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override Task<Proto.DeleteUploadResponse> DeleteUpload(Proto.DeleteUploadRequest request, ServerCallContext context)
    {
        games.Delete(request.Id);
        return Task.FromResult(new Proto.DeleteUploadResponse());
    }

    /// <inheritdoc/>
    public override Task<Proto.ExportGameResponse> ExportGame(Proto.ExportGameRequest request, ServerCallContext context) =>
        Task.FromResult(new GameExport(limits.MaxMessageBytes).Write(games.Resolve(request.Game), request.Sparse));

    private static Proto.Limits Write(ServerLimits limits) => new()
    {
        MaxMessageBytes = limits.MaxMessageBytes,
        MaxNumEnvs = limits.MaxNumEnvs,
        MaxEnvironments = limits.MaxEnvironments,
        MaxSolves = limits.MaxSolves,
        MaxUploads = limits.MaxUploads,
        MaxRuns = limits.MaxRuns,
        MaxQueuedRuns = limits.MaxQueuedRuns,
        IdleSeconds = limits.Idle.TotalSeconds,
        OrphanSeconds = limits.Orphan.TotalSeconds,
        MaxModels = limits.MaxModels,
        MaxModelBytes = limits.MaxModelBytes,
        MaxSolveBytes = limits.MaxSolveBytes,
    };
}
