using Grpc.Core;
using VsgGym.Server.Hosting;
using VsgGym.Server.Models;
using VsgGym.Server.Pictures;
using VsgGym.Server.Sessions;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Services;

/// <summary>Plays games: unary calls on registered environments, and one environment per stream.</summary>
/// <param name="registry">The open environments.</param>
/// <param name="games">Finds or builds games.</param>
/// <param name="occupants">Finds and opens policies.</param>
/// <param name="limits">What an environment may need.</param>
/// <param name="work">How much recording goes on at once.</param>
/// <param name="drain">Says when streams have to end: before their next request.</param>
internal sealed class EnvironmentService(
    EnvironmentRegistry registry, GameResolver games, OccupantReader occupants, ServerLimits limits, ModelWork work, Drain drain)
    : Proto.EnvironmentService.EnvironmentServiceBase
{
    /// <inheritdoc/>
    public override Task<Proto.MakeResponse> Make(Proto.MakeRequest request, ServerCallContext context)
    {
        var session = registry.Add(ConnectionOf(context), id => EnvironmentSession.Make(id, request, games, occupants, limits));
        if (!context.CancellationToken.IsCancellationRequested) return Task.FromResult(session.Made);
        // The caller has gone and will never learn the id, so nobody could close the environment.
        registry.Close(session.Id);
        throw new OperationCanceledException("The client gave up on the environment.", context.CancellationToken);
    }

    /// <inheritdoc/>
    public override Task<Proto.StepResponse> Reset(Proto.ResetRequest request, ServerCallContext context) =>
        Task.FromResult(registry.Use(request.EnvironmentId, ConnectionOf(context), "reset").Reset(request));

    /// <inheritdoc/>
    public override Task<Proto.StepResponse> Step(Proto.StepRequest request, ServerCallContext context) =>
        Task.FromResult(registry.Use(request.EnvironmentId, ConnectionOf(context), "step").Step(request));

    /// <inheritdoc/>
    public override Task<Proto.RenderResponse> Render(Proto.RenderRequest request, ServerCallContext context) =>
        Task.FromResult(registry.Use(request.EnvironmentId, ConnectionOf(context), "render").Render(request));

    /// <inheritdoc/>
    public override Task<Proto.CloseResponse> Close(Proto.CloseRequest request, ServerCallContext context)
    {
        registry.Close(request.EnvironmentId);
        return Task.FromResult(new Proto.CloseResponse());
    }

    /// <inheritdoc/>
    public override async Task Connect(
        IAsyncStreamReader<Proto.EnvironmentRequest> requestStream,
        IServerStreamWriter<Proto.EnvironmentResponse> responseStream,
        ServerCallContext context)
    {
        using var stream = new EnvironmentStream(registry, games, occupants, limits);
        try
        {
            // The next request is read only after the last answer is written: the answer wraps the batch's own buffer.
            while (await requestStream.MoveNext(drain.Ending).ConfigureAwait(false))
                await responseStream.WriteAsync(stream.Handle(requestStream.Current)).ConfigureAwait(false);
        }
        catch (Exception error) when (context.CancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The client ended the stream.", error, context.CancellationToken);
        }
        catch (Exception) when (drain.Ending.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "the server is shutting down: make the environment again on another server, or later"));
        }
    }

    /// <inheritdoc/>
    public override async Task<Proto.RecordResponse> Record(Proto.RecordRequest request, ServerCallContext context)
    {
        using var slot = work.Recordings.Take();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, drain.Ending);
        try
        {
            return await Task.Factory.StartNew(Play, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (drain.Ending.IsCancellationRequested && !context.CancellationToken.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "the server is shutting down: record again on another server, or later"));
        }

        Proto.RecordResponse Play()
        {
            using var job = new RecordJob(request, games, occupants, limits.MaxMessageBytes);
            return job.Run(ended.Token);
        }
    }

    private static string ConnectionOf(ServerCallContext context) => context.GetHttpContext().Connection.Id;
}
