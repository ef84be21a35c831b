using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;

namespace VsgGym.Client;

/// <summary>Reads an address and opens the channel to it.</summary>
internal static class ChannelFactory
{
    private const string UnixPrefix = "unix:";
    private const string Rule = "must be \"host:port\", \"http://host:port\", \"https://host:port\" or \"unix:/path\"";

    /// <summary>Opens a channel; nothing is sent yet.</summary>
    /// <exception cref="InvalidArgumentException">The address cannot be read.</exception>
    public static GrpcChannel Create(string address, ClientOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            // The server allows 100 streams on a connection: one environment takes one.
            EnableMultipleHttp2Connections = true,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
            UseProxy = false,
        };
        if (options.Tls is { } tls) handler.SslOptions = TlsSettings.Read(tls);
        Uri target = Target(address, handler, options.Tls is not null);
        return GrpcChannel.ForAddress(target, new GrpcChannelOptions
        {
            HttpHandler = handler,
            DisposeHttpClient = true,
            MaxReceiveMessageSize = options.MaxMessageBytes,
            MaxSendMessageSize = null, // the server's limit is checked after the handshake, with a clearer error
        });
    }

    /// <summary>The metadata of every call.</summary>
    public static Metadata Metadata(string? token)
    {
        var metadata = new Metadata();
        if (token is not null) metadata.Add("authorization", "Bearer " + token);
        return metadata;
    }

    private static Uri Target(string address, SocketsHttpHandler handler, bool encrypted)
    {
        if (address.StartsWith(UnixPrefix, StringComparison.Ordinal))
        {
            string path = address[UnixPrefix.Length..];
            if (path.StartsWith("//", StringComparison.Ordinal)) path = path[2..]; // "unix:///path"
            if (path.Length == 0) throw ErrorDecoder.Invalid("address", address, Rule, "malformed_address");
            handler.ConnectCallback = (_, stop) => ConnectUnix(path, stop);
            return new Uri(encrypted ? "https://localhost" : "http://localhost");
        }

        string full = address.Contains("://", StringComparison.Ordinal) ? address : (encrypted ? "https://" : "http://") + address;
        bool known = Uri.TryCreate(full, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https";
        if (!known || uri!.Host.Length == 0 || uri.PathAndQuery != "/" || !HasPort(full))
            throw ErrorDecoder.Invalid("address", address, Rule, "malformed_address");
        if (encrypted && uri.Scheme == "http") throw ErrorDecoder.Invalid("address", address, "must not say http:// where ClientOptions.Tls asks for encryption", "conflict");
        handler.ConnectCallback = ConnectTcp;
        return uri;
    }

    // A forgotten port would silently mean 80.
    private static bool HasPort(string address)
    {
        int colon = address.LastIndexOf(':');
        return int.TryParse(address.AsSpan(colon + 1).TrimEnd('/'), out int port) && port is > 0 and < 65536;
    }

    private static async ValueTask<Stream> ConnectTcp(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, stop).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async ValueTask<Stream> ConnectUnix(string path, CancellationToken stop)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), stop).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
