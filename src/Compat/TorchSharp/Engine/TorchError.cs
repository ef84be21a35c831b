using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp.Engine;

/// <summary>Errors as the official package raises them: what libtorch throws arrives as <see cref="ExternalException"/>.</summary>
internal static class TorchError
{
    internal static ExternalException Native(string message) => new(message);

    internal static ExternalException Unsupported(string operation, torch.ScalarType type) =>
        new($"\"{operation}\" not implemented for '{type}'");

    internal static void Require([DoesNotReturnIf(false)] bool condition, string message)
    {
        if (!condition) throw new ExternalException(message);
    }

    internal static void Require([DoesNotReturnIf(false)] bool condition, [InterpolatedStringHandlerArgument(nameof(condition))] ref ErrorText message)
    {
        if (!condition) throw new ExternalException(message.Finish());
    }
}
