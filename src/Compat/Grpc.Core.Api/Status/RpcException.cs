namespace Grpc.Core;

/// <summary>The failure of a remote call; thrown by a handler it becomes the status and trailers of the call.</summary>
public class RpcException : Exception
{
    /// <summary>Creates the exception for a status.</summary>
    public RpcException(Status status)
        : this(status, Metadata.Empty)
    {
    }

    /// <summary>Creates the exception with its own message.</summary>
    public RpcException(Status status, string message)
        : this(status, Metadata.Empty, message)
    {
    }

    /// <summary>Creates the exception with response trailers.</summary>
    public RpcException(Status status, Metadata trailers)
        : this(status, trailers, status.ToString())
    {
    }

    /// <summary>Creates the exception with response trailers and its own message.</summary>
    public RpcException(Status status, Metadata trailers, string message)
        : base(message, status.DebugException)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        Status = status;
        Trailers = trailers;
    }

    /// <summary>Status of the call.</summary>
    public Status Status { get; }

    /// <summary>Code of the status.</summary>
    public StatusCode StatusCode => Status.StatusCode;

    /// <summary>Trailers of the call; may be empty.</summary>
    public Metadata Trailers { get; }
}
