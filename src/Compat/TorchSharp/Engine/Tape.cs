using static TorchSharp.torch;

namespace TorchSharp.Engine;

/// <summary>Records operations whose inputs ask for gradients.</summary>
internal static class Tape
{
    internal static bool Records(Tensor a) => GradMode.Enabled && a.Core.RequiresGrad;

    internal static bool Records(Tensor a, Tensor b) => GradMode.Enabled && (a.Core.RequiresGrad || b.Core.RequiresGrad);

    /// <summary>Records an operation of one input; null where nothing asks for a gradient.</summary>
    internal static Node? Record(Tensor result, BackwardRule rule, Tensor a)
    {
        if (!GradMode.Enabled || !a.Core.RequiresGrad) return null;
        var node = new Node(rule);
        node.AddInput(a.Core);
        result.Core.GradFn = node;
        return node;
    }

    internal static Node? Record(Tensor result, BackwardRule rule, Tensor a, Tensor b)
    {
        if (!Records(a, b)) return null;
        var node = new Node(rule);
        node.AddInput(a.Core);
        node.AddInput(b.Core);
        result.Core.GradFn = node;
        return node;
    }

    internal static Node? Record(Tensor result, BackwardRule rule, Tensor a, Tensor b, Tensor c)
    {
        if (!Records(a, b) && !Records(c)) return null;
        var node = new Node(rule);
        node.AddInput(a.Core);
        node.AddInput(b.Core);
        node.AddInput(c.Core);
        result.Core.GradFn = node;
        return node;
    }

    internal static Node? Record(Tensor result, BackwardRule rule, ReadOnlySpan<Tensor> inputs)
    {
        bool any = false;
        foreach (Tensor input in inputs) any |= Records(input);
        if (!any) return null;
        var node = new Node(rule);
        foreach (Tensor input in inputs) node.AddInput(input.Core);
        result.Core.GradFn = node;
        return node;
    }
}
