using Grpc.Core;
using Microsoft.Extensions.Logging;
using VsgGym.Core;
using VsgGym.Server.Hosting;
using VsgGym.Server.Models;
using VsgGym.Server.Sessions;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Services;

/// <summary>Hands out, takes in and measures models.</summary>
/// <param name="library">Every model.</param>
/// <param name="uploads">Callers' models.</param>
/// <param name="engine">Checks what is uploaded.</param>
/// <param name="games">Finds or builds games.</param>
/// <param name="occupants">Finds and opens policies.</param>
/// <param name="work">How much goes on at once.</param>
/// <param name="limits">What the server takes at most.</param>
/// <param name="clock">The clock of uploads and evaluations.</param>
/// <param name="drain">Says when evaluations have to end.</param>
/// <param name="logger">Told what is kept and removed.</param>
internal sealed class ModelService(
    ModelLibrary library,
    ModelStore uploads,
    IModelEngine engine,
    GameResolver games,
    OccupantReader occupants,
    ModelWork work,
    ServerLimits limits,
    TimeProvider clock,
    Drain drain,
    ILogger<ModelService> logger)
    : Proto.ModelService.ModelServiceBase
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public override Task<Proto.ListModelsResponse> List(Proto.ListModelsRequest request, ServerCallContext context)
    {
        var response = new Proto.ListModelsResponse();
        response.Models.AddRange(library.List(request.RunId, request.GameId).Select(model => model.ToWire()));
        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override Task<Proto.Model> Get(Proto.ModelRequest request, ServerCallContext context) =>
        Task.FromResult(library.Get(request.ModelId).ToWire());

    /// <inheritdoc/>
    public override async Task Download(Proto.ModelRequest request, IServerStreamWriter<Proto.FileChunk> responseStream, ServerCallContext context)
    {
        var model = library.Get(request.ModelId);
        byte[] bytes = model.Read("model_id");
        foreach (var chunk in FileChunks.Split(model.Description.File, bytes, model.Description.Sha256))
            await responseStream.WriteAsync(chunk, context.CancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async Task<Proto.Model> Upload(IAsyncStreamReader<Proto.FileChunk> requestStream, ServerCallContext context)
    {
        using var slot = work.Uploads.Take();
        var file = await ReceiveAsync(requestStream, context.CancellationToken).ConfigureAwait(false);
        var model = await OnOwnThread(() => uploads.Add(file, () => engine.Inspect(file.Bytes))).ConfigureAwait(false);
        Log.ModelKept(logger, model.Id, file.Bytes.Length);
        return model.ToWire();
    }

    /// <inheritdoc/>
    public override Task<Proto.DeleteModelResponse> Delete(Proto.ModelRequest request, ServerCallContext context)
    {
        library.Delete(request.ModelId);
        Log.ModelDeleted(logger, request.ModelId);
        return Task.FromResult(new Proto.DeleteModelResponse());
    }

    /// <inheritdoc/>
    public override async Task<Proto.EvaluateResponse> Evaluate(Proto.EvaluateRequest request, ServerCallContext context)
    {
        using var slot = work.Evaluations.Take();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, drain.Ending);
        try
        {
            return await OnOwnThread(() =>
            {
                using var job = new EvaluationJob(request, games, occupants, limits);
                return job.Run(clock, ended.Token);
            }).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (drain.Ending.IsCancellationRequested && !context.CancellationToken.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "the server is shutting down: evaluate again on another server, or later"));
        }
    }

    private async Task<ReceivedFile> ReceiveAsync(IAsyncStreamReader<Proto.FileChunk> chunks, CancellationToken cancellationToken)
    {
        var file = new IncomingFile(limits.MaxModelBytes);
        using var stalled = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stalled.Token, cancellationToken);
        try
        {
            while (await chunks.MoveNext(either.Token).ConfigureAwait(false))
            {
                file.Add(chunks.Current);
                stalled.CancelAfter(Patience);
            }
        }
        catch (OperationCanceledException) when (stalled.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw VsgGymException.OutOfOrder("chunks", null, $"no chunk came for {Patience.TotalSeconds} s: upload the file again", "stalled");
        }

        return file.Finish();
    }

    private static Task<T> OnOwnThread<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
