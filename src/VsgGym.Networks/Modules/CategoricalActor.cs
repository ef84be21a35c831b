using System.Collections.Immutable;
using static TorchSharp.torch;

namespace VsgGym.Networks;

/// <summary>A network that gives action probabilities of one player, or of several that are independent given the input.</summary>
public sealed class CategoricalActor
{
    private readonly ImmutableArray<int> _counts;

    /// <summary>Wraps a network.</summary>
    /// <param name="network">Gives the logits of every head, one head after the other.</param>
    /// <param name="heads">The players' heads, at least one.</param>
    /// <exception cref="ArgumentException">The network's outputs are not the heads' parameters.</exception>
    public CategoricalActor(Mlp network, params ImmutableArray<CategoricalHead> heads)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.Sizes[^1] != heads.Sum(head => head.Parameters)) throw new ArgumentException("The network must give the parameters of every head.", nameof(network));
        Network = network;
        _counts = [.. heads.Select(head => head.Discrete.Count)];
    }

    /// <summary>The network.</summary>
    public Mlp Network { get; }

    /// <summary>The logits, [B, sum of the counts].</summary>
    /// <param name="input">[B, inputs].</param>
    /// <param name="isFrozen">Whether the gradient stops before the parameters. Default false.</param>
    public Tensor Logits(Tensor input, bool isFrozen = false) => isFrozen ? Network.Frozen(input) : Network.forward(input);

    /// <summary>Log probabilities of each player's actions, [B, A_j] each.</summary>
    /// <param name="logits">What <see cref="Logits"/> gave.</param>
    public Tensor[] LogProbabilities(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        var parts = new Tensor[_counts.Length];
        for (int h = 0, offset = 0; h < parts.Length; offset += _counts[h++])
            parts[h] = nn.functional.log_softmax(parts.Length == 1 ? logits : logits.narrow(1, offset, _counts[h]), 1);
        return parts;
    }

    /// <summary>Log probabilities of the joint actions of independent players, [B, A_1 A_2 ...], the last player's action running fastest.</summary>
    /// <param name="parts">[B, A_j] each.</param>
    public static Tensor Joint(IReadOnlyList<Tensor> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var joint = parts[0];
        for (int j = 1; j < parts.Count; j++)
            joint = (joint.unsqueeze(2) + parts[j].unsqueeze(1)).flatten(1);
        return joint;
    }
}
