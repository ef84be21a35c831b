using System.Runtime.CompilerServices;
using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Reads or writes a part: numbers drop a dimension, ranges keep it, tensors gather.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => index_put_(value, (TensorIndex)i1);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => select(0, i1).select(0, i2);
            set => index_put_(value, (TensorIndex)i1, i2);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => select(0, i1).select(0, i2).select(0, i3);
            set => index_put_(value, (TensorIndex)i1, i2, i3);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => select(0, i1).select(0, i2).select(0, i3).select(0, i4);
            set => index_put_(value, (TensorIndex)i1, i2, i3, i4);
        }

        public Tensor index(params TensorIndex[] indices)
        {
            Tensor view = Basic(indices, out Tensor?[]? positions);
            return positions is null ? view : view.Advanced(positions);
        }

        public Tensor index(params Tensor[] indices) => index(Wrapped(indices));

        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            bool plain = !Records(value);
            if (plain)
            {
                Tensor view = Basic(indices, out Tensor?[]? tensors);
                if (tensors is null)
                {
                    view.copy_(value);
                    return this;
                }
            }

            // The same index into the numbers of all elements names the places to write.
            using Tensor numbers = arange(Core.Count).reshape(Core.Shape);
            Tensor places = numbers.index(indices).contiguous();
            return OverwriteBy(Origin(value).Put(places, value.to_type(Core.Type)));
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, Wrapped(indices));

        public Tensor index_put_(Scalar value, params TensorIndex[] indices) => index_put_(full(Shapes.Scalar, value, Core.Type), indices);

        public Tensor index_put_(Scalar value, params Tensor[] indices) => index_put_(value, Wrapped(indices));

        private static TensorIndex[] Wrapped(Tensor[] indices)
        {
            var wrapped = new TensorIndex[indices.Length];
            for (int i = 0; i < indices.Length; i++) wrapped[i] = indices[i] is null ? TensorIndex.Colon : TensorIndex.Tensor(indices[i]);
            return wrapped;
        }

        /// <summary>Numbers and ranges as a view; tensors are collected by the dimension of the view they index.</summary>
        private Tensor Basic(TensorIndex[] indices, out Tensor?[]? positions)
        {
            positions = null;
            Tensor view = this;
            int dim = 0;
            for (int i = 0; i < indices.Length; i++)
            {
                TensorIndex at = indices[i];
                switch (at.Kind)
                {
                    case TensorIndex.IndexKind.None: view = view.unsqueeze(dim++); break;
                    case TensorIndex.IndexKind.Single: view = view.select(dim, at.Start!.Value); break;
                    case TensorIndex.IndexKind.Slice:
                        if (at.Start is not (null or 0) || at.Stop is not null || at.Step is not (null or 1)) view = view.slice(dim, at.Start ?? 0, at.Stop ?? long.MaxValue, at.Step ?? 1);
                        dim++;
                        break;
                    case TensorIndex.IndexKind.Ellipsis: dim = view.Core.Shape.Length - Consumed(indices.AsSpan(i + 1)); break;
                    case TensorIndex.IndexKind.Bool: throw TorchError.Native("This engine does not index by a single truth value.");
                    default:
                        Tensor tensor = at.Positions!;
                        Tensor[] each = tensor.Core.Type is ScalarType.Bool ? tensor.nonzero().unbind(1) : [tensor.to_type(ScalarType.Int64)];
                        positions ??= new Tensor?[Core.Shape.Length + indices.Length];
                        foreach (Tensor part in each) positions[dim++] = part;
                        break;
                }
            }

            if (ReferenceEquals(view, this)) view = alias();
            return view;
        }

        private static int Consumed(ReadOnlySpan<TensorIndex> indices)
        {
            int count = 0;
            foreach (TensorIndex index in indices)
            {
                count += index.Kind switch
                {
                    TensorIndex.IndexKind.None or TensorIndex.IndexKind.Bool => 0,
                    TensorIndex.IndexKind.Tensor when index.Positions!.Core.Type is ScalarType.Bool => index.Positions.Core.Shape.Length,
                    _ => 1,
                };
            }

            return count;
        }

        /// <summary>Gathers by tensors: their common shape takes the place of the dimensions they index, the front if these are apart.</summary>
        private Tensor Advanced(Tensor?[] positions)
        {
            int rank = Core.Shape.Length;
            var indexed = new List<long>();
            var others = new List<long>();
            long[] common = Shapes.Scalar;
            for (int d = 0; d < rank; d++)
            {
                if (d < positions.Length && positions[d] is { } at)
                {
                    indexed.Add(d);
                    common = Shapes.Broadcast(common, at.Core.Shape);
                }
                else
                {
                    others.Add(d);
                }
            }

            Tensor front = permute([.. indexed, .. others]);
            Tensor? flat = null;
            long count = 1;
            foreach (long d in indexed)
            {
                long size = Core.Shape[d];
                Tensor at = positions[d]!;
                Tensor wrapped = torch.where(at.lt(0), at.add(size), at);
                TorchError.Require(at.Core.Count == 0 || (wrapped.min().ToInt64() >= 0 && wrapped.max().ToInt64() < size), $"index is out of bounds for dimension {d} with size {size}");
                flat = flat is null ? wrapped : flat.mul(size).add(wrapped);
                count *= size;
            }

            long[] rest = [.. others.Select(d => Core.Shape[d])];
            Tensor rows = front.reshape([count, .. rest]).index_select(0, flat!.expand(common).reshape(-1));
            Tensor result = rows.reshape([.. common, .. rest]);
            bool together = indexed[^1] - indexed[0] == indexed.Count - 1;
            return together && indexed[0] > 0 ? result.permute(MovedBack(common.Length, rest.Length, (int)indexed[0])) : result;
        }

        private static long[] MovedBack(int common, int rest, int place)
        {
            var order = new List<long>();
            for (int d = 0; d < place; d++) order.Add(common + d);
            for (int d = 0; d < common; d++) order.Add(d);
            for (int d = place; d < rest; d++) order.Add(common + d);
            return [.. order];
        }

        /// <summary>A copy with values at the numbered places.</summary>
        private Tensor Put(Tensor places, Tensor value)
        {
            Tensor copy;
            using (no_grad()) copy = clone();
            TensorCore wide = Strided.DenseAs(value.Core, places.Core.Shape);
            Gathering.PutAt(copy.Core, places.Core, wide);
            wide.Release();
            Tape.Record(copy, static (n, g) =>
            {
                Tensor at = n.Kept(0);
                if (n.Needs(0)) n.Send(0, g.Put(at, zeros([], g.dtype)));
                if (n.Needs(1)) n.Send(1, g.reshape(-1).index_select(0, at.reshape(-1)).reshape(at.Core.Shape));
            }, this, value)?.Keep(places);
            return copy;
        }
    }
}
