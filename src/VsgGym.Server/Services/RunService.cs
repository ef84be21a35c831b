using Grpc.Core;
using VsgGym.Runs;
using VsgGym.Server.Sessions;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Services;

/// <summary>Trains: every call is the engine's, in messages.</summary>
/// <param name="host">The engine.</param>
/// <param name="games">Finds or builds games.</param>
internal sealed class RunService(RunHost host, GameResolver games) : Proto.RunService.RunServiceBase
{
    /// <inheritdoc/>
    public override Task<Proto.Run> Start(Proto.StartRunRequest request, ServerCallContext context) =>
        Task.Run(() => RunWriter.Write(host.Engine.Start(RunReader.Read(request, games)))); // makes a learner to see that it can be

    /// <inheritdoc/>
    public override Task<Proto.Run> Get(Proto.RunRequest request, ServerCallContext context) =>
        Task.FromResult(RunWriter.Write(host.Engine.Get(request.RunId)));

    /// <inheritdoc/>
    public override Task<Proto.ListRunsResponse> List(Proto.ListRunsRequest request, ServerCallContext context)
    {
        var states = RunReader.Read(request.States);
        var runs = host.Engine.List().Where(run => states.Count == 0 || states.Contains(run.State));
        return Task.FromResult(new Proto.ListRunsResponse { Runs = { runs.Select(RunWriter.Write) } });
    }

    /// <inheritdoc/>
    public override async Task Watch(Proto.WatchRunRequest request, IServerStreamWriter<Proto.RunUpdate> responseStream, ServerCallContext context)
    {
        var spec = host.Engine.Get(request.RunId).Spec;
        var updates = host.Engine.WatchAsync(request.RunId, request.FromSequence, request.Follow, context.CancellationToken);
        try
        {
            await foreach (var update in updates.ConfigureAwait(false))
                await responseStream.WriteAsync(RunWriter.Write(update, request.RunId, spec)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested)
        {
            throw Ending();
        }
    }

    /// <inheritdoc/>
    public override Task<Proto.Run> Pause(Proto.RunRequest request, ServerCallContext context) =>
        WaitAsync(token => host.Engine.PauseAsync(request.RunId, token), context);

    /// <inheritdoc/>
    public override Task<Proto.Run> Resume(Proto.RunRequest request, ServerCallContext context) =>
        Task.FromResult(RunWriter.Write(host.Engine.Resume(request.RunId)));

    /// <inheritdoc/>
    public override Task<Proto.Run> Cancel(Proto.RunRequest request, ServerCallContext context) =>
        WaitAsync(token => host.Engine.CancelAsync(request.RunId, token), context);

    /// <inheritdoc/>
    public override Task<Proto.DeleteRunResponse> Delete(Proto.RunRequest request, ServerCallContext context)
    {
        host.Engine.Delete(request.RunId);
        return Task.FromResult(new Proto.DeleteRunResponse());
    }

    /// <inheritdoc/>
    public override async Task Download(Proto.DownloadRunRequest request, IServerStreamWriter<Proto.FileChunk> responseStream, ServerCallContext context)
    {
        foreach (var file in host.Engine.Files(request.RunId, request.Files))
            await FileSender.SendAsync(file.Name, file.Path, responseStream.WriteAsync, context.CancellationToken).ConfigureAwait(false);
    }

    private static async Task<Proto.Run> WaitAsync(Func<CancellationToken, Task<RunInfo>> call, ServerCallContext context)
    {
        try
        {
            return RunWriter.Write(await call(context.CancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested)
        {
            throw Ending();
        }
    }

    private static RpcException Ending() =>
        new(new Status(StatusCode.Unavailable, "the server is shutting down; its runs go on when it is started again"));
}
