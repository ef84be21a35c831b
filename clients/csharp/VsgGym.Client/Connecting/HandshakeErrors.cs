using System.Net.Sockets;
using System.Security.Authentication;
using Grpc.Core;

namespace VsgGym.Client;

/// <summary>Why a connection could not be made, naming the stage that failed.</summary>
internal static class HandshakeErrors
{
    public static Exception Explain(RpcException failure, string address, ClientOptions options, CancellationToken caller)
    {
        if (caller.IsCancellationRequested) return new OperationCanceledException($"connecting to {address} was cancelled by its caller", failure, caller);
        return failure.StatusCode switch
        {
            StatusCode.Unavailable when ErrorDecoder.Cause<SocketException>(failure) is { } refused => Unavailable(
                $"connecting to {address} (stage: socket): {Reason(refused)}",
                address,
                "a server must listen there: dotnet run -c Release --project src/VsgGym.Server -- serve",
                failure),
            StatusCode.Unavailable or StatusCode.Internal when ErrorDecoder.Cause<AuthenticationException>(failure) is { } distrust => Unavailable(
                $"connecting to {address} (stage: TLS): {distrust.Message}",
                address,
                "the server must show a certificate of ClientTls.Authority that carries its name",
                failure),
            StatusCode.DeadlineExceeded => Unavailable(
                $"connecting to {address} (stage: handshake): no answer within {options.ConnectTimeout.TotalSeconds} s",
                address,
                "the server must answer the handshake in time; raise ClientOptions.ConnectTimeout",
                failure),
            StatusCode.Unimplemented => Unavailable(
                $"connecting to {address} (stage: handshake): a gRPC server answers there, but it does not speak vsggym.v1",
                address,
                "must be the address of a VsgGym server",
                failure),
            StatusCode.Unavailable or StatusCode.Internal or StatusCode.Unknown => Unavailable(
                $"connecting to {address} (stage: HTTP/2): what answers there does not speak gRPC, or not with this encryption: {failure.Status.Detail}",
                address,
                "must be the address of a VsgGym server",
                failure),
            _ => ErrorDecoder.Decode(failure, $"connecting to {address} (stage: handshake)", caller),
        };
    }

    public static FailedPreconditionException OtherVersion(string address, string own, string servers)
    {
        var fault = new Fault("protocol_major", servers, $"this client speaks protocol {own}: use a client of the server's major version", "protocol_mismatch");
        return new FailedPreconditionException($"connecting to {address} (stage: handshake): {fault}", [fault]);
    }

    private static UnavailableException Unavailable(string message, string address, string rule, Exception inner)
    {
        var fault = new Fault("address", address, rule, "unavailable");
        return new UnavailableException($"{message}; {fault}", [fault], inner);
    }

    // What the system says of a unix socket's missing file: "cannot assign requested address".
    private static string Reason(SocketException refused) =>
        refused.SocketErrorCode == SocketError.AddressNotAvailable ? "no such socket" : refused.Message;
}
