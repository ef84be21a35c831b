using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>One entry of a dimension, which is dropped.</summary>
        public Tensor select(long dim, long index)
        {
            int d = Shapes.Dim(dim, Core.Shape.Length);
            TorchError.Require(Core.Shape.Length > 0, "select() cannot be applied to a 0-dim tensor.");
            long size = Core.Shape[d];
            TorchError.Require(index >= -size && index < size, $"select(): index {index} out of range for tensor of size {Shapes.Text(Core.Shape)} at dimension {d}");
            return Look(new Window(d, index < 0 ? index + size : index, 1, 1, true));
        }

        /// <summary>The entries [start, start + length) of a dimension.</summary>
        public Tensor narrow(long dim, long start, long length)
        {
            int d = Shapes.Dim(dim, Core.Shape.Length);
            long first = start < 0 ? start + Core.Shape[d] : start;
            TorchError.Require(first >= 0 && length >= 0 && first + length <= Core.Shape[d], $"start ({start}) + length ({length}) exceeds dimension size ({Core.Shape[d]}).");
            return Look(new Window(d, first, length, 1, false));
        }

        /// <summary>Every step-th entry of [start, finish) of a dimension; bounds beyond it are cut.</summary>
        public Tensor slice(long dim, long start, long finish, long step)
        {
            int d = Shapes.Dim(dim, Core.Shape.Length);
            TorchError.Require(step > 0, "slice step must be positive");
            long size = Core.Shape[d];
            long first = Math.Clamp(start < 0 ? start + size : start, 0, size);
            long last = Math.Clamp(finish < 0 ? finish + size : finish, first, size);
            return Look(new Window(d, first, (last - first + step - 1) / step, step, false));
        }

        public Tensor[] unbind(long dimension = 0)
        {
            int d = Shapes.Dim(dimension, Core.Shape.Length);
            var parts = new Tensor[Core.Shape[d]];
            for (int i = 0; i < parts.Length; i++) parts[i] = select(d, i);
            return parts;
        }

        /// <summary>Parts of the given size along a dimension; the last may be smaller.</summary>
        public Tensor[] split(long size, int dim = 0)
        {
            long whole = Core.Shape[Shapes.Dim(dim, Core.Shape.Length)];
            var parts = new List<Tensor>();
            for (long at = 0; at < whole; at += size) parts.Add(narrow(dim, at, Math.Min(size, whole - at)));
            return [.. parts];
        }

        public Tensor[] split(long[] sizes, long dim = 0)
        {
            var parts = new Tensor[sizes.Length];
            long at = 0;
            for (int i = 0; i < parts.Length; at += sizes[i++]) parts[i] = narrow(dim, at, sizes[i]);
            return parts;
        }

        public Tensor[] chunk(long chunks, long dim = 0)
        {
            long whole = Core.Shape[Shapes.Dim(dim, Core.Shape.Length)];
            return split((whole + chunks - 1) / chunks, (int)dim);
        }

        /// <summary>result[i, j] = this[i, index[i, j]] for dim 1; in general along any dimension.</summary>
        public Tensor gather(long dim, Tensor index)
        {
            int d = Shapes.Dim(dim, Core.Shape.Length);
            var result = new Tensor(Gathering.Gather(Core, d, index.Core));
            Tape.Record(result, static (n, g) => n.Send(0, zeros(n.Input(0).Shape, g.dtype).scatter_add(n.Long0, n.Kept(0), g)), this)?.Keep(index).With(d);
            return result;
        }

        /// <summary>A copy with the source added at the places gather would read.</summary>
        public Tensor scatter_add(long dim, Tensor index, Tensor src)
        {
            int d = Shapes.Dim(dim, Core.Shape.Length);
            Tensor part = src.Cut(index.Core.Shape);
            return Placed(part, (target, source) => Gathering.ScatterAdd(target, d, index.Core, source)).RecordPlaced(this, part, index, d, static (n, g) =>
            {
                n.Send(0, g);
                if (n.Needs(1)) n.Send(1, g.gather(n.Long0, n.Kept(0)));
            });
        }

        /// <summary>A copy with the source written at the places gather would read.</summary>
        public Tensor scatter(long dim, Tensor index, Tensor src)
        {
            int d = Shapes.Dim(dim, Core.Shape.Length);
            Tensor part = src.Cut(index.Core.Shape);
            return Placed(part, (target, source) => Gathering.Scatter(target, d, index.Core, source)).RecordPlaced(this, part, index, d, static (n, g) =>
            {
                Tensor index = n.Kept(0);
                if (n.Needs(0)) n.Send(0, g.scatter(n.Long0, index, zeros(index.shape, g.dtype)));
                if (n.Needs(1)) n.Send(1, g.gather(n.Long0, index));
            });
        }

        public Tensor scatter_(long dim, Tensor index, Tensor src) => OverwriteBy(Origin(src).scatter(dim, index, src));

        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => OverwriteBy(Origin(src).scatter_add(dim, index, src));

        /// <summary>The entries of a dimension that a vector of indices names.</summary>
        public Tensor index_select(long dim, Tensor index)
        {
            int d = Shapes.Dim(dim, Core.Shape.Length);
            Tensor at = index.to_type(ScalarType.Int64).contiguous();
            var result = new Tensor(Gathering.Select(Core, d, at.Core));
            Tape.Record(result, static (n, g) => n.Send(0, zeros(n.Input(0).Shape, g.dtype).index_add(n.Long0, n.Kept(0), g, 1)), this)?.Keep(at).With(d);
            return result;
        }

        /// <summary>A copy with alpha times the source's slices added to those the index names.</summary>
        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha)
        {
            int d = Shapes.Dim(dim, Core.Shape.Length);
            Tensor scaled = alpha.Real == 1 ? source : source.mul(alpha);
            Tensor at = index.to_type(ScalarType.Int64).contiguous();
            return Placed(scaled, (target, values) => Gathering.SelectAdd(target, d, at.Core, values)).RecordPlaced(this, scaled, at, d, static (n, g) =>
            {
                n.Send(0, g);
                if (n.Needs(1)) n.Send(1, g.index_select(n.Long0, n.Kept(0)));
            });
        }

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) => OverwriteBy(Origin(source).index_add(dim, index, source, alpha));

        public Tensor masked_fill(Tensor mask, Scalar value) => torch.where(mask, full(Shapes.Scalar, value, Core.Type), this);

        public Tensor masked_select(Tensor mask)
        {
            long[] shape = Shapes.Broadcast(Core.Shape, mask.Core.Shape);
            return expand(shape).reshape(-1).index_select(0, mask.expand(shape).reshape(-1).nonzero().squeeze(1));
        }

        /// <summary>This where the condition holds, else y.</summary>
        public Tensor where(Tensor condition, Tensor y) => torch.where(condition, this, y);

        /// <summary>Positions of the elements that are not zero, one row each.</summary>
        public Tensor nonzero() => new(Ordering.NonZero(Core));

        /// <summary>A range of one dimension as a view.</summary>
        internal Tensor Look(Window window)
        {
            var result = new Tensor(window.Of(Core));
            Tape.Record(result, static (n, g) => n.Send(0, ((Window)n.Extra!).Scatter(g, n.Input(0).Shape)), this)?.With(window);
            return result.MarkView();
        }

        private Tensor Placed(Tensor source, Action<TensorCore, TensorCore> place)
        {
            TorchError.Require(source.Core.Type == Core.Type, "scatter(): Expected self.dtype to be equal to src.dtype");
            Tensor copy;
            using (no_grad()) copy = clone();
            TensorCore values = Strided.Dense(source.Core);
            place(copy.Core, values);
            values.Release();
            return copy;
        }

        // Scatter reads the corner of a larger source that the index covers.
        private Tensor Cut(long[] shape)
        {
            Tensor cut = this;
            if (Shapes.Same(Core.Shape, shape)) return cut;
            for (int d = 0; d < shape.Length; d++) cut = cut.narrow(d, 0, shape[d]);
            return cut;
        }

        private Tensor RecordPlaced(Tensor self, Tensor source, Tensor index, int dim, BackwardRule rule)
        {
            Tape.Record(this, rule, self, source)?.Keep(index).With(dim);
            return this;
        }
    }
}
