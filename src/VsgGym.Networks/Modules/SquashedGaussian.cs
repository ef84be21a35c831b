using static TorchSharp.torch;

namespace VsgGym.Networks;

/// <summary>Independent tanh-squashed Gaussians, x = tanh(u), u ~ N(mu, sigma).</summary>
/// <param name="Mean">mu, [B, n], or [1, n] for every row.</param>
/// <param name="LogSigma">l after clipping, of the same shape; sigma = exp(l) + 0.01.</param>
public sealed record SquashedGaussian(Tensor Mean, Tensor LogSigma)
{
    private const double HalfLogTwoPi = 0.91893853320467274178;

    private Tensor? _sigma;

    /// <summary>sigma, of the same shape.</summary>
    public Tensor Sigma => _sigma ??= LogSigma.exp() + GaussianHead.SigmaFloor;

    /// <summary>Reparameterized samples u.</summary>
    /// <param name="noise">Standard normal numbers, [B, n].</param>
    public Tensor Draw(Tensor noise) => Mean + (Sigma * noise);

    /// <summary>log N(u; mu, sigma) of samples drawn with a noise, [B, n].</summary>
    /// <param name="noise">What the samples were drawn with, [B, n].</param>
    public Tensor LogDensityOfNoise(Tensor noise)
    {
        ArgumentNullException.ThrowIfNull(noise);
        return ((noise.square() * -0.5) - HalfLogTwoPi) - Sigma.log();
    }

    /// <summary>log N(u; mu, sigma), [B, n].</summary>
    /// <param name="samples">u, [B, n].</param>
    public Tensor LogDensity(Tensor samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return ((((samples - Mean) / Sigma).square() * -0.5) - HalfLogTwoPi) - Sigma.log();
    }

    /// <summary>log |dx/du|, which a density of u loses to become one of x: log(1 - x^2 + 1e-6), [B, n].</summary>
    /// <param name="squashed">x = tanh(u), [B, n].</param>
    public static Tensor LogSlope(Tensor squashed)
    {
        ArgumentNullException.ThrowIfNull(squashed);
        return ((squashed.square() * -1) + (1 + GaussianHead.SquashEpsilon)).log();
    }

    /// <summary>(mean l^2 + mean mu^2) / 2, the regularizer of the authors of rommeo.</summary>
    public Tensor Regularizer() => (LogSigma.square().mean() + Mean.square().mean()) * 0.5;

    /// <summary>The distributions of chosen rows; one row for all stays one row.</summary>
    /// <param name="rows">int64 [B], or null to keep every row.</param>
    public SquashedGaussian Rows(Tensor? rows) => rows is null ? this : new(Mean.index_select(0, rows), LogSigma.index_select(0, rows));
}
