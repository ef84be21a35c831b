using VsgGym.Core;

namespace VsgGym.Server.Models;

/// <summary>A build that cannot run models: says so wherever one is used.</summary>
internal sealed class NoModelEngine : IModelEngine
{
    /// <inheritdoc/>
    public ModelFacts Inspect(ReadOnlyMemory<byte> bytes) => throw Refusal();

    /// <inheritdoc/>
    public IPolicy Open(ReadOnlyMemory<byte> bytes, bool greedy, string provider) => throw Refusal();

    private static VsgGymException Refusal() => VsgGymException.OutOfOrder("model", null, "this server was built without an engine for models", "no_engine");
}
