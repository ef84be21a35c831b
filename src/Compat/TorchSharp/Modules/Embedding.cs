using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Rows of a table by their numbers.</summary>
public sealed class Embedding : nn.Module<Tensor, Tensor>
{
    private Parameter? _weight;

    internal Embedding(long num_embeddings, long embedding_dims, ScalarType? dtype)
        : base(nameof(Embedding))
    {
        weight = randn(num_embeddings, embedding_dims, dtype).AsParameter();
    }

    /// <summary>[rows, width].</summary>
    public Parameter weight
    {
        get => _weight!;
        set
        {
            if (!ReferenceEquals(_weight, value)) _weight?.Dispose();
            value.DetachFromDisposeScope();
            _weight = value;
            ConditionallyRegisterParameter(nameof(weight), value);
        }
    }

    public override Tensor forward(Tensor input)
    {
        long[] shape = [.. input.shape, weight.size(1)];
        return weight.index_select(0, input.reshape(-1)).reshape(shape);
    }

    // The property registers itself; the field behind it must not be found by name.
    protected override void RegisterComponents()
    {
    }
}
