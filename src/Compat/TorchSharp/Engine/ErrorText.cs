using System.Runtime.CompilerServices;

namespace TorchSharp.Engine;

/// <summary>The text of an error that is put together only where the condition fails: checks stand in every operation, and texts cost more than small operations do.</summary>
[InterpolatedStringHandler]
internal ref struct ErrorText
{
    private DefaultInterpolatedStringHandler text;

    /// <summary>Called by the compiler before the parts of the text are evaluated.</summary>
    public ErrorText(int literalLength, int formattedCount, bool condition, out bool isNeeded)
    {
        isNeeded = !condition;
        text = isNeeded ? new DefaultInterpolatedStringHandler(literalLength, formattedCount) : default;
    }

    public void AppendLiteral(string part) => text.AppendLiteral(part);

    public void AppendFormatted<T>(T part) => text.AppendFormatted(part);

    internal string Finish() => text.ToStringAndClear();
}
