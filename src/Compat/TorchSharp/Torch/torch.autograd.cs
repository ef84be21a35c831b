using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Gradients as values.</summary>
    public static class autograd
    {
        /// <summary>Gradients of the sum of outputs with respect to the inputs; the leaves' grad is left alone.</summary>
        /// <param name="grad_outputs">Gradients of the outputs; may be left out for scalars.</param>
        /// <param name="retain_graph">Keeps what was saved, for another call.</param>
        /// <param name="create_graph">Records the gradients themselves.</param>
        /// <param name="allow_unused">An input the outputs do not depend on gets null in place of an error.</param>
        public static IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            TensorCore?[] found = Backward.Run([.. outputs], Given(outputs.Count, grad_outputs), retain_graph || create_graph, create_graph, inputs, false)!;
            var result = new Tensor[found.Length];
            for (int i = 0; i < result.Length; i++)
            {
                TorchError.Require(found[i] is not null || allow_unused, "One of the differentiated Tensors appears to not have been used in the graph. Set allow_unused=True if this is the desired behavior.");
                if (found[i] is { } core) result[i] = new Tensor(core);
            }

            return result;
        }

        public static void backward(IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            Backward.Run([.. tensors], Given(tensors.Count, grad_tensors), retain_graph ?? create_graph, create_graph, inputs, true);

        public static void backward(Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        private static Tensor?[] Given(int count, IList<Tensor>? gradients)
        {
            var result = new Tensor?[count];
            for (int i = 0; i < count; i++) result[i] = gradients?[i];
            return result;
        }
    }
}
