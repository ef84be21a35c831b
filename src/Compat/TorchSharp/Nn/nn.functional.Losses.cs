using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Mean of (input - target)^2.</summary>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean)
            {
                if (reduction == Reduction.Mean && !target.requires_grad && Shapes.Same(input.Core.Shape, target.Core.Shape) && input.Core.Type == target.Core.Type && Types.IsFloat(input.Core.Type))
                    return MeanSquares.Of(input, target);
                return Reduced(input.sub(target).square(), reduction);
            }

            /// <summary>Mean of |input - target|.</summary>
            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) => Reduced(input.sub(target).abs(), reduction);

            /// <summary>Half the square of the error up to delta, delta (|error| - delta / 2) beyond.</summary>
            public static Tensor huber_loss(Tensor input, Tensor target, double delta = 1, Reduction reduction = Reduction.Mean)
            {
                Tensor error = input.sub(target).abs();
                return Reduced(where(error.le(delta), error.square().mul(0.5), error.sub(0.5 * delta).mul(delta)), reduction);
            }

            /// <summary>Half the square of the error over beta up to beta, |error| - beta / 2 beyond.</summary>
            public static Tensor smooth_l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1)
            {
                Tensor error = input.sub(target).abs();
                if (beta == 0) return Reduced(error, reduction);
                return Reduced(where(error.lt(beta), error.square().mul(0.5 / beta), error.sub(0.5 * beta)), reduction);
            }

            /// <summary>Less the log-probability of the target class, weighted.</summary>
            /// <param name="input">[N, C] or [N, C, ...] of log-probabilities.</param>
            /// <param name="target">[N] or [N, ...] of classes.</param>
            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) => ClassLoss(input, target, weight, -100, reduction);

            /// <summary>nll_loss of the log-softmax; targets are classes or probabilities.</summary>
            /// <param name="ignore_index">Targets of this class do not count.</param>
            /// <param name="label_smoothing">Part of each target spread over all classes.</param>
            public static Tensor cross_entropy(Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean, double label_smoothing = 0)
            {
                long dim = input.dim() == 1 ? 0 : 1;
                Tensor logs = input.log_softmax(dim);
                if (Types.IsFloat(target.dtype))
                {
                    long classes = input.size((int)dim);
                    Tensor smooth = label_smoothing == 0 ? target : target.mul(1 - label_smoothing).add(label_smoothing / classes);
                    Tensor weighted = weight is null ? logs : logs.mul(Along(weight, input.dim(), dim));
                    Tensor each = weighted.mul(smooth).sum(dim).neg();
                    return reduction == Reduction.Mean ? each.sum().div(Math.Max(1, input.numel() / classes)) : Reduced(each, reduction);
                }

                Tensor loss = ClassLoss(logs, target, weight, ignore_index, label_smoothing == 0 ? reduction : Reduction.None);
                if (label_smoothing == 0) return loss;
                return Smoothed(logs, target, weight, ignore_index, reduction, label_smoothing, dim, loss);
            }

            /// <summary>target log target - target input, for log-probabilities as input.</summary>
            public static Tensor kl_div(Tensor input, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean)
            {
                if (log_target) return Reduced(target.exp().mul(target.sub(input)), reduction);
                Tensor logs = where(target.gt(0), target, ones_like(target)).log();
                return Reduced(target.mul(logs).sub(target.mul(input)), reduction);
            }

            /// <summary>Cross entropy of a logit and a probability.</summary>
            public static Tensor binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null)
            {
                Tensor log = input.neg().softplus();
                Tensor loss = pos_weights is null
                    ? input.mul(target.neg().add(1)).add(log)
                    : input.mul(target.neg().add(1)).add(log.mul(pos_weights.sub(1).mul(target).add(1)));
                return Reduced(weight is null ? loss : loss.mul(weight), reduction);
            }

            private static Tensor Reduced(Tensor loss, Reduction reduction) => reduction switch
            {
                Reduction.Mean => loss.mean(),
                Reduction.Sum => loss.sum(),
                _ => loss,
            };

            // A vector of class weights laid along the class dimension.
            private static Tensor Along(Tensor weight, long rank, long dim)
            {
                var shape = new long[rank];
                Array.Fill(shape, 1);
                shape[dim] = weight.numel();
                return weight.reshape(shape);
            }

            private static Tensor ClassLoss(Tensor logs, Tensor target, Tensor? weight, long ignored, Reduction reduction)
            {
                long dim = logs.dim() == 1 ? 0 : 1;
                Tensor counted = target.ne(ignored);
                Tensor classes = torch.where(counted, target, zeros_like(target));
                Tensor scale = weight is null ? counted.to_type(logs.dtype) : weight.index_select(0, classes.reshape(-1)).reshape(classes.shape).mul(counted);
                Tensor loss = logs.gather(dim, classes.unsqueeze(dim)).squeeze(dim).neg().mul(scale);
                return reduction == Reduction.Mean ? loss.sum().div(scale.sum()) : Reduced(loss, reduction);
            }

            private static Tensor Smoothed(Tensor logs, Tensor target, Tensor? weight, long ignored, Reduction reduction, double smoothing, long dim, Tensor loss)
            {
                Tensor counted = target.ne(ignored).to_type(logs.dtype);
                Tensor weighted = weight is null ? logs : logs.mul(Along(weight, logs.dim(), dim));
                Tensor even = weighted.sum(dim).neg().mul(counted);
                Tensor all = loss.mul(1 - smoothing).add(even.mul(smoothing / logs.size((int)dim)));
                if (reduction != Reduction.Mean) return Reduced(all, reduction);
                Tensor count = weight is null ? counted.sum() : ClassLoss(ones_like(logs).neg(), target, weight, ignored, Reduction.Sum);
                return all.sum().div(count);
            }
        }
    }
}
