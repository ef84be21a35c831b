using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace VsgGym.Export;

/// <summary>Type and shape of an input or output: [batch] or [batch, width] of one element type.</summary>
/// <param name="Type">The element type.</param>
/// <param name="Width">Length of the second dimension, null for [batch].</param>
internal sealed record TensorForm(TensorElementType Type, int? Width)
{
    /// <summary>The form of a node of a session, or null where it is no tensor of this form.</summary>
    public static TensorForm? Of(NodeMetadata node)
    {
        if (!node.IsTensor) return null;
        int[] dimensions = node.Dimensions;
        return dimensions switch
        {
            [-1] => new TensorForm(node.ElementDataType, null),
            [-1, > 0 and var width] => new TensorForm(node.ElementDataType, width),
            _ => null,
        };
    }

    /// <summary>A node's type and shape in words: "float32 [batch, 4]".</summary>
    public static string Describe(NodeMetadata node)
    {
        if (!node.IsTensor) return "no tensor";
        var names = node.Dimensions.Select((extent, i) => extent >= 0
            ? extent.ToString(System.Globalization.CultureInfo.InvariantCulture) : node.SymbolicDimensions[i] is { Length: > 0 } name ? name : "?");
        return $"{Word(node.ElementDataType)} [{string.Join(", ", names)}]";
    }

    /// <inheritdoc/>
    public override string ToString() => Width is { } width ? $"{Word(Type)} [batch, {width}]" : $"{Word(Type)} [batch]";

    private static string Word(TensorElementType type) => type == TensorElementType.Float ? "float32" : type.ToString().ToLowerInvariant();
}
