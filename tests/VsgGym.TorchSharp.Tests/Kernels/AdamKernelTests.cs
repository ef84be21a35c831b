using TorchSharp.Kernels;

namespace VsgGym.TorchSharp.Tests.Kernels;

public sealed class AdamKernelTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.01)]
    public void Step_Repeated_HasTheBitsOfTheScalarFormula(double decay)
    {
        foreach (int length in (int[])[0, 1, 7, 8, 9, 100, 1003])
        {
            Random random = new(length);
            Guarded<float> p = new(length, random), g = new(length, random), m = new(length, random), v = new(length, random);
            m.Span.Clear();
            v.Span.Clear();
            float[] p2 = p.Span.ToArray(), m2 = new float[length], v2 = new float[length];
            for (int t = 1; t <= 5; t++)
            {
                AdamKernel.Step(p.Span, g.Span, m.Span, v.Span, Coefficients(t, decay));
                Reference(p2, g.Span, m2, v2, Coefficients(t, decay));
            }

            Assert.Equal(p2, p.Span.ToArray());
            Assert.Equal(m2, m.Span.ToArray());
            Assert.Equal(v2, v.Span.ToArray());
            Assert.True(p.WallsStand && m.WallsStand && v.WallsStand);
        }
    }

    [Fact]
    public void Step_InDouble_IsTheTextbookFormula()
    {
        // Kingma and Ba (2015), Algorithm 1, with the corrections written out.
        Random random = new(7);
        Guarded<double> p = new(13, random), g = new(13, random), m = new(13, random), v = new(13, random);
        m.Span.Clear();
        v.Span.Clear();
        double[] expected = p.Span.ToArray(), mean = new double[13], square = new double[13];
        for (int t = 1; t <= 4; t++)
        {
            AdamKernel.Step(p.Span, g.Span, m.Span, v.Span, Coefficients(t, 0));
            for (int i = 0; i < 13; i++)
            {
                mean[i] = (0.9 * mean[i]) + (0.1 * g.Span[i]);
                square[i] = (0.999 * square[i]) + (0.001 * g.Span[i] * g.Span[i]);
                expected[i] -= 1e-3 * (mean[i] / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(square[i] / (1 - Math.Pow(0.999, t))) + 1e-8);
            }
        }

        for (int i = 0; i < 13; i++) Assert.Equal(expected[i], p.Span[i], 1e-14);
    }

    [Fact]
    public void Step_WithOtherLengths_Throws() =>
        Assert.Throws<ArgumentException>(() => AdamKernel.Step(new float[3], new float[3], new float[2], new float[3], Coefficients(1, 0)));

    private static AdamCoefficients Coefficients(int t, double decay) =>
        new(0.9, 0.999, 1e-3 / (1 - Math.Pow(0.9, t)), 1 / Math.Sqrt(1 - Math.Pow(0.999, t)), 1e-8, decay);

    private static void Reference(Span<float> p, ReadOnlySpan<float> gradient, Span<float> m, Span<float> v, AdamCoefficients c)
    {
        for (int i = 0; i < p.Length; i++)
        {
            float g = gradient[i] + ((float)c.WeightDecay * p[i]);
            m[i] = ((float)c.Beta1 * m[i]) + ((float)(1 - c.Beta1) * g);
            v[i] = ((float)c.Beta2 * v[i]) + ((float)(1 - c.Beta2) * (g * g));
            p[i] -= (float)c.StepSize * m[i] / ((MathF.Sqrt(v[i]) * (float)c.InverseBias2Root) + (float)c.Epsilon);
        }
    }
}
