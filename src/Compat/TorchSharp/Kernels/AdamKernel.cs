namespace TorchSharp.Kernels;

/// <summary>What a step of Adam needs besides its arrays.</summary>
/// <param name="StepSize">Learning rate over the bias correction of the first moment.</param>
/// <param name="InverseBias2Root">One over the square root of the bias correction of the second moment.</param>
internal readonly record struct AdamCoefficients(double Beta1, double Beta2, double StepSize, double InverseBias2Root, double Epsilon, double WeightDecay);

/// <summary>One step of Adam over one parameter, in PyTorch's order of arithmetic.</summary>
internal static class AdamKernel
{
    internal static void Step(Span<float> parameter, ReadOnlySpan<float> gradient, Span<float> m, Span<float> v, in AdamCoefficients c)
    {
        float beta1 = (float)c.Beta1, beta2 = (float)c.Beta2, rest1 = (float)(1 - c.Beta1), rest2 = (float)(1 - c.Beta2);
        float step = (float)-c.StepSize, root = (float)c.InverseBias2Root, epsilon = (float)c.Epsilon, decay = (float)c.WeightDecay;
        for (int i = 0; i < parameter.Length; i++)
        {
            float g = gradient[i];
            if (decay != 0) g += decay * parameter[i];
            m[i] = (m[i] * beta1) + (g * rest1);
            v[i] = (v[i] * beta2) + (rest2 * g * g);
            parameter[i] += step * m[i] / ((MathF.Sqrt(v[i]) * root) + epsilon);
        }
    }

    internal static void Step(Span<double> parameter, ReadOnlySpan<double> gradient, Span<double> m, Span<double> v, in AdamCoefficients c)
    {
        double rest1 = 1 - c.Beta1, rest2 = 1 - c.Beta2;
        for (int i = 0; i < parameter.Length; i++)
        {
            double g = gradient[i];
            if (c.WeightDecay != 0) g += c.WeightDecay * parameter[i];
            m[i] = (m[i] * c.Beta1) + (g * rest1);
            v[i] = (v[i] * c.Beta2) + (rest2 * g * g);
            parameter[i] -= c.StepSize * m[i] / ((Math.Sqrt(v[i]) * c.InverseBias2Root) + c.Epsilon);
        }
    }
}
