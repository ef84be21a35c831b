using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Hosting;

/// <summary>Packs an error into the status of a call: code, message, and the typed error in the trailer grpc-status-details-bin.</summary>
/// <remarks>
/// gRPC clients refuse trailers above 8 KiB by default, so a long message is cut, and of very many faults the first ones travel.
/// </remarks>
internal static class RichErrors
{
    /// <summary>The name of the trailer.</summary>
    public const string Trailer = "grpc-status-details-bin";

    private const int MostMessageBytes = 1500;
    private const int MostDetailBytes = 4096;

    /// <summary>The error as an exception that gRPC sends.</summary>
    /// <param name="error">What is wrong.</param>
    public static RpcException ToException(Proto.Error error)
    {
        var trailers = new Metadata { { Trailer, Pack(error).ToByteArray() } };
        return new RpcException(new Status((StatusCode)error.Code, Shorten(error.Message)), trailers);
    }

    /// <summary>The bytes of the trailer's message.</summary>
    /// <param name="error">What is wrong.</param>
    public static Proto.RichStatus Pack(Proto.Error error)
    {
        var sent = error.Clone();
        sent.Message = Shorten(error.Message);
        int cut = 0;
        while (sent.CalculateSize() > MostDetailBytes && sent.Faults.Count > 0)
        {
            sent.Faults.RemoveAt(sent.Faults.Count - 1);
            cut++;
        }

        if (cut > 0) sent.Faults.Add(new Proto.Fault { Path = "...", Rule = $"and {cut} more", Reason = "cut" });
        var status = new Proto.RichStatus { Code = sent.Code, Message = sent.Message };
        status.Details.Add(Any.Pack(sent));
        return status;
    }

    /// <summary>A text that fits the header grpc-message, where all but plain ASCII takes three bytes per byte.</summary>
    /// <param name="message">Any text.</param>
    public static string Shorten(string message)
    {
        int bytes = 0;
        foreach (var (at, rune) in Runes(message))
        {
            bytes += rune.Value is >= ' ' and <= '~' and not '%' ? 1 : 3 * rune.Utf8SequenceLength;
            if (bytes > MostMessageBytes) return string.Concat(message.AsSpan(0, at), "...");
        }

        return message;
    }

    private static IEnumerable<(int At, Rune Rune)> Runes(string text)
    {
        int at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            yield return (at, rune);
            at += rune.Utf16SequenceLength;
        }
    }
}
