using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Server.Reproduction;

/// <summary>Keeps the methods that `--only` names.</summary>
internal static class MethodChoice
{
    /// <summary>The methods whose label contains one of the texts; all where there is no text.</summary>
    /// <exception cref="VsgGymException">A text is in no label.</exception>
    public static ImmutableArray<T> Of<T>(ImmutableArray<T> methods, Func<T, string> label, string[] only)
    {
        bool Fits(T method, string text) => label(method).Contains(text, StringComparison.OrdinalIgnoreCase);
        var faults = new FaultList();
        foreach (string text in only.Where(text => !methods.Any(method => Fits(method, text))))
            faults.Add("--only", text, $"no method's label contains it; they are {string.Join(", ", methods.Select(label))}", "unknown_method");
        faults.ThrowIfAny();
        return only.Length == 0 ? methods : [.. methods.Where(method => only.Any(text => Fits(method, text)))];
    }
}
