using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A leaf that is trained.</summary>
public class Parameter : Tensor
{
    /// <summary>Takes the array over from a handle, which is then invalid, and its place in a dispose scope.</summary>
    public Parameter(Tensor data, bool requires_grad = true)
        : base(Taken(data))
    {
        OwningDisposeScope?.Remove(this);
        data.OwningDisposeScope?.Attach(this);
        data.Dispose();
        this.requires_grad = requires_grad;
    }

    private static Engine.TensorCore Taken(Tensor data)
    {
        if (data.requires_grad && !data.is_leaf) return data.Core.Detached();
        return data.Core.Retain();
    }
}
