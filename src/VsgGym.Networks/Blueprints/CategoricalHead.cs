using VsgGym.Core;

namespace VsgGym.Networks;

/// <summary>Action probabilities as the softmax of [A] logits; an action is encoded one-hot; a sample is the first action whose running sum of probabilities exceeds the uniform number.</summary>
/// <param name="Discrete">The action space.</param>
public sealed record CategoricalHead(DiscreteSpace Discrete) : ActionHead(Discrete)
{
    /// <inheritdoc/>
    public override int Parameters => Discrete.Count;

    /// <inheritdoc/>
    public override int Encoded => Discrete.Count;

    /// <inheritdoc/>
    public override int Noise => 1;
}
