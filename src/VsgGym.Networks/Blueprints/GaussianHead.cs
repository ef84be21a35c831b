using VsgGym.Core;

namespace VsgGym.Networks;

/// <summary>A tanh-squashed diagonal Gaussian over a box of n numbers.</summary>
/// <remarks>
/// The network gives [2n]: mu, then l. sigma = exp(clip(l, -20, 2)) + 0.01; u = mu + sigma eps; x = tanh(u) in [-1, 1] is the encoded action and
/// center + half x the action. log density of x: sum over the box of log N(u; mu, sigma) - log(1 - x^2 + 1e-6); of the action: that minus sum log half.
/// Source: the program of the authors of rommeo.
/// </remarks>
/// <param name="Box">The action space.</param>
public sealed record GaussianHead(BoxSpace Box) : ActionHead(Box)
{
    /// <summary>The least l that counts.</summary>
    public const float LeastLogSigma = -20f;

    /// <summary>The greatest l that counts.</summary>
    public const float GreatestLogSigma = 2f;

    /// <summary>What is added to exp(l).</summary>
    public const float SigmaFloor = 0.01f;

    /// <summary>What keeps the logarithm of 1 - x^2 finite.</summary>
    public const float SquashEpsilon = 1e-6f;

    /// <inheritdoc/>
    public override int Parameters => 2 * Box.Length;

    /// <inheritdoc/>
    public override int Encoded => Box.Length;

    /// <inheritdoc/>
    public override int Noise => Box.Length;

    /// <summary>The middle of the box along one axis.</summary>
    public float Center(int axis) => 0.5f * (Box.Low[axis] + Box.High[axis]);

    /// <summary>Half the width of the box along one axis, above 0.</summary>
    public float Half(int axis) => 0.5f * (Box.High[axis] - Box.Low[axis]);
}
