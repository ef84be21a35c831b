using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Product of two matrices.</summary>
        public Tensor mm(Tensor target)
        {
            TorchError.Require(Core.Shape.Length == 2 && target.Core.Shape.Length == 2, "mat1 and mat2 must be matrices");
            var result = new Tensor(MatMul.TwoD(Core, target.Core));
            Tape.Record(result, static (n, g) =>
            {
                if (n.Needs(0)) n.Send(0, g.mm(n.Kept(1).t()));
                if (n.Needs(1)) n.Send(1, n.Kept(0).t().mm(g));
            }, this, target)?.Keep(target.Core.RequiresGrad ? this : null, Core.RequiresGrad ? target : null);
            return result;
        }

        /// <summary>Products of two batches of matrices, [batch, m, k] by [batch, k, n].</summary>
        public Tensor bmm(Tensor batch2)
        {
            TorchError.Require(Core.Shape.Length == 3 && batch2.Core.Shape.Length == 3, "batch1 and batch2 must be 3D tensors");
            var result = new Tensor(MatMul.Batched(Core, batch2.Core));
            Tape.Record(result, static (n, g) =>
            {
                if (n.Needs(0)) n.Send(0, g.bmm(n.Kept(1).transpose(1, 2)));
                if (n.Needs(1)) n.Send(1, n.Kept(0).transpose(1, 2).bmm(g));
            }, this, batch2)?.Keep(batch2.Core.RequiresGrad ? this : null, Core.RequiresGrad ? batch2 : null);
            return result;
        }

        public Tensor dot(Tensor target)
        {
            TorchError.Require(Core.Shape.Length == 1 && target.Core.Shape.Length == 1, $"1D tensors expected, but got {Core.Shape.Length}D and {target.Core.Shape.Length}D tensors");
            return mul(target).sum();
        }

        public Tensor outer(Tensor vec2) => unsqueeze(1).mul(vec2.unsqueeze(0));

        /// <summary>beta this + alpha mat1 mat2.</summary>
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1)
        {
            Tensor product = mat1.mm(mat2);
            if (alpha != 1) product = product.MulNumber(alpha, ScalarType.Float32);
            return (beta == 1 ? this : MulNumber(beta, ScalarType.Float32)).add(product);
        }

        /// <summary>Product by the rules of NumPy: vectors, matrices, and batches that broadcast.</summary>
        public Tensor matmul(Tensor target)
        {
            int left = Core.Shape.Length;
            int right = target.Core.Shape.Length;
            TorchError.Require(left > 0 && right > 0, $"both arguments to matmul need to be at least 1D, but they are {left}D and {right}D");
            if (left == 1 && right == 1) return dot(target);
            if (left == 2 && right == 2) return mm(target);
            if (left == 1) return unsqueeze(0).matmul(target).squeeze(-2);
            if (right == 1) return matmul(target.unsqueeze(1)).squeeze(-1);
            long[] a = Core.Shape;
            long[] b = target.Core.Shape;
            if (right == 2) return reshape(-1, a[^1]).mm(target).reshape([.. a[..^1], b[^1]]);
            long[] batch = Shapes.Broadcast(a[..^2], b[..^2]);
            Tensor wideA = expand([.. batch, a[^2], a[^1]]).reshape(-1, a[^2], a[^1]);
            Tensor wideB = target.expand([.. batch, b[^2], b[^1]]).reshape(-1, b[^2], b[^1]);
            return wideA.bmm(wideB).reshape([.. batch, a[^2], b[^1]]);
        }
    }
}
