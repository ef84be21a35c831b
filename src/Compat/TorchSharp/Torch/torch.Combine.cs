using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Elements of x where the condition holds, of y elsewhere; all three broadcast.</summary>
    public static Tensor where(Tensor condition, Tensor x, Tensor y)
    {
        TorchError.Require(condition.dtype == ScalarType.Bool, $"where expected condition to be a boolean tensor, but got a tensor with dtype {condition.dtype}");
        ScalarType type = Types.Promote(x.Core, y.Core);
        long[] shape = Shapes.Broadcast(Shapes.Broadcast(condition.Core.Shape, x.Core.Shape), y.Core.Shape);
        TensorCore mask = Wide(condition.Core, ScalarType.Bool, shape);
        TensorCore left = Wide(x.Core, type, shape);
        TensorCore right = Wide(y.Core, type, shape);
        var r = new TensorCore(shape, type);
        Dense.Where(mask, left, right, r);
        mask.Release();
        left.Release();
        right.Release();
        var result = new Tensor(r);
        Tape.Record(result, static (n, g) =>
        {
            Tensor held = n.Kept(0);
            Tensor none = zeros([], g.dtype);
            if (n.Needs(0)) n.Send(0, where(held, g, none));
            if (n.Needs(1)) n.Send(1, where(held, none, g));
        }, x, y)?.Keep(condition);
        return result;
    }

    /// <summary>Positions where the condition holds, one tensor for each dimension.</summary>
    public static Tensor[] where(Tensor condition) => condition.nonzero().unbind(1);

    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => cat([.. tensors], dim);

    public static Tensor cat(Tensor[] tensors, long dim = 0) => cat((ReadOnlySpan<Tensor>)tensors, dim);

    /// <summary>Tensors one after the other along a dimension.</summary>
    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0)
    {
        TorchError.Require(tensors.Length > 0, "torch.cat(): expected a non-empty list of Tensors");
        TensorCore first = tensors[0].Core;
        int d = Shapes.Dim(dim, first.Shape.Length);
        TorchError.Require(first.Shape.Length > 0, "zero-dimensional tensor (at position 0) cannot be concatenated");
        long[] shape = (long[])first.Shape.Clone();
        ScalarType type = first.Type;
        for (int i = 1; i < tensors.Length; i++)
        {
            TensorCore next = tensors[i].Core;
            for (int k = 0; k < shape.Length; k++)
                TorchError.Require(next.Shape.Length == shape.Length && (k == d || next.Shape[k] == first.Shape[k]), $"Sizes of tensors must match except in dimension {d}. Expected size {first.Shape[k]} but got {Shapes.Text(next.Shape)} for tensor number {i} in the list.");
            shape[d] += next.Shape[d];
            if (next.Type != type) type = Types.Promote(tensors[i].Core, first);
        }

        var r = new TensorCore(shape, type);
        long at = 0;
        foreach (Tensor tensor in tensors)
        {
            TensorCore part = Engine.Convert.Dense(tensor.Core, type);
            TensorCore place = new Window(d, at, part.Shape[d], 1, false).Of(r);
            Strided.Write(part, place);
            at += part.Shape[d];
            place.Release();
            part.Release();
        }

        var result = new Tensor(r);
        Tape.Record(result, static (n, g) =>
        {
            long at = 0;
            for (int i = 0; i < n.InputCount; i++)
            {
                long size = n.Input(i).Shape[n.Long0];
                if (n.Needs(i)) n.Send(i, g.narrow(n.Long0, at, size));
                at += size;
            }
        }, tensors)?.With(d);
        return result;
    }

    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor concat(Tensor[] tensors, long dim = 0) => cat(tensors, dim);

    /// <summary>Tensors of one shape side by side along a new dimension.</summary>
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => cat([.. tensors.Select(t => t.unsqueeze(dim))], dim);

    public static Tensor gather(Tensor input, long dim, Tensor index) => input.gather(dim, index);

    public static Tensor index_select(Tensor input, long dim, Tensor index) => input.index_select(dim, index);

    public static Tensor unsqueeze(Tensor input, long dim) => input.unsqueeze(dim);

    public static Tensor squeeze(Tensor input, long? dim = null) => input.squeeze(dim);

    public static Tensor reshape(Tensor input, params long[] shape) => input.reshape(shape);

    public static Tensor flatten(Tensor input, long start_dim = 0, long end_dim = -1) => input.flatten(start_dim, end_dim);

    public static Tensor transpose(Tensor input, long dim0, long dim1) => input.transpose(dim0, dim1);

    public static Tensor permute(Tensor input, params long[] permutation) => input.permute(permutation);

    public static Tensor masked_select(Tensor input, Tensor mask) => input.masked_select(mask);

    public static Tensor tril(Tensor input, long diagonal = 0) => input.tril(diagonal);

    public static Tensor triu(Tensor input, long diagonal = 0) => input.triu(diagonal);

    public static bool allclose(Tensor tensor, Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false)
    {
        using IDisposable mode = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor a = tensor.to_type(ScalarType.Float64);
        Tensor b = target.to_type(ScalarType.Float64);
        Tensor close = a.eq(b).logical_or(a.sub(b).abs().le(b.abs().MulNumber(rtol, ScalarType.Float64).AddNumber(atol, ScalarType.Float64)).logical_and(b.isfinite()));
        if (equal_nan) close = close.logical_or(a.isnan().logical_and(b.isnan()));
        return close.all().ToBoolean();
    }

    /// <summary>A truth value: same shape and equal elements.</summary>
    public static Tensor equal(Tensor tensor, Tensor target) =>
        Shapes.Same(tensor.Core.Shape, target.Core.Shape) ? tensor.eq(target).all() : torch.tensor(false);

    private static TensorCore Wide(TensorCore core, ScalarType type, long[] shape)
    {
        if (core.Count == 1 || Shapes.Same(core.Shape, shape)) return Engine.Convert.Dense(core, type);
        TensorCore dense = Engine.Convert.Dense(core, type);
        TensorCore wide = Strided.DenseAs(dense, shape);
        dense.Release();
        return wide;
    }
}
