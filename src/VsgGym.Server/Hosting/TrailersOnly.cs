using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Hosting;

/// <summary>Answers and amends calls below the services: the status stands in the headers of a response without a body.</summary>
internal static class TrailersOnly
{
    private const string Code = "grpc-status";
    private const string Message = "grpc-message";

    /// <summary>Reads the status of a call that ended before any message was sent.</summary>
    /// <returns>False where the response has started or has no status.</returns>
    public static bool TryRead(HttpResponse response, out StatusCode code, out string message)
    {
        (code, message) = (StatusCode.OK, string.Empty);
        if (response.HasStarted || !int.TryParse(response.Headers[Code], NumberStyles.None, CultureInfo.InvariantCulture, out int number)) return false;
        (code, message) = ((StatusCode)number, Uri.UnescapeDataString(response.Headers[Message].ToString()));
        return true;
    }

    /// <summary>Sets the status of a call whose response has not started.</summary>
    public static void Write(HttpResponse response, Proto.Error error)
    {
        var status = RichErrors.Pack(error);
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/grpc";
        response.Headers[Code] = status.Code.ToString(CultureInfo.InvariantCulture);
        response.Headers[Message] = Uri.EscapeDataString(status.Message);
        response.Headers[RichErrors.Trailer] = Convert.ToBase64String(status.ToByteArray());
    }
}
