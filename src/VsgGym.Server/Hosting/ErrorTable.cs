using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using VsgGym.Core;
using VsgGym.Server.Sessions;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Hosting;

/// <summary>Turns whatever a service throws into the status a client gets; only a caller's own fault is told in words.</summary>
/// <param name="limits">The largest message, named where one is larger.</param>
/// <param name="logger">Told of our own bugs.</param>
internal sealed class ErrorTable(ServerLimits limits, ILogger logger)
{
    // The official server refuses a message with these words; they name neither the limit nor the way out.
    private const string FrameworkTooLarge = "exceeds the maximum configured message size";

    /// <summary>The error of a call.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="method">The call's full name.</param>
    /// <param name="cancellationToken">The call's own token.</param>
    public RpcException ToStatus(Exception error, string method, CancellationToken cancellationToken)
    {
        switch (error)
        {
            case VsgGymException fault:
                var wire = WireErrors.From(fault);
                Log.Refused(logger, method, ((StatusCode)wire.Code).ToString(), wire.Message);
                return RichErrors.ToException(wire);
            case RpcException status:
                return IsTooLarge(status.Status.Detail) ? RichErrors.ToException(TooLarge()) : status;
            case InvalidProtocolBufferException:
                return RichErrors.ToException(Malformed());
            case OperationCanceledException:
            case IOException when cancellationToken.IsCancellationRequested:
            case ConnectionResetException:
                return new RpcException(new Status(StatusCode.Cancelled, "the call was cancelled"));
            default:
                string id = NewErrorId();
                Log.InternalError(logger, error, id, method);
                return RichErrors.ToException(Internal(id));
        }
    }

    /// <summary>The error that stands for one the framework found before any service ran.</summary>
    /// <param name="code">The framework's status.</param>
    /// <param name="message">The framework's text.</param>
    /// <param name="method">The call's path.</param>
    /// <returns>The error to send instead, or null to keep the framework's.</returns>
    public Proto.Error? FromFramework(StatusCode code, string message, string method)
    {
        if (code == StatusCode.ResourceExhausted && IsTooLarge(message)) return TooLarge();
        if (code != StatusCode.Unknown) return null;
        if (message.Contains(nameof(InvalidProtocolBufferException), StringComparison.Ordinal)) return Malformed();
        string id = NewErrorId();
        Log.FrameworkError(logger, id, method, message);
        return Internal(id);
    }

    private static bool IsTooLarge(string message) =>
        message.Contains(FrameworkTooLarge, StringComparison.Ordinal);

    private Proto.Error TooLarge() => WireErrors.From(VsgGymException.OverLimit(
        "message", null, $"a message may have at most {limits.MaxMessageBytes} bytes; start the server with a larger --max-message-bytes, or send less at once", "message_too_large"));

    private static Proto.Error Malformed() => WireErrors.From(VsgGymException.Invalid(
        "message", null, "the bytes are not a message of this call's type; is the client built for another protocol?", "malformed_message"));

    private static Proto.Error Internal(string id) => new()
    {
        Code = (int)StatusCode.Internal,
        Message = $"internal error {id}: this is a bug of the server; its log has the details under this number",
        Faults = { new Proto.Fault { Path = "error_id", Value = id, Rule = "report this number", Reason = "internal" } },
    };

    private static string NewErrorId() => RandomNumberGenerator.GetHexString(12, lowercase: true);
}
