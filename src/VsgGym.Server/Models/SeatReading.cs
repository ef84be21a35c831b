using VsgGym.Core;

namespace VsgGym.Server.Models;

/// <summary>The reading of one request's seats.</summary>
/// <param name="Field">The field that names them: "others".</param>
/// <param name="Spec">The game.</param>
/// <param name="Provider">What runs models: "cpu" or "cuda".</param>
/// <param name="Opened">Gets the models that were opened.</param>
/// <param name="Faults">Gets what is wrong.</param>
internal sealed record SeatReading(string Field, EnvironmentSpec Spec, string Provider, OpenModels Opened, FaultList Faults)
{
    /// <summary>The provider that every machine has.</summary>
    public const string Cpu = "cpu";

    /// <summary>NVIDIA's.</summary>
    public const string Cuda = "cuda";

    /// <summary>The field of a request, and the root of a fault, that names the provider.</summary>
    public const string ProviderField = "provider";

    /// <summary>Reads a provider's name; empty is the CPU.</summary>
    public static string ReadProvider(string name, FaultList faults)
    {
        if (name is "" or Cpu) return Cpu;
        if (name == Cuda) return Cuda;
        faults.Add(ProviderField, name, $"must be {Cpu} or {Cuda}", "unknown_provider");
        return Cpu;
    }
}
