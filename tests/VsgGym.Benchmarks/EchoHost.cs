using System.Buffers.Binary;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace VsgGym.Benchmarks;

/// <summary>The echo service on a unix socket of its own, and a stream to it.</summary>
internal sealed class EchoHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;
    private readonly AsyncDuplexStreamingCall<byte[], byte[]> _call;
    private readonly string _socket;

    private EchoHost(WebApplication app, string socket)
    {
        (_app, _socket) = (app, socket);
        _channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                ConnectCallback = async (_, stop) =>
                {
                    var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                    await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), stop);
                    return new NetworkStream(connection, ownsSocket: true);
                },
            },
        });
        _call = _channel.CreateCallInvoker().AsyncDuplexStreamingCall(EchoService.Method, null, default);
    }

    public static async Task<EchoHost> StartAsync()
    {
        string socket = Path.Combine(Path.GetTempPath(), $"vsggym-echo-{Guid.NewGuid():N}.sock");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddRouting();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<EchoService>();
        var app = builder.Build();
        app.MapGrpcService<EchoService>();
        await app.StartAsync();
        return new EchoHost(app, socket);
    }

    /// <summary>One request of so many bytes, one answer of so many.</summary>
    /// <param name="request">At least 4 bytes, of which the first four are written here.</param>
    /// <param name="answerBytes">Bytes to ask for.</param>
    public async Task ExchangeAsync(byte[] request, int answerBytes)
    {
        BinaryPrimitives.WriteInt32LittleEndian(request, answerBytes);
        await _call.RequestStream.WriteAsync(request);
        if (!await _call.ResponseStream.MoveNext(CancellationToken.None)) throw new InvalidOperationException("the echo ended");
    }

    public async ValueTask DisposeAsync()
    {
        _call.Dispose();
        _channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        File.Delete(_socket);
    }
}
