namespace VsgGym.Client.Onnx;

/// <summary>A batch of actions. Box actions stand in the float arrays, discrete ones in the integer arrays; the others are empty.</summary>
/// <param name="BoxActions">Deterministic box actions, [B, n].</param>
/// <param name="SampledBoxActions">Box actions as functions of the noise, [B, n].</param>
/// <param name="Actions">Deterministic discrete actions, [B].</param>
/// <param name="SampledActions">Discrete actions as functions of the noise, [B].</param>
/// <param name="LogProbabilities">Of the sampled actions, [B].</param>
/// <param name="Probabilities">Of every discrete action, [B, A].</param>
public sealed record PolicyOutput(
    float[] BoxActions,
    float[] SampledBoxActions,
    long[] Actions,
    long[] SampledActions,
    float[] LogProbabilities,
    float[] Probabilities);
