using System.Collections.Immutable;
using Google.Protobuf.Reflection;

namespace VsgGym.Server.Hosting;

/// <summary>The protocol files whose services the server offers; health and reflection answer from this one list.</summary>
internal static class ServedProtocol
{
    /// <summary>The files that declare services.</summary>
    public static ImmutableArray<FileDescriptor> Files { get; } =
    [
        Protocol.V1.CatalogReflection.Descriptor,
        Protocol.V1.EnvironmentReflection.Descriptor,
        Protocol.V1.SolverReflection.Descriptor,
        Protocol.V1.ModelReflection.Descriptor,
        Protocol.V1.RunReflection.Descriptor,
        Grpc.Health.V1.HealthReflection.Descriptor,
        Grpc.Reflection.V1.ReflectionReflection.Descriptor,
        Grpc.Reflection.V1Alpha.ReflectionReflection.Descriptor,
    ];

    /// <summary>The full names of the services, sorted.</summary>
    public static ImmutableArray<string> ServiceNames { get; } =
        [.. Files.SelectMany(file => file.Services).Select(service => service.FullName).Order(StringComparer.Ordinal)];
}
