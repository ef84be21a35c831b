using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging;
using VsgGym.Server.Hosting;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Tests.Hosting;

/// <summary>Servers in this process, and channels to them.</summary>
internal static class Hosts
{
    public static ServerOptions Quiet { get; } = new() { LogLevel = LogLevel.None, Grace = TimeSpan.FromSeconds(2) };

    public static Task<ServerHost> StartAsync() => ServerHost.StartAsync(Quiet);

    public static GrpcChannel Open(ServerHost host) => Open(host.Addresses[0]);

    public static GrpcChannel Open(string address)
    {
        if (!address.StartsWith("unix:", StringComparison.Ordinal)) return GrpcChannel.ForAddress($"http://{address}", new GrpcChannelOptions { MaxSendMessageSize = null });
        return GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            DisposeHttpClient = true,
            HttpHandler = new SocketsHttpHandler
            {
                ConnectCallback = async (_, cancellationToken) =>
                {
                    var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(address["unix:".Length..]), cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            },
        });
    }

    public static async Task<Proto.HandshakeResponse> ShakeHandsAsync(GrpcChannel channel) =>
        await new Proto.CatalogService.CatalogServiceClient(channel).HandshakeAsync(new Proto.HandshakeRequest { ProtocolMajor = 1, Client = "tests" });

    public static Proto.Error ErrorOf(RpcException error)
    {
        var bytes = error.Trailers.GetValueBytes("grpc-status-details-bin");
        Assert.NotNull(bytes);
        var status = Proto.RichStatus.Parser.ParseFrom(bytes);
        Assert.Equal((int)error.StatusCode, status.Code);
        var any = Assert.Single(status.Details);
        Assert.Equal("type.googleapis.com/vsggym.v1.Error", any.TypeUrl);
        return any.Unpack<Proto.Error>();
    }

    /// <summary>Sends bytes as they are, whatever the call's type is.</summary>
    public static async Task<byte[]> SendAsync(GrpcChannel channel, string service, string method, byte[] message)
    {
        var bytes = Marshallers.Create(data => data, data => data);
        var call = new Method<byte[], byte[]>(MethodType.Unary, service, method, bytes, bytes);
        return await channel.CreateCallInvoker().AsyncUnaryCall(call, null, new CallOptions(), message);
    }
}
