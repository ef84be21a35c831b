using TorchSharp.Kernels;
using static TorchSharp.torch;

namespace TorchSharp.Engine;

/// <summary>y = x W^T + b, with a ReLU on top where asked, forward and backward in few passes.</summary>
internal static class LinearLayer
{
    internal static Tensor Forward(Tensor input, Tensor weight, Tensor? bias, bool relu)
    {
        TensorCore w = weight.Core;
        TensorCore x = input.Core;
        TorchError.Require(w.Shape.Length == 2 && x.Shape.Length > 0 && x.Shape[^1] == w.Shape[1], $"mat1 and mat2 shapes cannot be multiplied ({Shapes.Text(x.Shape)} and {Shapes.Text(w.Shape)} transposed)");
        TorchError.Require(x.Type == w.Type && (bias is null || bias.Core.Type == w.Type), $"mat1 and mat2 must have the same dtype, but got {x.Type} and {w.Type}");
        TensorCore dense = Strided.Dense(x);
        TensorCore matrix = Strided.Dense(w);
        TensorCore? shift = bias is null ? null : Strided.Dense(bias.Core);
        var y = new TensorCore(Output(x.Shape, w.Shape[0]), x.Type);
        int inputs = (int)w.Shape[1];
        int outputs = (int)w.Shape[0];
        int rows = inputs == 0 ? y.Count / Math.Max(1, outputs) : x.Count / inputs;
        if (x.Type == ScalarType.Float32) Gemm.Linear(rows, inputs, outputs, dense.Span<float>(), matrix.Span<float>(), shift is null ? default : shift.Span<float>(), y.Span<float>(), relu);
        else if (x.Type == ScalarType.Float64) Gemm.Linear(rows, inputs, outputs, dense.Span<double>(), matrix.Span<double>(), shift is null ? default : shift.Span<double>(), y.Span<double>(), relu);
        else throw TorchError.Unsupported("addmm_impl_cpu_", x.Type);
        dense.Release();
        matrix.Release();
        shift?.Release();
        var result = new Tensor(y);
        BackwardRule rule = relu ? ReluRule : PlainRule;
        Node? node = bias is null ? Tape.Record(result, rule, input, weight) : Tape.Record(result, rule, input, weight, bias);
        node?.Keep(weight.Core.RequiresGrad ? input : null, input.Core.RequiresGrad ? weight : null);
        if (relu) node?.KeepOutput(result);
        return result;
    }

    private static long[] Output(long[] input, long outputs)
    {
        if (input.Length == 2) return [input[0], outputs];
        var shape = (long[])input.Clone();
        shape[^1] = outputs;
        return shape;
    }

    private static void ReluRule(Node n, Tensor g) => PlainRule(n, Dense.MaskPositive(g, n.Output()));

    private static void PlainRule(Node n, Tensor g)
    {
        if (GradMode.Enabled)
        {
            Recorded(n, g);
            return;
        }

        TensorCore gradient = Strided.Dense(g.Core);
        int outputs = (int)gradient.Shape[^1];
        int rows = gradient.Count / Math.Max(1, outputs);
        if (n.Needs(0)) n.Send(0, Into(n.Input(0), n.Kept(1), gradient, rows, outputs, toInput: true));
        if (n.Needs(1)) n.Send(1, Into(n.Input(1), n.Kept(0), gradient, rows, outputs, toInput: false));
        if (n.InputCount > 2 && n.Needs(2)) n.Send(2, BiasGradient(n.Input(2).Shape, gradient, rows, outputs));
        gradient.Release();
    }

    // The same in operations that are recorded themselves: for gradients of gradients.
    private static void Recorded(Node n, Tensor g)
    {
        long outputs = g.size(-1);
        Tensor flat = g.reshape(-1, outputs);
        if (n.Needs(0)) n.Send(0, flat.mm(n.Kept(1)).reshape(n.Input(0).Shape));
        if (n.Needs(1)) n.Send(1, flat.t().mm(n.Kept(0).reshape(-1, n.Input(1).Shape[1])));
        if (n.InputCount > 2 && n.Needs(2)) n.Send(2, flat.sum(0L));
    }

    private static Tensor Into(Node.Edge edge, Tensor kept, TensorCore gradient, int rows, int outputs, bool toInput)
    {
        TensorCore other = Strided.Dense(kept.Core);
        var r = new TensorCore(edge.Shape, edge.Type);
        int inputs = (int)edge.Shape[^1];
        if (edge.Type == ScalarType.Float32)
        {
            if (toInput) Gemm.Run(false, false, rows, inputs, outputs, gradient.Span<float>(), other.Span<float>(), r.Span<float>(), false);
            else Gemm.Run(true, false, outputs, inputs, rows, gradient.Span<float>(), other.Span<float>(), r.Span<float>(), false);
        }
        else if (toInput)
        {
            Gemm.Run(false, false, rows, inputs, outputs, gradient.Span<double>(), other.Span<double>(), r.Span<double>(), false);
        }
        else
        {
            Gemm.Run(true, false, outputs, inputs, rows, gradient.Span<double>(), other.Span<double>(), r.Span<double>(), false);
        }

        other.Release();
        return new Tensor(r);
    }

    private static Tensor BiasGradient(long[] shape, TensorCore gradient, int rows, int outputs)
    {
        var r = new TensorCore(shape, gradient.Type);
        if (gradient.Type == ScalarType.Float32) RowSum.Run(rows, outputs, gradient.Span<float>(), r.Span<float>(), false);
        else RowSum.Run(rows, outputs, gradient.Span<double>(), r.Span<double>(), false);
        return new Tensor(r);
    }
}
