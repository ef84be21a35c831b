using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using VsgGym.Core;
using VsgGym.Server.Hosting;
using VsgGym.Server.Services;

namespace VsgGym.Server.Sessions;

/// <summary>Registers and maps the services that play, solve and train.</summary>
internal static class SessionServices
{
    private const long UploadBytesPerMessage = 16; // all uploads together may hold as much as 16 of the largest messages

    /// <summary>Registers the services and what they share; everything lives as long as the server.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton(provider =>
        {
            var limits = provider.GetRequiredService<ServerLimits>();
            return new UploadStore(limits.MaxUploads, UploadBytesPerMessage * limits.MaxMessageBytes);
        });
        services.AddSingleton(provider => new GameResolver(provider.GetRequiredService<Catalog>(), provider.GetRequiredService<UploadStore>()));
        services.AddSingleton(provider => new EnvironmentRegistry(
            provider.GetRequiredService<ServerLimits>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ConnectionTracker>().IsOpen));
        services.AddSingleton<Drain>();
        services.AddSingleton<EnvironmentService>();
        services.AddSingleton(provider => new SolveSlots(provider.GetRequiredService<ServerLimits>().MaxSolves));
        services.AddSingleton<SolverService>();
        services.AddSingleton(provider => new RunFactory(provider.GetRequiredService<Catalog>()));
        services.AddSingleton<RunHost>();
        services.AddSingleton<RunService>();
    }

    /// <summary>Maps the services to their calls.</summary>
    public static void Map(WebApplication app)
    {
        app.MapGrpcService<EnvironmentService>();
        app.MapGrpcService<SolverService>();
        app.MapGrpcService<RunService>();
    }
}
