using System.Net;
using System.Net.Sockets;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace VsgGym.Compat.Tests;

/// <summary>The official server in this process, on a free port of 127.0.0.1 and on a unix socket.</summary>
public sealed class ProbeHost : IAsyncLifetime
{
    public const int MessageLimit = 20 * 1024 * 1024;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vsggym-probe-");
    private readonly WebApplication _app;

    public ProbeHost()
    {
        SocketPath = Path.Combine(_folder.FullName, "probe.sock");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(Listen);
        builder.Services.AddSingleton<ProbeLog>();
        builder.Services.AddGrpc(options =>
        {
            options.MaxReceiveMessageSize = MessageLimit;
            options.MaxSendMessageSize = null;
            options.ResponseCompressionAlgorithm = "gzip";
            options.Interceptors.Add<KindInterceptor>();
        });
        _app = builder.Build();
        _app.Use(ShowEncodings);
        _app.MapGrpcService<ProbeService>();
    }

    public string SocketPath { get; }

    public Uri Address => new(_app.Urls.Single(url => !url.Contains("unix", StringComparison.Ordinal)));

    public Task InitializeAsync() => _app.StartAsync();

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>A channel with the client's default limits.</summary>
    public GrpcChannel OpenChannel() => GrpcChannel.ForAddress(Address);

    /// <summary>A channel that takes responses of up to this many bytes.</summary>
    public GrpcChannel OpenChannel(int limit) => GrpcChannel.ForAddress(
        Address, new GrpcChannelOptions { MaxReceiveMessageSize = limit, MaxSendMessageSize = null });

    /// <summary>A channel over the unix socket.</summary>
    public GrpcChannel OpenUnixChannel() => GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
    {
        DisposeHttpClient = true,
        HttpHandler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        },
    });

    private void Listen(KestrelServerOptions kestrel)
    {
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        kestrel.ListenUnixSocket(SocketPath, listen => listen.Protocols = HttpProtocols.Http2);
    }

    // The clients hide the "grpc-" headers, so the encodings seen on the wire are shown under other names.
    private static Task ShowEncodings(HttpContext http, RequestDelegate next)
    {
        http.Request.Headers["x-request-encoding"] = http.Request.Headers["grpc-encoding"];
        http.Response.OnStarting(() =>
        {
            http.Response.Headers["x-response-encoding"] = http.Response.Headers["grpc-encoding"];
            return Task.CompletedTask;
        });
        return next(http);
    }
}
