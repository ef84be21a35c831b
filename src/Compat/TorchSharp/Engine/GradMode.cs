namespace TorchSharp.Engine;

/// <summary>Whether operations of this thread are recorded; restores the former state when disposed.</summary>
internal sealed class GradMode : IDisposable
{
    [ThreadStatic]
    private static bool disabled;

    [ThreadStatic]
    private static bool inference;

    private readonly bool wasDisabled = disabled;
    private readonly bool wasInference = inference;

    internal GradMode(bool enabled, bool inferenceMode = false)
    {
        disabled = !enabled;
        inference |= inferenceMode;
    }

    internal static bool Enabled => !disabled;

    internal static bool Inference => inference;

    /// <summary>Sets the state without an object to restore it and returns the former one.</summary>
    internal static bool Swap(bool enabled)
    {
        bool was = !disabled;
        disabled = !enabled;
        return was;
    }

    public void Dispose()
    {
        disabled = wasDisabled;
        inference = wasInference;
    }
}
