using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>log of the sum of exponents along a dimension, without overflow.</summary>
        public Tensor logsumexp(long dim, bool keepdim = false)
        {
            int d = Shapes.Dim(dim, Core.Shape.Length);
            if (d != Core.Shape.Length - 1 && Core.Shape.Length > 0)
            {
                Tensor moved = transpose(d, -1).logsumexp(-1, true).transpose(d, -1);
                return keepdim ? moved : moved.squeeze(d);
            }

            TensorCore dense = Engine.Convert.Dense(Core, Types.FloatOf(Core.Type));
            var kept = new Tensor(SoftmaxRows.LogSumExp(dense));
            dense.Release();
            Tensor result = keepdim ? kept : kept.Dropped([d]);
            Tape.Record(result, static (n, g) =>
            {
                Tensor total = Widen(n, n.Output());
                n.Send(0, n.Kept(0).sub(total).exp().mul(Widen(n, g)));
            }, this)?.Keep(this).KeepOutput(result).With((object)(int[])[d]);
            return result;
        }

        public Tensor softmax(long dim, ScalarType? dtype = null) => Softmax(dim, dtype, false);

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Softmax(dim, dtype, true);

        private Tensor Softmax(long dim, ScalarType? dtype, bool log)
        {
            Tensor x = dtype is { } type ? to_type(type) : Types.IsFloat(Core.Type) ? this : throw TorchError.Unsupported("softmax_lastdim_kernel_impl", Core.Type);
            int d = Shapes.Dim(dim, Core.Shape.Length);
            if (d != Core.Shape.Length - 1 && Core.Shape.Length > 0) return x.transpose(d, -1).Softmax(-1, null, log).transpose(d, -1);
            TensorCore dense = Strided.Dense(x.Core);
            var result = new Tensor(SoftmaxRows.Softmax(dense, log));
            dense.Release();
            Tape.Record(result, log ? LogSoftmaxBackward : SoftmaxBackward, x)?.KeepOutput(result);
            return result;
        }

        private static void SoftmaxBackward(Node n, Tensor g)
        {
            Tensor y = n.Output();
            if (GradMode.Enabled) n.Send(0, y.mul(g.sub(g.mul(y).sum(-1, true))));
            else n.Send(0, FusedSoftmaxBackward(y, g, false));
        }

        private static void LogSoftmaxBackward(Node n, Tensor g)
        {
            Tensor y = n.Output();
            if (GradMode.Enabled) n.Send(0, g.sub(y.exp().mul(g.sum(-1, true))));
            else n.Send(0, FusedSoftmaxBackward(y, g, true));
        }

        private static Tensor FusedSoftmaxBackward(Tensor y, Tensor g, bool log)
        {
            TensorCore dense = Engine.Convert.Dense(g.Core, y.Core.Type);
            var result = new Tensor(SoftmaxRows.Backward(y.Core, dense, log));
            dense.Release();
            return result;
        }
    }
}
