namespace VsgGym.Networks;

/// <summary>A squashed Gaussian's numbers for one row: parameters in; actions and log density out.</summary>
internal static class GaussianKernel
{
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>mu, sigma and the action at the mean.</summary>
    /// <param name="head">The head.</param>
    /// <param name="parameters">[2n]: mu, then l.</param>
    /// <param name="row">Which row of the output to write.</param>
    /// <param name="output">Mean, Sigma, Encoded and Numbers are written.</param>
    public static void Mean(GaussianHead head, ReadOnlySpan<double> parameters, int row, ActionOutput output)
    {
        int n = head.Box.Length;
        for (int k = 0; k < n; k++)
        {
            int at = (row * n) + k;
            output.Mean[at] = (float)parameters[k];
            output.Sigma[at] = (float)Sigma(parameters[n + k]);
            output.Encoded[at] = Math.Tanh(parameters[k]);
            output.Numbers[at] = Action(head, k, output.Encoded[at]);
        }
    }

    /// <summary>A sampled action and its log density.</summary>
    /// <param name="head">The head.</param>
    /// <param name="parameters">[2n]: mu, then l.</param>
    /// <param name="noise">[n], standard normal.</param>
    /// <param name="row">Which row of the output to write.</param>
    /// <param name="output">SampledEncoded, SampledNumbers and LogProbability are written.</param>
    public static void Sample(GaussianHead head, ReadOnlySpan<double> parameters, ReadOnlySpan<float> noise, int row, ActionOutput output)
    {
        int n = head.Box.Length;
        double logDensity = 0;
        for (int k = 0; k < n; k++)
        {
            double sigma = Sigma(parameters[n + k]), u = parameters[k] + (sigma * noise[k]), x = Math.Tanh(u);
            output.SampledEncoded[(row * n) + k] = x;
            output.SampledNumbers[(row * n) + k] = Action(head, k, x);
            // log N(u; mu, sigma) with (u - mu) / sigma = noise, less the logarithms of the slopes of tanh and of the scaling to the box
            logDensity += -(0.5 * (double)noise[k] * noise[k]) - Math.Log(sigma) - HalfLogTwoPi - LogSlope(u) - Math.Log(head.Half(k));
        }

        output.LogProbability[row] = (float)logDensity;
    }

    /// <summary>An action of the game as x in [-1, 1].</summary>
    public static double Encode(GaussianHead head, int axis, float action) => ((double)action - head.Center(axis)) / head.Half(axis);

    private static double Sigma(double l) => Math.Exp(Math.Clamp(l, GaussianHead.LeastLogSigma, GaussianHead.GreatestLogSigma)) + GaussianHead.SigmaFloor;

    // Rounding must not carry an action over its bound, which the game would refuse.
    private static float Action(GaussianHead head, int axis, double x) =>
        Math.Clamp((float)(head.Center(axis) + (head.Half(axis) * x)), head.Box.Low[axis], head.Box.High[axis]);

    /// <summary>log(1 - tanh(u)^2 + 1e-6) without the difference: 1 - tanh(u)^2 = 4 t / (1 + t)^2 with t = exp(-2 |u|).</summary>
    private static double LogSlope(double u)
    {
        double t = Math.Exp(-2 * Math.Abs(u));
        return Math.Log((4 * t / ((1 + t) * (1 + t))) + GaussianHead.SquashEpsilon);
    }
}
