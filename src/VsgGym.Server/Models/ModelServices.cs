using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using VsgGym.Server.Hosting;
using VsgGym.Server.Services;
using VsgGym.Server.Sessions;

namespace VsgGym.Server.Models;

/// <summary>Registers and maps what keeps, seats and measures models.</summary>
internal static class ModelServices
{
    /// <summary>Registers the service and what it shares; everything lives as long as the server.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<IRunModels>(provider => RunModels.Of(provider.GetRequiredService<RunHost>()));
        services.AddSingleton(_ => Composition.ModelEngine);
        services.AddSingleton(provider => new RunsFolder(provider.GetRequiredService<ServerOptions>().RunsDirectory));
        services.AddSingleton(provider => new ModelStore(provider.GetRequiredService<RunsFolder>().Models, provider.GetRequiredService<ServerLimits>()));
        services.AddSingleton<ModelLibrary>();
        services.AddSingleton(provider => new OccupantReader(provider.GetRequiredService<ModelLibrary>().Find, provider.GetRequiredService<IModelEngine>()));
        services.AddSingleton(provider => new ModelWork(provider.GetRequiredService<ServerLimits>().MaxEvaluations));
        services.AddSingleton<ModelService>();
    }

    /// <summary>Maps the service to its calls.</summary>
    public static void Map(WebApplication app) => app.MapGrpcService<ModelService>();
}
