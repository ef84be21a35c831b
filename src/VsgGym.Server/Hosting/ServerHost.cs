using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace VsgGym.Server.Hosting;

/// <summary>A running server in this process; disposing it drains it.</summary>
internal sealed class ServerHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ServerOptions _options;
    private readonly Listeners _listeners;
    private readonly ILogger _logger;
    private bool _stopped;

    private ServerHost(WebApplication app, ServerOptions options, Listeners listeners, ILogger logger) =>
        (_app, _options, _listeners, _logger) = (app, options, listeners, logger);

    /// <summary>The addresses clients dial, with the ports taken: "127.0.0.1:50051", "unix:/tmp/x.sock".</summary>
    public ImmutableArray<string> Addresses => _listeners.Addresses;

    /// <summary>What the server is built from.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a server.</summary>
    /// <param name="options">What it is told.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="ServerStartException">An address cannot be used, or is refused.</exception>
    public static async Task<ServerHost> StartAsync(ServerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var listeners = new Listeners(options);
        var app = Build(options, listeners);
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("VsgGym.Server");
        var host = new ServerHost(app, options, listeners, logger);
        try
        {
            listeners.PrepareSockets(logger);
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            if (error is IOException { InnerException: AddressInUseException }) throw new ServerStartException(error.Message, 1, error);
            throw;
        }

        foreach (string address in host.Addresses) Log.Listening(logger, address);
        return host;
    }

    /// <summary>Ends the server: no new calls, and the grace for those that run. Once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopped) return;
        _stopped = true;
        Log.Draining(_logger, _options.Grace.TotalSeconds);
        using var grace = new CancellationTokenSource(_options.Grace);
        try
        {
            await _app.StopAsync(grace.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (grace.IsCancellationRequested)
        {
            Log.GraceOver(_logger, _options.Grace.TotalSeconds);
        }

        _listeners.RemoveSockets();
        Log.Stopped(_logger);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private static WebApplication Build(ServerOptions options, Listeners listeners)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "VsgGym.Server" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(listeners.Configure);
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = options.Limits.MaxMessageBytes;
            grpc.MaxSendMessageSize = options.Limits.MaxMessageBytes;
        });
        ServiceList.AddServices(builder.Services, options);
        var app = builder.Build();
        ServiceList.MapServices(app);
        return app;
    }
}
