using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>This tensor if its elements lie in row order, else a copy that does.</summary>
        public Tensor contiguous() => Core.Contiguous ? alias() : clone();

        /// <summary>A copy that the graph knows.</summary>
        public Tensor clone()
        {
            TensorCore dense = Strided.Dense(Core);
            var copy = new TensorCore(dense.Shape, dense.Type, dense.Strides);
            Strided.Bytes(dense).CopyTo(Strided.Bytes(copy));
            dense.Release();
            var result = new Tensor(copy);
            Tape.Record(result, static (n, g) => n.Send(0, g), this);
            return result;
        }

        /// <summary>Another shape for the same elements; one size may be -1. Copies only where the layout demands it.</summary>
        public Tensor reshape(params long[] shape)
        {
            long[] to = Shapes.Infer(shape, Core.Count);
            return Layout.Restride(Core.Shape, Core.Strides, to) is { } strides ? Reshaped(to, strides) : clone().Reshaped(to, Shapes.Strides(to));
        }

        /// <summary>Another shape for the same memory; one size may be -1.</summary>
        public Tensor view(params long[] shape)
        {
            long[] to = Shapes.Infer(shape, Core.Count);
            long[]? strides = Layout.Restride(Core.Shape, Core.Strides, to);
            TorchError.Require(strides is not null, "view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous subspaces). Use .reshape(...) instead.");
            return Reshaped(to, strides);
        }

        public Tensor view_as(Tensor other) => view(other.Core.Shape);

        public Tensor flatten(long start_dim = 0, long end_dim = -1)
        {
            long[] from = Core.Shape;
            if (from.Length == 0) return reshape(1);
            int first = Shapes.Dim(start_dim, from.Length);
            int last = Shapes.Dim(end_dim, from.Length);
            long middle = Shapes.Count(from.AsSpan(first, last - first + 1));
            return reshape([.. from[..first], middle, .. from[(last + 1)..]]);
        }

        public Tensor unflatten(long dim, params long[] sizes)
        {
            int d = Shapes.Dim(dim, Core.Shape.Length);
            return reshape([.. Core.Shape[..d], .. Shapes.Infer(sizes, Core.Shape[d]), .. Core.Shape[(d + 1)..]]);
        }

        /// <summary>Removes dimensions of size one: all, or the given one.</summary>
        public Tensor squeeze(long? dim = null)
        {
            long[] from = Core.Shape;
            int only = dim is { } d ? Shapes.Dim(d, from.Length) : -1;
            var shape = new List<long>(from.Length);
            var strides = new List<long>(from.Length);
            for (int i = 0; i < from.Length; i++)
            {
                if (from[i] == 1 && (only < 0 || only == i)) continue;
                shape.Add(from[i]);
                strides.Add(Core.Strides[i]);
            }

            return Reshaped([.. shape], [.. strides]);
        }

        public Tensor unsqueeze(long dim)
        {
            int d = Shapes.Dim(dim, Core.Shape.Length + 1);
            long stride = d < Core.Shape.Length ? Core.Shape[d] * Core.Strides[d] : 1;
            return Reshaped([.. Core.Shape[..d], 1, .. Core.Shape[d..]], [.. Core.Strides[..d], stride, .. Core.Strides[d..]]);
        }

        public Tensor transpose(long dim0, long dim1)
        {
            int a = Shapes.Dim(dim0, Core.Shape.Length);
            int b = Shapes.Dim(dim1, Core.Shape.Length);
            if (Core.Shape.Length == 0) return alias();
            var shape = (long[])Core.Shape.Clone();
            var strides = (long[])Core.Strides.Clone();
            (shape[a], shape[b]) = (shape[b], shape[a]);
            (strides[a], strides[b]) = (strides[b], strides[a]);
            Tensor result = Window(shape, strides, Core.Offset);
            Tape.Record(result, static (n, g) => n.Send(0, g.transpose(n.Long0, n.Long1)), this)?.With(a, b);
            return result.MarkView();
        }

        public Tensor t()
        {
            TorchError.Require(Core.Shape.Length <= 2, $"t() expects a tensor with <= 2 dimensions, but self is {Core.Shape.Length}D");
            return Core.Shape.Length < 2 ? alias() : transpose(0, 1);
        }

        public Tensor permute(params long[] permutation)
        {
            int rank = Core.Shape.Length;
            TorchError.Require(permutation.Length == rank, $"permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering of dimensions i.e. input.dim() = {rank} is not equal to len(dims) = {permutation.Length}");
            var shape = new long[rank];
            var strides = new long[rank];
            var inverse = new long[rank];
            for (int d = 0; d < rank; d++)
            {
                int from = Shapes.Dim(permutation[d], rank);
                shape[d] = Core.Shape[from];
                strides[d] = Core.Strides[from];
                inverse[from] = d;
            }

            Tensor result = Window(shape, strides, Core.Offset);
            Tape.Record(result, static (n, g) => n.Send(0, g.permute((long[])n.Extra!)), this)?.With((object)inverse);
            return result.MarkView();
        }

        public Tensor permute(IEnumerable<long> permutation) => permute([.. permutation]);

        /// <summary>Repeats dimensions of size one without copying; -1 keeps a size.</summary>
        public Tensor expand(params long[] sizes)
        {
            long[] from = Core.Shape;
            var to = (long[])sizes.Clone();
            int lead = to.Length - from.Length;
            TorchError.Require(lead >= 0, $"expand({Core.Type}{Shapes.Text(from)}, size={Shapes.Text(sizes)}): the number of sizes provided ({sizes.Length}) must be greater or equal to the number of dimensions in the tensor ({from.Length})");
            for (int d = 0; d < to.Length; d++)
            {
                long had = d < lead ? 1 : from[d - lead];
                if (to[d] == -1) to[d] = had;
                TorchError.Require(had == to[d] || had == 1, $"The expanded size of the tensor ({to[d]}) must match the existing size ({had}) at non-singleton dimension {d}.  Target sizes: {Shapes.Text(sizes)}.  Tensor sizes: {Shapes.Text(from)}");
            }

            Tensor result = Window(to, Shapes.ExpandStrides(from, Core.Strides, to), Core.Offset);
            Tape.Record(result, static (n, g) => n.Send(0, g), this);
            return result.MarkView();
        }

        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => expand(sizes.ToArray());

        public Tensor expand(long[] sizes, bool isImplicit = false) => expand(sizes);

        public Tensor expand_as(Tensor other) => expand(other.Core.Shape);

        /// <summary>Copies the whole the given number of times along each dimension.</summary>
        public Tensor repeat(params long[] sizes)
        {
            int rank = sizes.Length;
            TorchError.Require(rank >= Core.Shape.Length, "Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor");
            var single = new long[rank * 2];
            var multiple = new long[rank * 2];
            var merged = new long[rank];
            int lead = rank - Core.Shape.Length;
            for (int d = 0; d < rank; d++)
            {
                long size = d < lead ? 1 : Core.Shape[d - lead];
                single[2 * d] = 1;
                single[(2 * d) + 1] = multiple[(2 * d) + 1] = size;
                multiple[2 * d] = sizes[d];
                merged[d] = size * sizes[d];
            }

            Tensor result = reshape(single).expand(multiple).reshape(merged);
            return result;
        }

        /// <summary>Another element type; the tensor itself where it has it and no copy is asked for.</summary>
        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            if (type == Core.Type && !copy) return this;
            Tensor result;
            if (type == Core.Type)
            {
                result = clone();
            }
            else
            {
                result = new Tensor(Engine.Convert.Dense(Core, type));
                if (Types.IsFloat(type)) Tape.Record(result, static (n, g) => n.Send(0, g), this);
            }

            if (disposeAfter) Dispose();
            return result;
        }

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to_type(type, copy, disposeAfter);

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to_type(type, copy, disposeAfter);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to_type(Core.Type, copy, disposeAfter);

        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to(new Device(device), copy, disposeAfter);

        public Tensor to(Tensor other, bool non_blocking = false) => to_type(other.Core.Type);

        public Tensor type_as(Tensor tensor) => to_type(tensor.Core.Type);

        private Tensor Window(long[] shape, long[] strides, long offset) => new(new TensorCore(Core, shape, strides, offset));

        private Tensor Reshaped(long[] shape, long[] strides)
        {
            Tensor result = Window(shape, strides, Core.Offset);
            Tape.Record(result, static (n, g) => n.Send(0, g.reshape(n.Input(0).Shape)), this);
            return result.MarkView();
        }

        private Tensor MarkView()
        {
            if (Core.GradFn is null) return this;
            Core.IsDifferentiableView = true;
            Core.Storage.HasDifferentiableViews = true;
            return this;
        }
    }
}
