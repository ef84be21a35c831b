using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Layers and losses as functions.</summary>
        public static partial class functional
        {
            /// <summary>x W^T + b.</summary>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => LinearLayer.Forward(input, weights, bias, false);

            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_().alias() : x.relu();

            public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? x.tanh_().alias() : x.tanh();

            public static Tensor sigmoid(Tensor x) => x.sigmoid();

            public static Tensor sigmoid(Tensor x, bool inplace) => inplace ? x.sigmoid_().alias() : x.sigmoid();

            public static Tensor silu(Tensor x, bool inplace = false) => x.mul(x.sigmoid());

            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => x.softplus(beta, threshold);

            /// <summary>log of the sigmoid, without overflow.</summary>
            public static Tensor logsigmoid(Tensor x) => x.neg().softplus().neg();

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) => where(input.gt(0), input, input.mul(negative_slope));

            public static Tensor elu(Tensor x, double alpha, bool inplace = false) => where(x.gt(0), x, x.clamp_max(0).expm1().mul(alpha));

            /// <summary>In training, zeroes elements with probability p and scales the others by 1 / (1 - p).</summary>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
            {
                TorchError.Require(p is >= 0 and <= 1, $"dropout probability has to be between 0 and 1, but got {p}");
                if (!training || p == 0) return input.alias();
                Tensor mask = p == 1
                    ? zeros_like(input)
                    : RandomNumbers.Uniform(input.Core.Shape, ScalarType.Float64, 0, 1, null).ge(p).to_type(input.Core.Type).DivNumber(1 - p, ScalarType.Float64);
                return inplace ? input.mul_(mask).alias() : input.mul(mask);
            }

            /// <summary>Mean 0 and variance 1 over the last dimensions, then weight and bias.</summary>
            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-05)
            {
                var dims = new long[normalized_shape.Length];
                for (int d = 0; d < dims.Length; d++) dims[d] = -1 - d;
                Tensor centered = input.sub(input.mean(dims, true));
                Tensor scaled = centered.div(centered.square().mean(dims, true).add(eps).sqrt());
                if (weight is not null) scaled = scaled.mul(weight);
                return bias is null ? scaled : scaled.add(bias);
            }

            /// <summary>A row of zeros with a one at the class, int64.</summary>
            public static Tensor one_hot(Tensor x, long num_classes = -1)
            {
                TorchError.Require(x.dtype == ScalarType.Int64, "one_hot is only applicable to index tensor.");
                long classes = num_classes >= 0 ? num_classes : x.max().ToInt64() + 1;
                TorchError.Require(x.numel() == 0 || (x.min().ToInt64() >= 0 && x.max().ToInt64() < classes), "Class values must be non-negative and smaller than num_classes.");
                Tensor result = zeros([.. x.Core.Shape, classes], ScalarType.Int64);
                return result.scatter(-1, x.unsqueeze(-1), ones([.. x.Core.Shape, 1], ScalarType.Int64));
            }

            /// <summary>x over its p-norm along a dimension, which is at least eps.</summary>
            public static Tensor normalize(Tensor input, double p = 2, long dim = 1, double eps = 1e-12) => input.div(input.norm((int)dim, true, (float)p).clamp_min(eps));
        }
    }
}
