using System.Collections.Immutable;

namespace VsgGym.Networks;

/// <summary>Affine layers with max(0, y) between them and nothing after the last.</summary>
public sealed record DenseNetwork
{
    /// <summary>Checks that the layers fit each other.</summary>
    /// <param name="layers">At least one.</param>
    /// <exception cref="ArgumentException">No layer, or one whose inputs are not the outputs of the one before.</exception>
    public DenseNetwork(params ImmutableArray<DenseLayer> layers)
    {
        if (layers.IsDefaultOrEmpty) throw new ArgumentException("At least one layer is needed.", nameof(layers));
        for (int l = 1; l < layers.Length; l++)
            if (layers[l].Inputs != layers[l - 1].Outputs)
                throw new ArgumentException($"layers[{l}] takes {layers[l].Inputs} numbers and layers[{l - 1}] gives {layers[l - 1].Outputs}.", nameof(layers));
        Layers = layers;
    }

    /// <summary>The layers, at least one.</summary>
    public ImmutableArray<DenseLayer> Layers { get; }

    /// <summary>Length of the input.</summary>
    public int Inputs => Layers[0].Inputs;

    /// <summary>Length of the output.</summary>
    public int Outputs => Layers[^1].Outputs;
}
