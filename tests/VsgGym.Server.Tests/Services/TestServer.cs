using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VsgGym.Protocol.V1;
using VsgGym.Server.Hosting;
using VsgGym.Server.Models;
using VsgGym.Server.Sessions;

namespace VsgGym.Server.Tests;

/// <summary>A server in this process on a free port and a unix socket, and channels to it.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly string _socket;
    private readonly ServerHost _host;
    private readonly List<GrpcChannel> _channels = [];

    private TestServer(string socket, ServerHost host) => (_socket, _host) = (socket, host);

    public EnvironmentRegistry Registry => _host.Services.GetRequiredService<EnvironmentRegistry>();

    public SolveSlots Solves => _host.Services.GetRequiredService<SolveSlots>();

    public UploadStore Uploads => _host.Services.GetRequiredService<UploadStore>();

    public RunService.RunServiceClient Runs() => new(Dial());

    /// <summary>The address on loopback.</summary>
    public string Address => _host.Addresses.First(a => !a.StartsWith("unix:", StringComparison.Ordinal));

    public static async Task<TestServer> StartAsync(ServerLimits? limits = null, double graceSeconds = 0.5, Func<ServerOptions, ServerOptions>? more = null)
    {
        string socket = Path.Combine(Path.GetTempPath(), $"vsggym-{Guid.NewGuid():n}.sock");
        var options = new ServerOptions
        {
            Listen = [ListenAddress.Loopback(0), ListenAddress.Unix(socket)],
            Grace = TimeSpan.FromSeconds(graceSeconds),
            Limits = limits ?? new ServerLimits(),
            LogLevel = LogLevel.None,
        };
        return new TestServer(socket, await ServerHost.StartAsync(more?.Invoke(options) ?? options));
    }

    /// <summary>A channel of its own connection.</summary>
    public GrpcChannel Dial(bool unix = true)
    {
        string address = unix ? "localhost" : Address;
        var channel = GrpcChannel.ForAddress($"http://{address}", new GrpcChannelOptions
        {
            HttpHandler = unix ? new SocketsHttpHandler { ConnectCallback = ConnectAsync } : new SocketsHttpHandler(),
            DisposeHttpClient = true, // a disposed channel is a client that is gone
            MaxReceiveMessageSize = 64 << 20,
            MaxSendMessageSize = 64 << 20,
        });
        _channels.Add(channel);
        return channel;
    }

    public EnvironmentService.EnvironmentServiceClient Environments(bool unix = true) => new(Dial(unix));

    public ModelWork Work => _host.Services.GetRequiredService<ModelWork>();

    public ModelService.ModelServiceClient Models() => new(Dial());

    public SolverService.SolverServiceClient Solver() => new(Dial());

    /// <summary>Drains the server while its callers go on.</summary>
    public Task StopAsync() => _host.DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels) channel.Dispose();
        await _host.DisposeAsync();
    }

    /// <summary>Waits until something holds, at most ten seconds.</summary>
    public static async Task UntilAsync(Func<bool> holds)
    {
        for (int i = 0; i < 1000 && !holds(); i++) await Task.Delay(10);
        Assert.True(holds());
    }

    /// <summary>The typed error of a call that must fail.</summary>
    public static async Task<Error> ErrorOfAsync(Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<RpcException>(call);
        byte[] bytes = Assert.Single(error.Trailers, entry => entry.Key == "grpc-status-details-bin").ValueBytes;
        var typed = Assert.Single(RichStatus.Parser.ParseFrom(bytes).Details).Unpack<Error>();
        Assert.Equal((int)error.StatusCode, typed.Code);
        return typed;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(_socket), cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
