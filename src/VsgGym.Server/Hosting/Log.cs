using Microsoft.Extensions.Logging;

namespace VsgGym.Server.Hosting;

/// <summary>Every message the server logs; the numbers are fixed.</summary>
internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Information, "listening on {Address}")]
    public static partial void Listening(ILogger logger, string address);

    [LoggerMessage(101, LogLevel.Information, "draining: no new calls, {GraceSeconds} s for those that run")]
    public static partial void Draining(ILogger logger, double graceSeconds);

    [LoggerMessage(102, LogLevel.Information, "stopped")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(103, LogLevel.Information, "removed the socket file {Path} of a server that no longer runs")]
    public static partial void RemovedStaleSocket(ILogger logger, string path);

    [LoggerMessage(104, LogLevel.Warning, "calls were still running after {GraceSeconds} s and were cut off")]
    public static partial void GraceOver(ILogger logger, double graceSeconds);

    [LoggerMessage(105, LogLevel.Warning, "the address file {Path} could not be removed: {Reason}")]
    public static partial void AddressFileLeft(ILogger logger, string path, string reason);

    [LoggerMessage(110, LogLevel.Information, "going on with {Count} training runs in {Directory}")]
    public static partial void GoingOn(ILogger logger, int count, string directory);

    [LoggerMessage(111, LogLevel.Warning, "no training runs until the server is started anew: {Reason}")]
    public static partial void RunsUnavailable(ILogger logger, string reason);

    [LoggerMessage(200, LogLevel.Error, "internal error {ErrorId} in {Method}")]
    public static partial void InternalError(ILogger logger, Exception error, string errorId, string method);

    [LoggerMessage(201, LogLevel.Debug, "{Method} refused: {Status} {Message}")]
    public static partial void Refused(ILogger logger, string method, string status, string message);

    [LoggerMessage(202, LogLevel.Warning, "a call without the right token was refused: {Method} from {Peer}")]
    public static partial void Unauthenticated(ILogger logger, string method, string peer);

    [LoggerMessage(203, LogLevel.Error, "internal error {ErrorId} outside the services, in {Method}: {Message}")]
    public static partial void FrameworkError(ILogger logger, string errorId, string method, string message);

    [LoggerMessage(210, LogLevel.Information, "handshake with {Client}, protocol {Major}.{Minor}")]
    public static partial void Handshake(ILogger logger, string client, int major, int minor);

    [LoggerMessage(220, LogLevel.Information, "keeps the model {Model} of {Bytes} bytes")]
    public static partial void ModelKept(ILogger logger, string model, long bytes);

    [LoggerMessage(221, LogLevel.Information, "deleted the model {Model}")]
    public static partial void ModelDeleted(ILogger logger, string model);
}
