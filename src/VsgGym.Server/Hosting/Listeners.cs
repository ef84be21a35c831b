using System.Collections.Immutable;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace VsgGym.Server.Hosting;

/// <summary>Opens the server's addresses: HTTP/2 only, every connection followed, sockets of dead processes removed.</summary>
internal sealed class Listeners(ServerOptions options)
{
    private readonly List<ListenOptions> _open = [];
    private readonly TlsSetup? _tls = options.Tls is { } files ? new TlsSetup(files) : null;

    /// <summary>The addresses with the ports that were taken, in the order they were asked for; known once the server has started.</summary>
    public ImmutableArray<string> Addresses =>
        [.. _open.Select(listen => listen.SocketPath is { } path ? $"unix:{path}" : listen.IPEndPoint!.ToString())];

    /// <summary>Sets up every address.</summary>
    /// <param name="kestrel">The web server before it starts.</param>
    public void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null;
        // A client that thinks for minutes between calls is not dead; pings find the dead ones. A year and not
        // Timeout.InfiniteTimeSpan, with which Kestrel closes an HTTP/2 connection a second after its last call.
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromDays(365);
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(20);
        kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
        // Past the limit a client's call waits without a word, so the limit is far from what one process opens.
        kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;
        foreach (var address in options.Listen)
        {
            if (address.UnixPath is { } path) kestrel.ListenUnixSocket(path, Follow);
            else kestrel.Listen(address.Tcp!, Follow);
        }
    }

    /// <summary>Refuses addresses that strangers could reach without a token or a certificate.</summary>
    /// <exception cref="ServerStartException">There is one.</exception>
    public void RefuseOpenDoors()
    {
        if (options.TokenFile is not null || options.Tls?.ClientAuthority is not null) return;
        if (options.Listen.FirstOrDefault(address => !address.IsLocal) is { } open)
            throw new ServerStartException($"--listen {open} can be reached from other machines: give --token-file, or --tls-cert, --tls-key and --client-ca, or listen on 127.0.0.1", 2);
    }

    /// <summary>Makes way for the unix sockets: removes what a dead process left behind.</summary>
    /// <param name="logger">Told of each file removed.</param>
    /// <exception cref="ServerStartException">A path is in use by a live process, is no socket, or its folder is missing.</exception>
    public void PrepareSockets(ILogger logger)
    {
        foreach (string path in options.Listen.Select(address => address.UnixPath).OfType<string>())
        {
            if (!Directory.Exists(Path.GetDirectoryName(path)))
                throw new ServerStartException($"unix:{path}: the folder {Path.GetDirectoryName(path)} does not exist", 1);
            if (!Path.Exists(path)) continue;
            if (IsServed(path)) throw new ServerStartException($"unix:{path} is in use by a running process", 1);
            File.Delete(path);
            Log.RemovedStaleSocket(logger, path);
        }
    }

    private static bool IsServed(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionRefused && !IsPlainFile(path))
        {
            return false;
        }
        catch (SocketException error)
        {
            throw new ServerStartException($"unix:{path} cannot be used: {(IsPlainFile(path) ? "a file that is no socket lies there" : error.Message)}", 1, error);
        }
    }

    // Only a socket refuses to be opened as a file while it exists.
    private static bool IsPlainFile(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return Directory.Exists(path);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void Follow(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http2;
        var tracker = listen.ApplicationServices.GetRequiredService<ConnectionTracker>();
        listen.Use(tracker.Follow);
        if (listen.SocketPath is null) _tls?.Apply(listen);
        _open.Add(listen);
    }
}
