using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using VsgGym.Compat.Tests.Protos;

namespace VsgGym.Compat.Tests;

/// <summary>The server side of the probe; a request's text says what to do with it.</summary>
public sealed class ProbeService(ProbeLog log) : Probe.ProbeBase
{
    public override async Task<Pong> Unary(Ping request, ServerCallContext context)
    {
        switch (request.Text)
        {
            case "metadata":
                await AnswerMetadata(context);
                break;
            case "encoding":
                context.ResponseTrailers.Add("x-request-encoding", context.RequestHeaders.GetValue("x-request-encoding") ?? "none");
                break;
            case "wait":
                await Wait(request.Number, context);
                break;
            case "begun":
                await log.WhenBegun(request.Number);
                break;
            case "seen":
                await log.WhenCanceled(request.Number);
                break;
            case "rich":
                throw RichFailure();
            case "large":
                return new Pong { Blob = UnsafeByteOperations.UnsafeWrap(new byte[request.Number]) };
        }

        return new Pong { Text = request.Text, Number = request.Number, Blob = request.Blob };
    }

    public override async Task Count(Ping request, IServerStreamWriter<Pong> responseStream, ServerCallContext context)
    {
        try
        {
            for (var i = 0; i < request.Number; i++)
                await responseStream.WriteAsync(new Pong { Number = i }, context.CancellationToken);
            if (request.Text == "then wait")
                await Wait(request.Number, context);
        }
        catch (Exception) when (context.CancellationToken.IsCancellationRequested)
        {
            log.Cancel(request.Number); // the cancel may come while messages are still being written
            throw;
        }
    }

    public override async Task<Pong> Sum(IAsyncStreamReader<Ping> requestStream, ServerCallContext context)
    {
        var sum = 0L;
        await foreach (var ping in requestStream.ReadAllAsync(context.CancellationToken))
            sum += ping.Number;
        return new Pong { Number = sum };
    }

    public override async Task Chat(
        IAsyncStreamReader<Ping> requestStream, IServerStreamWriter<Pong> responseStream, ServerCallContext context)
    {
        while (await requestStream.MoveNext())
        {
            var ping = requestStream.Current;
            await responseStream.WriteAsync(new Pong { Text = ping.Text, Number = ping.Number * 2, Blob = ping.Blob });
        }
    }

    private static async Task AnswerMetadata(ServerCallContext context)
    {
        var text = context.RequestHeaders.GetValue("x-text")!;
        var bytes = context.RequestHeaders.GetValueBytes("x-data-bin")!;
        await context.WriteResponseHeadersAsync(new Metadata { { "x-text", text + " in headers" }, { "x-data-bin", bytes } });
        context.ResponseTrailers.Add("x-text", text + " in trailers");
        context.ResponseTrailers.Add("x-data-bin", [.. bytes.Reverse()]);
    }

    private static RpcException RichFailure()
    {
        var status = new RichStatus
        {
            Code = (int)StatusCode.InvalidArgument,
            Message = "the field is wrong",
            Details = { Any.Pack(new Ping { Text = "field", Number = 17 }) },
        };
        var trailers = new Metadata { { "grpc-status-details-bin", status.ToByteArray() }, { "x-hint", "look at the field" } };
        return new RpcException(new Status(StatusCode.InvalidArgument, status.Message), trailers);
    }

    private async Task Wait(long number, ServerCallContext context)
    {
        log.Begin(number);
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(30), context.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            log.Cancel(number);
            throw;
        }
    }
}
