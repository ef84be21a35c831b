using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Whether operations on this tensor are recorded. Default false; only leaves of a floating type can be set.</summary>
        public bool requires_grad
        {
            get => Core.RequiresGrad;
            set
            {
                TensorCore c = Core;
                TorchError.Require(c.GradFn is null || value, "you can only change requires_grad flags of leaf variables.");
                TorchError.Require(!value || Types.IsFloat(c.Type), "only Tensors of floating point dtype can require gradients");
                if (c.GradFn is null) c.LeafRequiresGrad = value;
            }
        }

        /// <summary>The gradient accumulated by backward, as a new handle; null before.</summary>
        public Tensor? grad
        {
            get => Core.Grad is { } g ? new Tensor(g.Retain()) : null;
            set => Core.Grad = value?.Core.Retain();
        }

        public bool is_leaf => Core.GradFn is null;

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>Keeps the gradient of a tensor that is not a leaf.</summary>
        public void retain_grad()
        {
            TorchError.Require(Core.RequiresGrad, "can't retain_grad on Tensor that has requires_grad=False");
            if (Core.GradFn is not { } made) return;
            Core.RetainsGrad = true;
            made.Result = Core;
        }

        /// <summary>Gradients of this scalar with respect to the leaves are added to their grad.</summary>
        public void backward() => Backward.Run([this], [null], false, false, null, false);

        /// <param name="grad_tensors">Gradient of this tensor; may be left out for a scalar.</param>
        /// <param name="retain_graph">Keeps what was saved, for another call.</param>
        /// <param name="create_graph">Records the gradients themselves.</param>
        /// <param name="inputs">If given, only their gradients are accumulated.</param>
        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            Backward.Run([this], [grad_tensors?[0]], retain_graph || create_graph, create_graph, inputs, true);

        /// <summary>The same array outside the graph; writes to it count as writes to this tensor.</summary>
        public Tensor detach() => new(Core.Detached());

        public Tensor detach_()
        {
            Core.GradFn = null;
            Core.LeafRequiresGrad = false;
            return this;
        }

        /// <summary>Sum over the dimensions in which a smaller shape was repeated.</summary>
        internal Tensor SumTo(long[] smaller)
        {
            long[] from = Core.Shape;
            int lead = from.Length - smaller.Length;
            var dims = new List<long>();
            for (int d = 0; d < from.Length; d++)
            {
                if (d < lead || (smaller[d - lead] == 1 && from[d] != 1)) dims.Add(d);
            }

            Tensor result = dims.Count == 0 ? this : sum(dims.ToArray(), keepdim: true);
            return Shapes.Same(result.Core.Shape, smaller) ? result : result.reshape(smaller);
        }
    }
}
