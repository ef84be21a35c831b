using VsgGym.Server.Hosting;

namespace VsgGym.Client.Tests;

/// <summary>A server in this process, on a free TCP port and a unix socket, for all tests of a class.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private ServerHost? _host;

    public string Tcp => _host!.Addresses.Single(address => !address.StartsWith("unix:", StringComparison.Ordinal));

    public string Unix => _host!.Addresses.Single(address => address.StartsWith("unix:", StringComparison.Ordinal));

    public async Task InitializeAsync() => _host = await StartAsync();

    public async Task DisposeAsync() => await _host!.DisposeAsync();

    public Task<VsgGymClient> ConnectAsync(ClientOptions? options = null) => VsgGymClient.ConnectAsync(Tcp, options);

    internal static Task<ServerHost> StartAsync(HostLimits? limits = null) => ServerHost.StartAsync(Quiet() with { Limits = limits ?? new HostLimits() });

    /// <summary>A free TCP port and a unix socket, and little logging.</summary>
    internal static ServerOptions Quiet() => new()
    {
        Listen = [ListenAddress.Loopback(0), ListenAddress.Parse($"unix:{Path.Combine(Path.GetTempPath(), $"vsggym-{Guid.NewGuid():N}.sock")}")],
        LogLevel = Microsoft.Extensions.Logging.LogLevel.Error,
        Grace = TimeSpan.FromSeconds(1),
    };
}
