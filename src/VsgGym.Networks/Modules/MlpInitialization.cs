namespace VsgGym.Networks;

/// <summary>How a network's parameters are drawn.</summary>
public enum MlpInitialization
{
    /// <summary>PyTorch's scheme for linear layers: weights and biases uniform in +-1/sqrt(inputs).</summary>
    Pytorch,

    /// <summary>The scheme of the program of the authors of rommeo: weights uniform in +-sqrt(6 / (fan in + outputs)), biases 0. Its first layer has a matrix of its own for every input, so its fan in is 1.</summary>
    Glorot,
}
