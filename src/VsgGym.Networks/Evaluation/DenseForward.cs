using System.Buffers;
using System.Collections.Immutable;
using System.Numerics.Tensors;

namespace VsgGym.Networks;

/// <summary>A dense network after its first affine layer, which callers fill piece by piece.</summary>
internal sealed class DenseForward(DenseNetwork network)
{
    private readonly ImmutableArray<TransposedLayer> _layers = [.. network.Layers.Select(layer => new TransposedLayer(layer))];

    /// <summary>The first layer.</summary>
    public TransposedLayer First => _layers[0];

    /// <summary>Numbers of a row of the output, filled up with zeros.</summary>
    public int OutputWidth => _layers[^1].Width;

    /// <summary>The network's output from the first layer's.</summary>
    /// <param name="first">[rows, width of the first layer], before max(0, y); overwritten.</param>
    /// <param name="rows">At least 1.</param>
    /// <param name="output">[rows, <see cref="OutputWidth"/>].</param>
    public void Finish(Span<double> first, int rows, Span<double> output)
    {
        if (_layers.Length == 1)
        {
            first.CopyTo(output);
            return;
        }

        int widest = _layers.Max(layer => layer.Width);
        double[] front = ArrayPool<double>.Shared.Rent(rows * widest), back = ArrayPool<double>.Shared.Rent(rows * widest);
        TensorPrimitives.Max(first, 0.0, first);
        var x = first;
        for (int l = 1; l < _layers.Length; l++)
        {
            var layer = _layers[l];
            var y = l == _layers.Length - 1 ? output : front.AsSpan(0, rows * layer.Width);
            layer.Start(y);
            layer.Add(0, layer.Inputs, x, _layers[l - 1].Width, y);
            if (l == _layers.Length - 1) break;
            TensorPrimitives.Max(y, 0.0, y);
            x = y;
            (front, back) = (back, front);
        }

        ArrayPool<double>.Shared.Return(front);
        ArrayPool<double>.Shared.Return(back);
    }
}
