using Grpc.Core;
using VsgGym.Core;
using VsgGym.Server.Hosting;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Verbs.Training;

/// <summary>Errors of calls as the verbs report them.</summary>
internal static class CallErrors
{
    /// <summary>The error a caller sees.</summary>
    /// <param name="error">What came back.</param>
    /// <param name="address">The server.</param>
    public static Exception Read(RpcException error, string address)
    {
        if (error.StatusCode == StatusCode.Cancelled) return new OperationCanceledException(error.Status.Detail, error);
        if (error.StatusCode == StatusCode.Unavailable) return new IOException($"{address}: no server answers, or it is shutting down ({error.Status.Detail})", error);
        ErrorKind? kind = error.StatusCode switch
        {
            StatusCode.InvalidArgument => ErrorKind.InvalidArgument,
            StatusCode.NotFound => ErrorKind.NotFound,
            StatusCode.FailedPrecondition => ErrorKind.FailedPrecondition,
            StatusCode.ResourceExhausted => ErrorKind.ResourceExhausted,
            _ => null,
        };
        return kind is { } known && Faults(error) is { Count: > 0 } faults
            ? new VsgGymException(known, faults)
            : new IOException($"{address}: {error.StatusCode}: {error.Status.Detail}", error);
    }

    private static List<Fault> Faults(RpcException error) =>
        error.Trailers.GetValueBytes(RichErrors.Trailer) is { } bytes
            ? [.. Proto.RichStatus.Parser.ParseFrom(bytes).Details
                .Where(detail => detail.Is(Proto.Error.Descriptor))
                .SelectMany(detail => detail.Unpack<Proto.Error>().Faults)
                .Select(fault => new Fault(fault.Path, fault.Value, fault.Rule, fault.Reason))]
            : [];
}
