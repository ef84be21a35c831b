using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Each sample brought to mean 0 and variance 1 over its last dimensions, then scaled and shifted.</summary>
public sealed class LayerNorm : nn.Module<Tensor, Tensor>
{
    private Parameter? _weight;
    private Parameter? _bias;

    internal LayerNorm(long[] normalized_shape, double eps, bool elementwise_affine, bool bias, ScalarType? dtype)
        : base(nameof(LayerNorm))
    {
        this.normalized_shape = normalized_shape;
        this.eps = eps;
        this.elementwise_affine = elementwise_affine;
        if (!elementwise_affine) return;
        weight = ones(normalized_shape, dtype).AsParameter();
        if (bias) this.bias = zeros(normalized_shape, dtype).AsParameter();
    }

    public Parameter? weight
    {
        get => _weight;
        set => Set(ref _weight, nameof(weight), value);
    }

    public Parameter? bias
    {
        get => _bias;
        set => Set(ref _bias, nameof(bias), value);
    }

    public long[] normalized_shape { get; set; }

    public double eps { get; set; }

    public bool elementwise_affine { get; set; }

    public void reset_parameters()
    {
        if (_weight is not null) nn.init.ones_(_weight);
        if (_bias is not null) nn.init.zeros_(_bias);
    }

    public override Tensor forward(Tensor tensor) => nn.functional.layer_norm(tensor, normalized_shape, _weight, _bias, eps);

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
