using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Positions that would sort a dimension; equal elements keep their order.</summary>
        public Tensor argsort(long dim = -1, bool descending = false)
        {
            int d = Shapes.Dim(dim, Core.Shape.Length);
            bool last = d >= Core.Shape.Length - 1;
            using Tensor moved = detach();
            TensorCore dense = Strided.Dense(last ? moved.Core : moved.transpose(d, -1).Core);
            var order = new Tensor(Engine.Ordering.ArgSort(dense, descending));
            dense.Release();
            return last ? order : order.transpose(d, -1);
        }

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false)
        {
            Tensor order = argsort(dim, descending);
            return (gather(dim, order), order);
        }

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true)
        {
            Tensor order = argsort(dim, largest).narrow(dim, 0, k);
            return (gather(dim, order), order);
        }

        /// <summary>Reverses the order along dimensions.</summary>
        public Tensor flip(params long[] dims)
        {
            Tensor result = this;
            foreach (long dim in dims)
            {
                long size = Core.Shape[Shapes.Dim(dim, Core.Shape.Length)];
                var order = new long[size];
                for (long i = 0; i < size; i++) order[i] = size - 1 - i;
                result = result.index_select(dim, tensor(order));
            }

            return result;
        }

        /// <summary>The part on and below a diagonal of each matrix, zero elsewhere.</summary>
        public Tensor tril(long diagonal = 0) => where(Diagonals().le(diagonal), zeros_like(this));

        /// <summary>The part on and above a diagonal of each matrix, zero elsewhere.</summary>
        public Tensor triu(long diagonal = 0) => where(Diagonals().ge(diagonal), zeros_like(this));

        // Column less row: the number of the diagonal each element of a matrix is on.
        private Tensor Diagonals() => arange(size(-1)).unsqueeze(0).sub(arange(size(-2)).unsqueeze(1));
    }
}
