using System.Globalization;
using System.Text;
using TorchSharp.Engine;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Tensors as text for people: shape and type, and the first elements.</summary>
internal static class TensorText
{
    private const int Shown = 32;

    internal static string Of(Tensor tensor)
    {
        if (tensor.IsInvalid) return "[disposed]";
        TensorCore core = tensor.Core;
        var text = new StringBuilder();
        text.Append('[').Append(string.Join('x', core.Shape)).Append("], type = ").Append(core.Type).Append(", device = cpu");
        TensorCore dense = Strided.Dense(core);
        text.Append(core.Shape.Length == 0 ? ", value = " : " [");
        for (int i = 0; i < Math.Min(Shown, core.Count); i++)
        {
            if (i > 0) text.Append(' ');
            text.Append(Engine.Convert.Read(dense, dense.Offset + i).ToString("g5", CultureInfo.InvariantCulture));
        }

        if (core.Count > Shown) text.Append(" ...");
        if (core.Shape.Length > 0) text.Append(']');
        dense.Release();
        return text.ToString();
    }
}
