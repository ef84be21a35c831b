using System.Numerics.Tensors;
using TorchSharp.Engine;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Over all parameters at once.</summary>
        public static class utils
        {
            /// <summary>Scales all gradients so that their common norm is at most the given one; returns the norm before.</summary>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2)
            {
                List<TensorCore> gradients = [.. tensors.Select(t => t.Core.Grad).OfType<TensorCore>()];
                double total = 0;
                foreach (TensorCore gradient in gradients) total = double.IsPositiveInfinity(norm_type) ? Math.Max(total, Power(gradient, norm_type)) : total + Power(gradient, norm_type);
                double norm = double.IsPositiveInfinity(norm_type) ? total : norm_type == 2 ? Math.Sqrt(total) : Math.Pow(total, 1 / norm_type);
                double scale = max_norm / (norm + 1e-6);
                if (scale >= 1) return norm;
                foreach (TensorCore gradient in gradients)
                {
                    Elementwise.NumberInto<MulOp>(gradient, scale, gradient);
                    gradient.Storage.Version++;
                }

                return norm;
            }

            /// <summary>Limits each element of all gradients to +-clip_value.</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                foreach (Parameter parameter in tensors)
                {
                    if (parameter.Core.Grad is not { } gradient) continue;
                    Elementwise.NumberInto<MaxOp>(gradient, -clip_value, gradient);
                    Elementwise.NumberInto<MinOp>(gradient, clip_value, gradient);
                    gradient.Storage.Version++;
                }
            }

            /// <summary>All parameters in one vector.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors) => cat([.. tensors.Select(t => t.reshape(-1))]);

            /// <summary>Writes a vector into the parameters one after the other.</summary>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                using IDisposable mode = no_grad();
                using DisposeScope scope = NewDisposeScope();
                long at = 0;
                foreach (Parameter parameter in tensors)
                {
                    parameter.copy_(vec.narrow(0, at, parameter.numel()).reshape(parameter.shape));
                    at += parameter.numel();
                }
            }

            // Sum of the p-th powers; the largest element for p infinite.
            private static double Power(TensorCore gradient, double p)
            {
                TensorCore x = Engine.Convert.Dense(gradient, ScalarType.Float64);
                Span<double> span = x.Span<double>();
                double result = 0;
                if (double.IsPositiveInfinity(p)) result = span.Length == 0 ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude<double>(span));
                else if (p == 2) result = TensorPrimitives.SumOfSquares<double>(span);
                else foreach (double value in span) result += Math.Pow(Math.Abs(value), p);
                x.Release();
                return result;
            }
        }
    }
}
