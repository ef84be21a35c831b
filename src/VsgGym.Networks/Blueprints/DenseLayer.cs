namespace VsgGym.Networks;

/// <summary>An affine layer as plain numbers: y = x W^T + b.</summary>
public sealed record DenseLayer
{
    /// <summary>Checks and wraps the numbers.</summary>
    /// <param name="inputs">Length of x, at least 1.</param>
    /// <param name="outputs">Length of y, at least 1.</param>
    /// <param name="weight">W, [outputs, inputs] in row-major order; not copied.</param>
    /// <param name="bias">b, [outputs]; not copied.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public DenseLayer(int inputs, int outputs, float[] weight, float[] bias)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(bias);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        if (weight.Length != (long)inputs * outputs) throw new ArgumentException($"weight: {weight.Length} numbers, [{outputs}, {inputs}] needed.", nameof(weight));
        if (bias.Length != outputs) throw new ArgumentException($"bias: {bias.Length} numbers, [{outputs}] needed.", nameof(bias));
        (Inputs, Outputs, Weight, Bias) = (inputs, outputs, weight, bias);
    }

    /// <summary>Length of x.</summary>
    public int Inputs { get; }

    /// <summary>Length of y.</summary>
    public int Outputs { get; }

    /// <summary>W, [outputs, inputs] in row-major order.</summary>
    public ReadOnlyMemory<float> Weight { get; }

    /// <summary>b, [outputs].</summary>
    public ReadOnlyMemory<float> Bias { get; }
}
