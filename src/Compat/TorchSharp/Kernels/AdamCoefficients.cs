namespace TorchSharp.Kernels;

/// <summary>What one step of Adam needs beside the tensors, the bias corrections of step t worked in.</summary>
/// <param name="Beta1">Decay of the mean gradient, in [0, 1).</param>
/// <param name="Beta2">Decay of the mean squared gradient, in [0, 1).</param>
/// <param name="StepSize">Learning rate / (1 - Beta1^t).</param>
/// <param name="InverseBias2Root">1 / sqrt(1 - Beta2^t).</param>
/// <param name="Epsilon">Added to the root, above 0.</param>
/// <param name="WeightDecay">Share of the parameter that is added to its gradient (not decoupled), at least 0.</param>
internal readonly record struct AdamCoefficients(
    double Beta1, double Beta2, double StepSize, double InverseBias2Root, double Epsilon, double WeightDecay);
