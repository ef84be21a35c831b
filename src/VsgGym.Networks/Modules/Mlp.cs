using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TorchSharp.Modules;
using VsgGym.Numerics;
using static TorchSharp.torch;

namespace VsgGym.Networks;

/// <summary>Affine layers with max(0, y) between them and nothing after the last: [B, inputs] -> [B, outputs].</summary>
/// <remarks>
/// The parameters are drawn from a stream, not from torch's own generator: networks that are made in parallel threads share nothing. Not thread-safe.
/// </remarks>
public sealed class Mlp : nn.Module<Tensor, Tensor>
{
    private readonly Parameter[] _layers; // weight [out, in] and bias [out] of every layer, one after the other
    private readonly Tensor[] _frozen; // the same numbers, cut off from the gradient

    /// <summary>Draws the parameters.</summary>
    /// <param name="sizes">Inputs, hidden layers, outputs: at least two, each at least 1.</param>
    /// <param name="random">Where the parameters come from.</param>
    /// <param name="outputScale">What the last layer's parameters are multiplied with after they are drawn. Default 1.</param>
    /// <param name="initialization">The scheme. Default PyTorch's.</param>
    /// <param name="type">Float32 or Float64. Default Float32.</param>
    /// <exception cref="ArgumentException">Fewer than two sizes, or one below 1.</exception>
    public Mlp(IReadOnlyList<int> sizes, RandomStream random, double outputScale = 1, MlpInitialization initialization = MlpInitialization.Pytorch, ScalarType type = ScalarType.Float32)
        : base(nameof(Mlp))
    {
        ArgumentNullException.ThrowIfNull(sizes);
        if (sizes.Count < 2 || sizes.Any(size => size < 1)) throw new ArgumentException("At least two sizes are needed, each at least 1.", nameof(sizes));
        Sizes = [.. sizes];
        _layers = new Parameter[2 * (sizes.Count - 1)];
        for (int l = 0; l + 1 < sizes.Count; l++)
        {
            double scale = l + 2 == sizes.Count ? outputScale : 1;
            bool isGlorot = initialization == MlpInitialization.Glorot;
            double bound = isGlorot ? Math.Sqrt(6.0 / ((l == 0 ? 1 : sizes[l]) + sizes[l + 1])) : 1 / Math.Sqrt(sizes[l]);
            _layers[2 * l] = Draw($"weight{l}", [sizes[l + 1], sizes[l]], scale * bound, type, ref random);
            _layers[(2 * l) + 1] = Draw($"bias{l}", [sizes[l + 1]], isGlorot ? 0 : scale * bound, type, ref random);
        }

        _frozen = [.. _layers.Select(parameter => parameter.detach().DetachFromDisposeScope())];
    }

    /// <summary>Inputs, hidden layers, outputs.</summary>
    public ImmutableArray<int> Sizes { get; }

    /// <summary>Weight [outputs, inputs] and bias [outputs] of every layer, one after the other.</summary>
    public IReadOnlyList<Parameter> Layers => _layers;

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => Run(input, _layers);

    /// <summary>The same function, whose gradient reaches the input but not the parameters.</summary>
    /// <param name="input">[B, inputs].</param>
    public Tensor Frozen(Tensor input) => Run(input, _frozen);

    /// <summary>The numbers of one parameter, in place; a change of them is a change of the network.</summary>
    /// <param name="index">Which of <see cref="Layers"/>.</param>
    public Span<float> Numbers(int index) => MemoryMarshal.Cast<byte, float>(_layers[index].bytes);

    /// <summary>A copy as plain numbers.</summary>
    public DenseNetwork ToDenseNetwork()
    {
        var layers = ImmutableArray.CreateBuilder<DenseLayer>();
        for (int l = 0; l + 1 < Sizes.Length; l++)
            layers.Add(new DenseLayer(Sizes[l], Sizes[l + 1], Numbers(2 * l).ToArray(), Numbers((2 * l) + 1).ToArray()));
        return new DenseNetwork(layers.ToImmutable());
    }

    /// <summary>Takes the other's parameters.</summary>
    /// <param name="other">A network of the same sizes.</param>
    public void CopyFrom(Mlp other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (int i = 0; i < _layers.Length; i++) other.Numbers(i).CopyTo(Numbers(i));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            foreach (var tensor in _frozen) tensor.Dispose();
        base.Dispose(disposing);
    }

    private static Tensor Run(Tensor input, IReadOnlyList<Tensor> layers)
    {
        var y = input;
        for (int i = 0; i < layers.Count; i += 2)
        {
            if (i > 0) y = nn.functional.relu(y);
            y = nn.functional.linear(y, layers[i], layers[i + 1]);
        }

        return y;
    }

    private Parameter Draw(string name, long[] shape, double bound, ScalarType type, ref RandomStream random)
    {
        var values = new double[shape.Aggregate(1L, (product, size) => product * size)];
        for (int i = 0; i < values.Length; i++) values[i] = bound * ((2 * random.NextDouble()) - 1);
        using var start = tensor(values, shape, dtype: type);
        var parameter = new Parameter(start.clone());
        parameter.DetachFromDisposeScope();
        register_parameter(name, parameter);
        return parameter;
    }
}
