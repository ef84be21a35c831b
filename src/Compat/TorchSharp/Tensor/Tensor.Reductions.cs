using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor sum(ScalarType? type = null)
        {
            ScalarType t = type ?? Types.SumOf(Core.Type);
            var result = new Tensor(Reduce.SumAll(Core, t));
            if (Types.IsFloat(t)) Tape.Record(result, static (n, g) => n.Send(0, g.expand(n.Input(0).Shape)), this);
            return result;
        }

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum([dim], keepdim, type);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1], keepdim, type);

        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1, dim2], keepdim, type);

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => sum(dim.ToArray(), keepdim, type);

        /// <summary>Sum over dimensions; all of them where none is named.</summary>
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null)
        {
            ScalarType t = type ?? Types.SumOf(Core.Type);
            int[] dims = Reduce.Dims(dim, Core.Shape.Length);
            TensorCore at = Engine.Convert.Dense(Core, t);
            foreach (int d in dims)
            {
                TensorCore next = Reduce.Sum(at, d);
                at.Release();
                at = next;
            }

            var kept = new Tensor(at);
            Tensor result = keepdim ? kept : kept.Dropped(dims);
            if (Types.IsFloat(t)) Tape.Record(result, static (n, g) => n.Send(0, Widen(n, g)), this)?.With((object)dims);
            return result;
        }

        public Tensor mean()
        {
            RequireFloat("mean");
            return sum().DivNumber(Core.Count, ScalarType.Int64);
        }

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null)
        {
            if (type is null) RequireFloat("mean");
            long count = 1;
            foreach (int d in Reduce.Dims(dimensions, Core.Shape.Length)) count *= Core.Shape.Length == 0 ? 1 : Core.Shape[d];
            return sum(dimensions, keepdim, type).DivNumber(count, ScalarType.Int64);
        }

        public Tensor var(bool unbiased = true) => var(Reduce.Every(Core.Shape.Length), unbiased);

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var([dim], unbiased, keepdim, type);

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        {
            Tensor spread = sub(mean(dimensions, true)).square().sum(dimensions, keepdim, type);
            long count = Core.Count / Math.Max(1, spread.Core.Count);
            return spread.DivNumber(count - (unbiased ? 1 : 0), ScalarType.Int64);
        }

        public Tensor std(bool unbiased = true) => var(unbiased).sqrt();

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var(dim, unbiased, keepdim, type).sqrt();

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var(dimensions, unbiased, keepdim, type).sqrt();

        /// <summary>The p-norm of all elements; its gradient at zero is zero.</summary>
        public Tensor norm(float p = 2) => Norm(Reduce.Every(Core.Shape.Length), false, p);

        public Tensor norm(int dim, bool keepdim = false, float p = 2) => Norm([dim], keepdim, p);

        public Tensor amax(params long[] dims) => Extreme(true, dims, false);

        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => Extreme(true, dims, keepdim);

        public Tensor amin(params long[] dims) => Extreme(false, dims, false);

        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => Extreme(false, dims, keepdim);

        public Tensor max() => Extreme(true, [], false);

        public Tensor min() => Extreme(false, [], false);

        /// <summary>Largest elements along a dimension and where the first of each is.</summary>
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Best(true, dim, keepdim);

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Best(false, dim, keepdim);

        public Tensor argmax() => flatten().argmax(0);

        public Tensor argmin() => flatten().argmin(0);

        public Tensor argmax(long dim, bool keepdim = false) => Position(true, dim, keepdim);

        public Tensor argmin(long dim, bool keepdim = false) => Position(false, dim, keepdim);

        public Tensor prod(ScalarType? type = null) => flatten().prod(0, false, type);

        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null)
        {
            ScalarType t = type ?? Types.SumOf(Core.Type);
            int d = Shapes.Dim(dim, Core.Shape.Length);
            TensorCore dense = Engine.Convert.Dense(Core, t);
            var kept = new Tensor(Reduce.Prod(dense, d));
            dense.Release();
            Tensor result = keepdim ? kept : kept.Dropped([d]);
            if (Types.IsFloat(t)) Tape.Record(result, static (n, g) => n.Send(0, Widen(n, g).mul(n.Kept(0).ProductOfOthers((int)n.Long0))), this)?.Keep(this).With(d).With((object)(int[])[d]);
            return result;
        }

        public Tensor all() => flatten().all(0);

        public Tensor any() => flatten().any(0);

        public Tensor all(long dim, bool keepdim = false) => Truth(dim, keepdim, true);

        public Tensor any(long dim, bool keepdim = false) => Truth(dim, keepdim, false);

        public Tensor cumsum(long dim, ScalarType? type = null)
        {
            ScalarType t = type ?? Types.SumOf(Core.Type);
            int d = Shapes.Dim(dim, Core.Shape.Length);
            TensorCore dense = Engine.Convert.Dense(Core, t);
            var result = new Tensor(Reduce.RunningSum(dense, d));
            dense.Release();
            if (Types.IsFloat(t))
            {
                // Each element is in all later sums: the total less the sums before it.
                Tape.Record(result, static (n, g) => n.Send(0, g.sum(n.Long0, true).sub(g.cumsum(n.Long0)).add(g)), this)?.With(d);
            }

            return result;
        }

        /// <summary>Gradient of a reduction spread over the dimensions it removed.</summary>
        internal static Tensor Widen(Node n, Tensor g)
        {
            long[] to = n.Input(0).Shape;
            var dims = (int[])n.Extra!;
            if (to.Length == 0) return g;
            var kept = (long[])to.Clone();
            foreach (int d in dims) kept[d] = 1;
            return g.reshape(kept).expand(to);
        }

        /// <summary>Takes dimensions of size one out, without recording.</summary>
        internal Tensor Dropped(int[] dims)
        {
            long[] from = Core.Shape;
            if (from.Length == 0) return this;
            var shape = new List<long>();
            for (int d = 0; d < from.Length; d++)
            {
                if (Array.IndexOf(dims, d) < 0) shape.Add(from[d]);
            }

            long[] to = [.. shape];
            var result = new Tensor(new TensorCore(Core, to, Shapes.Strides(to), Core.Offset));
            Dispose();
            return result;
        }

        private Tensor Norm(long[] dims, bool keepdim, float p)
        {
            if (p != 2) return abs().pow(p).sum(dims, keepdim).pow(1.0 / p);
            Tensor result;
            using (no_grad()) result = square().sum(dims, keepdim).sqrt();
            Tape.Record(result, static (n, g) =>
            {
                Tensor length = Widen(n, n.Output());
                Tensor direction = torch.where(length.eq(0), zeros_like(length), n.Kept(0).div(length));
                n.Send(0, Widen(n, g).mul(direction));
            }, this)?.Keep(this).KeepOutput(result).With((object)Reduce.Dims(dims, Core.Shape.Length));
            return result;
        }

        private Tensor Extreme(bool largest, long[] dims, bool keepdim)
        {
            int[] over = Reduce.Dims(dims, Core.Shape.Length);
            TensorCore at = Strided.Dense(Core);
            foreach (int d in over)
            {
                TensorCore next = Reduce.Extreme(at, d, largest, out TensorCore where);
                where.Release();
                at.Release();
                at = next;
            }

            var kept = new Tensor(at);
            Tensor result = keepdim ? kept : kept.Dropped(over);
            Tape.Record(result, static (n, g) =>
            {
                // Equal extremes share the gradient evenly.
                Tensor equal = n.Kept(0).eq(Widen(n, n.Output())).to_type(g.dtype);
                long[] dimensions = [.. ((int[])n.Extra!).Select(d => (long)d)];
                n.Send(0, equal.div(equal.sum(dimensions, true)).mul(Widen(n, g)));
            }, this)?.Keep(this).KeepOutput(result).With((object)over);
            return result;
        }

        private (Tensor Values, Tensor Indexes) Best(bool largest, long dim, bool keepdim)
        {
            int d = Shapes.Dim(dim, Core.Shape.Length);
            TensorCore dense = Strided.Dense(Core);
            var values = new Tensor(Reduce.Extreme(dense, d, largest, out TensorCore positions));
            dense.Release();
            var kept = new Tensor(positions);
            Tensor result = keepdim ? values : values.Dropped([d]);
            Tape.Record(result, static (n, g) =>
            {
                long along = n.Long0;
                Tensor spread = n.Long1 != 0 || n.Input(0).Shape.Length == 0 ? g : g.unsqueeze(along);
                n.Send(0, zeros(n.Input(0).Shape, g.dtype).scatter_add(along, n.Kept(0), spread));
            }, this)?.Keep(kept.alias()).With(d, keepdim ? 1 : 0);
            return (result, keepdim ? kept : kept.Dropped([d]));
        }

        private Tensor Position(bool largest, long dim, bool keepdim)
        {
            using (no_grad())
            {
                (Tensor values, Tensor indexes) = Best(largest, dim, keepdim);
                values.Dispose();
                return indexes;
            }
        }

        private Tensor Truth(long dim, bool keepdim, bool every)
        {
            int d = Shapes.Dim(dim, Core.Shape.Length);
            var kept = new Tensor(Reduce.Truth(Core, d, every));
            return keepdim ? kept : kept.Dropped([d]);
        }

        private Tensor ProductOfOthers(int dim)
        {
            TorchError.Require(!GradMode.Enabled, "This engine has no second derivative of prod.");
            TensorCore dense = Strided.Dense(Core);
            var result = new Tensor(Reduce.ProductOfOthers(dense, dim));
            dense.Release();
            return result;
        }

        private void RequireFloat(string operation) =>
            TorchError.Require(Types.IsFloat(Core.Type), $"{operation}(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: {Core.Type}");
    }
}
