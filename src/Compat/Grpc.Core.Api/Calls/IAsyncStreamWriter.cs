namespace Grpc.Core;

/// <summary>A stream of messages being sent.</summary>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>Options of the next writes, or null.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Writes a message; only one write may be pending.</summary>
    Task WriteAsync(T message);

    /// <summary>Writes a message, with cancellation where the writer supports it.</summary>
    /// <exception cref="NotSupportedException">The token can be canceled and the writer has no support for it.</exception>
    Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
            throw new NotSupportedException("Cancellation of stream writes is not supported by this gRPC implementation.");
        return WriteAsync(message);
    }
}
