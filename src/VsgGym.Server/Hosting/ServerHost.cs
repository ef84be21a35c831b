using System.Collections.Immutable;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using VsgGym.Core;
using VsgGym.Server.Sessions;

namespace VsgGym.Server.Hosting;

/// <summary>A running server in this process; disposing it drains it.</summary>
internal sealed class ServerHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ServerOptions _options;
    private readonly Listeners _listeners;
    private readonly AddressFile? _addressFile;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _grace = new();
    private bool _stopped;

    private ServerHost(WebApplication app, ServerOptions options, Listeners listeners, string? token)
    {
        (_app, _options, _listeners, Token) = (app, options, listeners, token);
        _addressFile = options.AddressFile is { } path ? new AddressFile(path) : null;
        _logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("VsgGym.Server");
    }

    /// <summary>The addresses clients dial, with the ports taken: "127.0.0.1:50051", "unix:/tmp/x.sock".</summary>
    public ImmutableArray<string> Addresses => _listeners.Addresses;

    /// <summary>The token that clients must send, or null.</summary>
    public string? Token { get; }

    /// <summary>What the server is built from.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a server.</summary>
    /// <param name="options">What it is told.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="ServerStartException">An address cannot be used, or is refused.</exception>
    public static async Task<ServerHost> StartAsync(ServerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        Composition.TrainingThreads = options.TrainingThreads;
        var listeners = new Listeners(options);
        listeners.RefuseOpenDoors();
        string? token = options.TokenFile is { } path ? TokenGuard.Read(path) : null;
        var host = new ServerHost(Build(options, listeners, token), options, listeners, token);
        try
        {
            host._app.Services.GetRequiredService<RunHost>().OpenAtStart();
            await host.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await host._app.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return host;
    }

    /// <summary>Ends the grace of a server that drains: what still runs is cut off.</summary>
    public void CutGrace() => _grace.Cancel();

    /// <summary>Ends the server: no new calls, and the grace for those that run. Once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopped) return;
        _stopped = true;
        Log.Draining(_logger, _options.Grace.TotalSeconds);
        _addressFile?.Remove(_logger);
        _app.Services.GetRequiredService<ServingState>().Drain();
        _grace.CancelAfter(_options.Grace);
        var runs = _app.Services.GetRequiredService<RunHost>().StopAsync(_grace.Token);
        try
        {
            // A unix socket's file goes when its listener closes, at the start of the drain; from then on the path may be a successor's.
            await _app.StopAsync(_grace.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The grace is over; the connections are cut.
        }

        await runs.ConfigureAwait(false);
        if (_grace.IsCancellationRequested) Log.GraceOver(_logger, _options.Grace.TotalSeconds);
        Log.Stopped(_logger);
        await _app.DisposeAsync().ConfigureAwait(false);
        _grace.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        _listeners.PrepareSockets(_logger);
        try
        {
            await _app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            throw new ServerStartException(error.Message, 1, error);
        }

        try
        {
            _addressFile?.Write(Addresses, Token);
        }
        catch
        {
            await _app.StopAsync(cancellationToken).ConfigureAwait(false);
            throw;
        }

        foreach (string address in Addresses) Log.Listening(_logger, address);
    }

    private static WebApplication Build(ServerOptions options, Listeners listeners, string? token)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "VsgGym.Server" });
        LogSetup.Configure(builder.Logging, options);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(listeners.Configure);
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Grace + TimeSpan.FromSeconds(5));
        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = options.Limits.MaxMessageBytes;
            grpc.MaxSendMessageSize = options.Limits.MaxMessageBytes;
            // Services' errors leave by the interceptor; the framework's own words come to FrameworkErrors, not to clients.
            grpc.EnableDetailedErrors = true;
            grpc.Interceptors.Add<ErrorInterceptor>();
        });
        ServiceList.AddServices(builder.Services, options);
        var app = builder.Build();
        _ = app.Services.GetRequiredService<Catalog>(); // a fault of the catalog stops the start, not the first call
        app.UseMiddleware<FrameworkErrors>();
        if (token is not null) app.Use(new TokenGuard(token, app.Services.GetRequiredService<ILogger<TokenGuard>>()).Check);
        ServiceList.MapServices(app);
        return app;
    }
}
