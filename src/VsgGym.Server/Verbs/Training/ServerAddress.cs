using System.CommandLine;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using VsgGym.Core;

namespace VsgGym.Server.Verbs.Training;

/// <summary>Which server a verb talks to: --address and --token-file, else VSGGYM_ADDRESS and VSGGYM_TOKEN.</summary>
internal sealed class ServerAddress
{
    private const string Fallback = "127.0.0.1:50051";
    private const string UnixPrefix = "unix:";

    private readonly Option<string?> _address = new("--address") { Description = $"The server: HOST:PORT, http(s)://HOST:PORT or unix:/PATH [default: VSGGYM_ADDRESS, else {Fallback}]", HelpName = "ADDRESS" };
    private readonly Option<string?> _tokenFile = new("--token-file") { Description = "File with the server's token [default: VSGGYM_TOKEN]", HelpName = "FILE" };

    /// <summary>The options.</summary>
    public IEnumerable<Option> All => [_address, _tokenFile];

    /// <summary>Opens a channel; nothing is sent yet.</summary>
    /// <returns>The channel, what every call brings, and the address for messages.</returns>
    /// <exception cref="VsgGymException">The address cannot be read.</exception>
    public (GrpcChannel Channel, Metadata Metadata, string Address) Open(ParseResult result)
    {
        string address = result.GetValue(_address) ?? Variable("VSGGYM_ADDRESS") ?? Fallback;
        string? token = result.GetValue(_tokenFile) is { } file ? File.ReadAllText(file).Trim() : Variable("VSGGYM_TOKEN");
        var metadata = new Metadata();
        if (token is not null) metadata.Add("authorization", "Bearer " + token);
        return (Open(address), metadata, address);
    }

    private static GrpcChannel Open(string address)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        bool unix = address.StartsWith(UnixPrefix, StringComparison.Ordinal);
        if (unix) handler.ConnectCallback = (_, stop) => ConnectUnix(address[UnixPrefix.Length..], stop);
        string full = unix ? "http://localhost" : address.Contains("://", StringComparison.Ordinal) ? address : "http://" + address;
        if (!Uri.TryCreate(full, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw VsgGymException.Invalid("--address", address, "must be HOST:PORT, http://HOST:PORT, https://HOST:PORT or unix:/PATH", "malformed_address");
        return GrpcChannel.ForAddress(uri, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true, MaxReceiveMessageSize = null });
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

    private static string? Variable(string name) => System.Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
