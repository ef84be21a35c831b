using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VsgGym.Server.Models;
using VsgGym.Server.Services;
using VsgGym.Server.Sessions;

namespace VsgGym.Server.Hosting;

/// <summary>The services the server offers and what they are built from: a new service adds its lines here.</summary>
internal static class ServiceList
{
    /// <summary>Registers what the services need; everything here lives as long as the server.</summary>
    /// <param name="services">The container.</param>
    /// <param name="options">What the server was told.</param>
    public static void AddServices(IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(options.Limits);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => options.Catalog ?? Composition.Catalog);
        services.AddSingleton<ConnectionTracker>();
        services.AddSingleton<ServingState>();
        services.AddSingleton(provider => new ErrorTable(options.Limits, provider.GetRequiredService<ILogger<ErrorTable>>()));
        services.AddSingleton<ErrorInterceptor>();
        services.AddSingleton<FrameworkErrors>();
        services.AddSingleton<DescriptorIndex>();
        services.AddSingleton<HealthService>();
        services.AddSingleton<ReflectionService>();
        services.AddSingleton<ReflectionAlphaService>();
        services.AddSingleton<CatalogService>();
        SessionServices.Add(services);
        ModelServices.Add(services);
    }

    /// <summary>Maps the services to their calls.</summary>
    /// <param name="app">The server.</param>
    public static void MapServices(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapGrpcService<HealthService>();
        app.MapGrpcService<ReflectionService>();
        app.MapGrpcService<ReflectionAlphaService>();
        app.MapGrpcService<CatalogService>();
        SessionServices.Map(app);
        ModelServices.Map(app);
    }
}
