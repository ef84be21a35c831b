using Google.Protobuf;
using Grpc.Core;

namespace VsgGym.Client;

/// <summary>Makes single calls with the client's token and deadline, and turns failures into typed exceptions.</summary>
internal sealed class Caller(ClientOptions options, Metadata metadata, TimeProvider clock)
{
    public ClientOptions Options => options;

    /// <summary>Largest message the server takes, in bytes; known after the handshake.</summary>
    public long MaxRequestBytes { get; set; } = long.MaxValue;

    /// <summary>The options of a call that ends by itself after <paramref name="timeout"/>.</summary>
    public CallOptions For(TimeSpan? timeout, CancellationToken cancellationToken)
    {
        DateTime? deadline = timeout is { } t && t != Timeout.InfiniteTimeSpan ? clock.GetUtcNow().UtcDateTime + t : null;
        return new CallOptions(metadata, deadline, cancellationToken);
    }

    /// <summary>One unary call.</summary>
    public async Task<TResponse> UnaryAsync<TRequest, TResponse>(
        string stage, Func<TRequest, CallOptions, AsyncUnaryCall<TResponse>> call, TRequest request, CancellationToken cancellationToken)
        where TRequest : IMessage
    {
        CheckSize(request);
        try
        {
            using var running = call(request, For(options.Timeout, cancellationToken));
            return await running.ResponseAsync.ConfigureAwait(false);
        }
        catch (RpcException e)
        {
            throw ErrorDecoder.Decode(e, stage, cancellationToken);
        }
    }

    /// <summary>Refuses a message that the server would refuse.</summary>
    /// <exception cref="ResourceExhaustedException">The message is above the server's limit.</exception>
    public void CheckSize(IMessage request)
    {
        int bytes = request.CalculateSize();
        if (bytes <= MaxRequestBytes) return;
        var fault = new Fault("message", $"{bytes} bytes", $"must have at most {MaxRequestBytes} bytes, the server's limit (serve --max-message-bytes)", "message_too_large");
        throw new ResourceExhaustedException(fault.ToString(), [fault]);
    }
}
