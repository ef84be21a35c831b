using Google.Protobuf;
using Grpc.Core;
using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>Turns wire errors and transport failures into typed exceptions.</summary>
internal static class ErrorDecoder
{
    private const string DetailsTrailer = "grpc-status-details-bin";

    /// <summary>The typed exception of a failed call; a caller's own cancellation becomes <see cref="OperationCanceledException"/>.</summary>
    public static Exception Decode(RpcException failure, string stage, CancellationToken caller)
    {
        if (failure.StatusCode == StatusCode.Cancelled && caller.IsCancellationRequested)
            return new OperationCanceledException($"{stage} was cancelled by its caller", failure, caller);
        return Details(failure.Trailers) is { } error ? Decode(error, failure) : FromStatus(failure, stage);
    }

    /// <summary>The typed exception of an error that came in-band or in the status details.</summary>
    public static VsgGymException Decode(Wire.Error error, Exception? inner = null)
    {
        Fault[] faults = error.Faults.Count > 0
            ? [.. error.Faults.Select(f => new Fault(f.Path, f.Value, f.Rule, f.Reason))]
            : [new Fault("request", string.Empty, error.Message, "unspecified")];
        TimeSpan? retry = error.RetryAfterMs > 0 ? TimeSpan.FromMilliseconds(error.RetryAfterMs) : null;
        return Create(error.Code, error.Message, faults, inner, retry);
    }

    /// <summary>An INVALID_ARGUMENT found before anything was sent.</summary>
    public static InvalidArgumentException Invalid(string path, string value, string rule, string reason)
    {
        var fault = new Fault(path, value, rule, reason);
        return new InvalidArgumentException(fault.ToString(), [fault]);
    }

    /// <summary>A FAILED_PRECONDITION found before anything was sent.</summary>
    public static FailedPreconditionException OutOfOrder(string path, string value, string rule, string reason)
    {
        var fault = new Fault(path, value, rule, reason);
        return new FailedPreconditionException(fault.ToString(), [fault]);
    }

    private static Wire.Error? Details(Metadata trailers)
    {
        byte[]? bytes = trailers.GetValueBytes(DetailsTrailer);
        if (bytes is null) return null;
        try
        {
            foreach (var detail in Wire.RichStatus.Parser.ParseFrom(bytes).Details)
                if (detail.TryUnpack(out Wire.Error error)) return error;
        }
        catch (InvalidProtocolBufferException)
        {
            // A proxy's own details: the plain status below says enough.
        }

        return null;
    }

    /// <summary>The first exception of this type below a failed call.</summary>
    public static T? Cause<T>(RpcException failure)
        where T : Exception
    {
        for (Exception? cause = failure.Status.DebugException; cause is not null; cause = cause.InnerException)
            if (cause is T found) return found;
        return null;
    }

    private static VsgGymException FromStatus(RpcException failure, string stage)
    {
        string detail = failure.Status.Detail;
        // What breaks below gRPC, as a server that leaves between two calls, comes as INTERNAL; a stream that its end resets, as CANCELLED.
        bool broken = failure.StatusCode == StatusCode.Cancelled || (failure.StatusCode == StatusCode.Internal && Cause<HttpRequestException>(failure) is not null);
        var code = broken ? StatusCode.Unavailable : failure.StatusCode;
        var (path, rule, reason) = code switch
        {
            StatusCode.Unavailable => ("connection", "the server must be running and reachable", "unavailable"),
            StatusCode.DeadlineExceeded => ("timeout", "the call must end before its deadline; raise ClientOptions.Timeout", "deadline"),
            StatusCode.ResourceExhausted => ("message", "must stay below the largest message of client and server", "over_limit"),
            StatusCode.Unauthenticated => ("token", "the server wants the token of its --token-file", "unauthenticated"),
            StatusCode.Unimplemented => ("service", "the server must speak vsggym.v1", "unimplemented"),
            _ => ("request", "see the message", "status"),
        };
        var fault = new Fault(path, detail, rule, reason);
        return Create((int)code, $"{stage} failed: {fault} ({code})", [fault], failure, null);
    }

    private static VsgGymException Create(int code, string message, Fault[] faults, Exception? inner, TimeSpan? retry) => code switch
    {
        InvalidArgumentException.StatusCode => new InvalidArgumentException(message, faults, inner),
        DeadlineExceededException.StatusCode => new DeadlineExceededException(message, faults, inner),
        NotFoundException.StatusCode => new NotFoundException(message, faults, inner),
        PermissionDeniedException.StatusCode => new PermissionDeniedException(message, faults, inner),
        ResourceExhaustedException.StatusCode => new ResourceExhaustedException(message, faults, inner, retry),
        FailedPreconditionException.StatusCode => new FailedPreconditionException(message, faults, inner),
        NumericalException.StatusCode => new NumericalException(message, faults, inner),
        InternalException.StatusCode => new InternalException(message, faults, inner),
        UnavailableException.StatusCode => new UnavailableException(message, faults, inner),
        UnauthenticatedException.StatusCode => new UnauthenticatedException(message, faults, inner),
        _ => new VsgGymException(code, message, faults, inner),
    };
}
