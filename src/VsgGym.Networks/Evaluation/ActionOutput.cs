using VsgGym.Core;

namespace VsgGym.Networks;

/// <summary>What a head says about one player's actions for a batch of rows; arrays of the other kind of space are empty.</summary>
public sealed class ActionOutput
{
    internal ActionOutput(ActionHead head, int rows, bool sampled)
    {
        int drawn = sampled ? rows : 0;
        Rows = rows;
        LogProbability = new float[drawn];
        if (head is GaussianHead gaussian)
        {
            int n = gaussian.Box.Length;
            (Numbers, SampledNumbers, SampledEncoded) = (new float[rows * n], new float[drawn * n], new double[drawn * n]);
            (Encoded, Mean, Sigma) = (new double[rows * n], new float[rows * n], new float[rows * n]);
            return;
        }

        Probabilities = new float[rows * ((DiscreteSpace)head.Space).Count];
        Exact = new double[Probabilities.Length];
        (Choices, SampledChoices) = (new int[rows], new int[drawn]);
    }

    /// <summary>Number of rows B.</summary>
    public int Rows { get; }

    /// <summary>Most probable discrete actions, the first of equals, [B].</summary>
    public int[] Choices { get; } = [];

    /// <summary>Sampled discrete actions, [B]; empty where no noise was given.</summary>
    public int[] SampledChoices { get; } = [];

    /// <summary>Probabilities of the discrete actions, [B, A].</summary>
    public float[] Probabilities { get; } = [];

    /// <summary>Box actions at the Gaussian's mean, in game units, [B, n].</summary>
    public float[] Numbers { get; } = [];

    /// <summary>Sampled box actions in game units, [B, n]; empty where no noise was given.</summary>
    public float[] SampledNumbers { get; } = [];

    /// <summary>mu: the mean of the Gaussian before the tanh, [B, n].</summary>
    public float[] Mean { get; } = [];

    /// <summary>sigma: the standard deviation of the Gaussian before the tanh, [B, n], at least 0.01.</summary>
    public float[] Sigma { get; } = [];

    /// <summary>Logarithm of the sampled action's probability, or of its density per volume in game units, [B]; empty where no noise was given.</summary>
    public float[] LogProbability { get; }

    /// <summary><see cref="Probabilities"/> before they are rounded, [B, A].</summary>
    internal double[] Exact { get; } = [];

    /// <summary>x = tanh(mu), [B, n]: how another network takes <see cref="Numbers"/>.</summary>
    internal double[] Encoded { get; } = [];

    /// <summary>x = tanh(mu + sigma eps), [B, n]: how another network takes <see cref="SampledNumbers"/>.</summary>
    internal double[] SampledEncoded { get; } = [];
}
