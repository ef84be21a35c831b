namespace VsgGym.Client.Onnx;

/// <summary>A batch of what one player sees.</summary>
public sealed record PolicyInput
{
    /// <summary>Box observations, [B, O] in row-major order; for a game with discrete observations give <see cref="States"/> instead.</summary>
    public float[]? Observations { get; init; }

    /// <summary>Discrete observations, [B].</summary>
    public long[]? States { get; init; }

    /// <summary>Which actions are legal, [B, A] in row-major order; only where the game forbids actions.</summary>
    public bool[]? LegalActions { get; init; }

    /// <summary>The time of the decision, [B]; only for policies that depend on it.</summary>
    public long[]? Times { get; init; }

    /// <summary>The random numbers of the sampled action, [B, n]: standard normal for box actions, uniform in [0, 1) for discrete ones. Null: zeros and one half.</summary>
    public float[]? Noise { get; init; }
}
