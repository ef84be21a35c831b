using System.Collections.Immutable;
using static TorchSharp.torch;

namespace VsgGym.Networks;

/// <summary>A network that gives tanh-squashed Gaussians for the actions of one player, or of several that are independent given the input.</summary>
/// <remarks>The semantics are those of <see cref="GaussianHead"/>; every density is one of the encoded action x = tanh(u) in [-1, 1].</remarks>
public sealed class GaussianActor
{
    private readonly ImmutableArray<int> _lengths;

    /// <summary>Wraps a network.</summary>
    /// <param name="network">Gives mu and l of every head, one head after the other.</param>
    /// <param name="heads">The players' heads, at least one.</param>
    /// <exception cref="ArgumentException">The network's outputs are not the heads' parameters.</exception>
    public GaussianActor(Mlp network, params ImmutableArray<GaussianHead> heads)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.Sizes[^1] != heads.Sum(head => head.Parameters)) throw new ArgumentException("The network must give the parameters of every head.", nameof(network));
        Network = network;
        _lengths = [.. heads.Select(head => head.Box.Length)];
    }

    /// <summary>The network.</summary>
    public Mlp Network { get; }

    /// <summary>Numbers of all encoded actions together, n.</summary>
    public int Encoded => _lengths.Sum();

    /// <summary>The distribution at some inputs.</summary>
    /// <param name="input">[B, inputs].</param>
    /// <param name="isFrozen">Whether the gradient stops before the parameters. Default false.</param>
    public SquashedGaussian At(Tensor input, bool isFrozen = false)
    {
        var parameters = isFrozen ? Network.Frozen(input) : Network.forward(input);
        var means = new Tensor[_lengths.Length];
        var scales = new Tensor[_lengths.Length];
        for (int h = 0, offset = 0; h < means.Length; offset += 2 * _lengths[h++])
        {
            means[h] = parameters.narrow(1, offset, _lengths[h]);
            scales[h] = parameters.narrow(1, offset + _lengths[h], _lengths[h]);
        }

        return new SquashedGaussian(Join(means), Join(scales).clamp(GaussianHead.LeastLogSigma, GaussianHead.GreatestLogSigma));
    }

    private static Tensor Join(Tensor[] parts) => parts.Length == 1 ? parts[0] : cat(parts, 1);
}
