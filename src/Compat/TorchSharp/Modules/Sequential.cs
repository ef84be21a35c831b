using System.Globalization;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Modules one after the other.</summary>
/// <remarks>A Linear followed by a ReLU is computed in one pass; values and gradients are those of the two.</remarks>
public class Sequential : nn.Module<Tensor, Tensor>
{
    private readonly List<nn.IModule<Tensor, Tensor>> _modules = [];
    private readonly List<string> _names = [];

    protected internal Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules)
        : base(nameof(Sequential))
    {
        foreach ((string key, nn.Module<Tensor, Tensor> module) in modules) append(key, module);
    }

    protected internal Sequential(params nn.Module<Tensor, Tensor>[] modules)
        : base(nameof(Sequential))
    {
        foreach (nn.Module<Tensor, Tensor> module in modules) append(module);
    }

    public int Count => _modules.Count;

    [IndexerName("SequentialItems")]
    public nn.IModule<Tensor, Tensor> this[int index] => _modules[index];

    public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
    {
        register_module(name, (nn.Module)module);
        _modules.Add(module);
        _names.Add(name);
        return this;
    }

    public Sequential append(nn.IModule<Tensor, Tensor> module) => append(_modules.Count.ToString(CultureInfo.InvariantCulture), module);

    public override Tensor forward(Tensor tensor)
    {
        if (_modules.Count == 0) return tensor.alias();
        Tensor at = tensor;
        for (int i = 0; i < _modules.Count; i++)
        {
            Tensor next;
            if (i + 1 < _modules.Count && _modules[i] is Linear linear && _modules[i + 1] is ReLU relu && !linear.IsWatched && !relu.IsWatched)
            {
                next = Engine.LinearLayer.Forward(at, linear.weight, linear.bias, true);
                i++;
            }
            else
            {
                next = _modules[i].call(at);
            }

            if (!ReferenceEquals(at, tensor) && !ReferenceEquals(at, next)) at.Dispose();
            at = next;
        }

        return at;
    }

    // The parts are registered as they are appended; the lists must not be.
    protected override void RegisterComponents()
    {
    }
}
