using Grpc.Core;
using VsgGym.Core;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>The one table between the kinds of errors and gRPC's status codes, and errors for the wire.</summary>
internal static class WireErrors
{
    /// <summary>The status code of an error's kind.</summary>
    public static StatusCode CodeOf(ErrorKind kind) => kind switch
    {
        ErrorKind.InvalidArgument => StatusCode.InvalidArgument,
        ErrorKind.NotFound => StatusCode.NotFound,
        ErrorKind.FailedPrecondition => StatusCode.FailedPrecondition,
        ErrorKind.ResourceExhausted => StatusCode.ResourceExhausted,
        ErrorKind.Numerical => StatusCode.Aborted,
        _ => StatusCode.Internal,
    };

    /// <summary>A caller's error for the wire, with every fault.</summary>
    public static Proto.Error From(VsgGymException error)
    {
        var wire = new Proto.Error { Code = (int)CodeOf(error.Kind), Message = error.Message };
        foreach (var fault in error.Faults)
            wire.Faults.Add(new Proto.Fault { Path = fault.Path, Value = fault.Value, Rule = fault.Rule, Reason = fault.Reason });
        if (error is CapacityException full) wire.RetryAfterMs = (long)full.RetryAfter.TotalMilliseconds;
        return wire;
    }
}
