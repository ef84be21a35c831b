using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>y = x A^T + b.</summary>
/// <remarks>Initialized as PyTorch does: weight and bias uniform in +-1 / sqrt(inputs) (Kaiming with a = sqrt 5).</remarks>
public sealed class Linear : nn.Module<Tensor, Tensor>
{
    private Parameter? _weight;
    private Parameter? _bias;

    internal Linear(Parameter weight, Parameter? bias = null)
        : base(nameof(Linear))
    {
        in_features = weight.shape[1];
        out_features = weight.shape[0];
        this.weight = weight;
        if (bias is not null) this.bias = bias;
    }

    internal Linear(long inputSize, long outputSize, bool hasBias, ScalarType? dtype)
        : base(nameof(Linear))
    {
        in_features = inputSize;
        out_features = outputSize;
        weight = empty(outputSize, inputSize, dtype).AsParameter();
        nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
        if (!hasBias) return;
        bias = empty(outputSize, dtype).AsParameter();
        double bound = inputSize > 0 ? 1 / Math.Sqrt(inputSize) : 0;
        nn.init.uniform_(bias, -bound, bound);
    }

    /// <summary>[outputs, inputs].</summary>
    public Parameter weight
    {
        get => _weight!;
        set => Set(ref _weight, nameof(weight), value);
    }

    /// <summary>[outputs]; null without a bias.</summary>
    public Parameter? bias
    {
        get => _bias;
        set => Set(ref _bias, nameof(bias), value);
    }

    public long in_features { get; set; }

    public long out_features { get; set; }

    public override Tensor forward(Tensor tensor) => nn.functional.linear(tensor, weight, _bias);

    // The properties register themselves; the fields behind them must not be found by name.
    protected override void RegisterComponents()
    {
    }

    private void Set(ref Parameter? field, string name, Parameter? value)
    {
        if (!ReferenceEquals(field, value)) field?.Dispose();
        value?.DetachFromDisposeScope();
        field = value;
        ConditionallyRegisterParameter(name, value);
    }
}
